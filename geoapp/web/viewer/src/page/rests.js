/** Where the bottom sheet comes to rest: pure rules of heights, no page. */

/** @typedef {"low" | "half" | "full"} Rest */
/** @typedef {Readonly<Record<Rest, number>>} Tops distance of the sheet's top from the window's at each rest, px */

/** From the lowest to the highest. @type {readonly Rest[]} */
export const RESTS = ["low", "half", "full"];
/** Speed of a finger that throws the sheet to the next rest, px/ms. */
const THROW = 0.4;

/** The rest one step up (1) or down (−1); the last one stays. @param {Rest} rest @param {1 | -1} step @returns {Rest} */
export const beside = (rest, step) => RESTS[Math.max(0, Math.min(RESTS.length - 1, RESTS.indexOf(rest) + step))];

/** The rest whose top is nearest. @param {Tops} tops @param {number} top px @returns {Rest} */
export const nearest = (tops, top) =>
  RESTS.reduce((best, rest) => (Math.abs(tops[rest] - top) < Math.abs(tops[best] - top) ? rest : best), /** @type {Rest} */ ("low"));

/**
 * Where a sheet that is let go comes to rest: a slow hand at the nearest, a quick one at the next in its direction.
 * @param {Tops} tops @param {number} top px, where the sheet was let go @param {number} speed px/ms, positive downwards
 * @returns {Rest}
 */
export const released = (tops, top, speed) => {
  if (Math.abs(speed) < THROW) return nearest(tops, top);
  const down = RESTS.filter((rest) => tops[rest] >= top);
  const up = RESTS.filter((rest) => tops[rest] <= top);
  return speed > 0 ? down[down.length - 1] ?? "low" : up[0] ?? "full";
};

/**
 * Where scrolling that ended comes to rest; null where the page is scrolled past the sheet's highest rest, and stays.
 * @param {Tops} tops @param {number} top px @param {number} direction of the last scrolling, positive: the sheet rose
 * @returns {Rest | null}
 */
export const scrolled = (tops, top, direction) => {
  if (top <= tops.full) return null;
  return released(tops, top, direction > 0 ? -1 : 1);
};
