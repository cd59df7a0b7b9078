/** Lengths on the ground as people say them. */

/** The longest round length that fits, in metres. @param {number} room metres */
export const step = (room) => {
  const power = 10 ** Math.floor(Math.log10(room));
  return power * ([5, 2].find((each) => each * power <= room) ?? 1);
};

/** @param {number} metres */
export const lengthWord = (metres) => (metres >= 1000 ? `${metres / 1000} km` : `${metres} m`);
