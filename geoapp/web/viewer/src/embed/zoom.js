/** What part of a drawing is seen, as pure rules: larger and smaller about a point, moved, never off the drawing. */

/** @typedef {Readonly<{ x: number, y: number, width: number, height: number }>} Box in the drawing's own units */

/** How many times larger the drawing may be seen. */
export const CLOSEST = 8;

/** @param {string | null} text a viewBox @returns {Box} */
export const boxOf = (text) => {
  const [x, y, width, height] = (text ?? "").split(/[ ,]+/).map(Number);
  return Object.freeze({ x, y, width, height });
};

/** @param {Box} box */
export const written = ({ x, y, width, height }) => [x, y, width, height].map((each) => Number(each.toFixed(2))).join(" ");

/** How many times larger than whole. @param {Box} seen @param {Box} whole */
export const closeness = (seen, whole) => whole.width / seen.width;

/** @param {number} at @param {number} least @param {number} most */
const within = (at, least, most) => Math.min(Math.max(at, least), most);

/** @param {Box} seen @param {Box} whole @returns {Box} the same, on the drawing */
const kept = (seen, whole) => Object.freeze({
  ...seen,
  x: within(seen.x, whole.x, whole.x + whole.width - seen.width),
  y: within(seen.y, whole.y, whole.y + whole.height - seen.height),
});

/**
 * `factor` times larger, the point staying where it is.
 * @param {Box} seen @param {Box} whole @param {number} factor @param {{ x: number, y: number }} [point] default: the middle
 */
export const zoomed = (seen, whole, factor, point = middle(seen)) => {
  const now = within(closeness(seen, whole) * factor, 1, CLOSEST);
  const shrunk = closeness(seen, whole) / now;
  return kept({
    x: point.x - (point.x - seen.x) * shrunk,
    y: point.y - (point.y - seen.y) * shrunk,
    width: whole.width / now,
    height: whole.height / now,
  }, whole);
};

/** @param {Box} seen @param {Box} whole @param {number} dx @param {number} dy in the drawing's units */
export const moved = (seen, whole, dx, dy) => kept({ ...seen, x: seen.x + dx, y: seen.y + dy }, whole);

/** The point in the middle of what is seen. @param {Box} seen @param {Box} whole @param {{ x: number, y: number }} point */
export const centred = (seen, whole, point) =>
  kept({ ...seen, x: point.x - seen.width / 2, y: point.y - seen.height / 2 }, whole);

/** @param {Box} box */
export const middle = ({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 });
