/** The quiet line under the map, spoken by screen readers. */

/** @param {HTMLElement | null} line */
export const createNotice = (line) => {
  let spoken = "";
  return {
    /** @param {string} sentence "" clears it */
    say(sentence) {
      spoken = sentence;
      if (line && line.textContent !== sentence) line.textContent = sentence;
    },
    /** Clear it if it still says this. @param {string} sentence */
    unsay(sentence) {
      if (spoken === sentence) this.say("");
    },
  };
};
