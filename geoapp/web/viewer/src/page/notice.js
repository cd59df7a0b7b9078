/** The quiet line under the map, spoken by screen readers; it may offer one deed. */

/** @param {HTMLElement | null} line */
export const createNotice = (line) => {
  let spoken = "";
  return {
    /** @param {string} sentence "" clears it @param {{ label: string, deed: () => void }} [offer] */
    say(sentence, offer) {
      if (!line || spoken === sentence) return;
      spoken = sentence;
      line.textContent = sentence;
      if (!offer) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button notice-deed";
      button.textContent = offer.label;
      button.addEventListener("click", offer.deed);
      line.append(" ", button);
    },
    /** Clear it if it still says this. @param {string} sentence */
    unsay(sentence) {
      if (spoken === sentence) this.say("");
    },
    /** Clear it whatever it says. */
    clear() {
      this.say("");
    },
  };
};

/** @typedef {ReturnType<typeof createNotice>} Notice */
