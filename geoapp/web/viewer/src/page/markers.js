/** Where the markers over the class bar stand, and how their labels lean away from each other. */

/** Width of the instrument and of a sign of a label, and the air between two labels, in its own units. */
export const WIDTH = 360;
const [SIGN, AIR] = [6.8, 6];

/** Signs of a name that a label has room for; the same on the server. */
const NAME = 22;

/** A name, cut where it is too long for a label. @param {string} name */
export const clipped = (name) => (name.length <= NAME ? name : `${name.slice(0, NAME - 1).trimEnd()}…`);

/** @typedef {"start" | "middle" | "end"} Anchor */
/** `at` and `anchor` as SVG has them; row 1 is the upper one. @typedef {{ x: number, at: number, anchor: Anchor, row: number }} Marker */
/** @typedef {{ figure: number, label: string }} Said */

/** Where a figure stands between the axis' ends. @param {number} figure @param {number} low @param {number} high */
export const place = (figure, low, high) => (high > low ? ((Math.min(Math.max(figure, low), high) - low) / (high - low)) * WIDTH : WIDTH / 2);

/** Part of its width that a label stands before its point. @type {Record<Anchor, number>} */
const BEFORE = { start: 0, middle: 0.5, end: 1 };

/** @param {number} at @param {Anchor} anchor @param {string} label @returns {[number, number]} */
const sides = (at, anchor, label) => {
  const width = SIGN * [...label].length;
  return [at - BEFORE[anchor] * width, at + (1 - BEFORE[anchor]) * width];
};

/** A marker whose label leans to a side, but never over the edge. @param {number} x @param {Anchor} anchor @param {string} label @returns {Marker} */
const leaning = (x, anchor, label) => {
  const [left, right] = sides(x, anchor, label);
  if (left < 0) return { x, at: 0, anchor: "start", row: 0 };
  return right > WIDTH ? { x, at: WIDTH, anchor: "end", row: 0 } : { x, at: x, anchor, row: 0 };
};

/**
 * The markers of the region in hand and of the whole area; null where there is nothing to mark.
 * @param {Said | null} own @param {Said | null} whole @param {number} low @param {number} high
 * @returns {{ own: Marker | null, whole: Marker | null }}
 */
export const markers = (own, whole, low, high) => {
  if (!own || !whole) {
    /** @param {Said | null} said */
    const alone = (said) => said && leaning(place(said.figure, low, high), "middle", said.label);
    return { own: alone(own), whole: alone(whole) };
  }
  const [x, y] = [place(own.figure, low, high), place(whole.figure, low, high)];
  const first = x <= y;
  const made = { own: leaning(x, first ? "end" : "start", own.label), whole: leaning(y, first ? "start" : "end", whole.label) };
  const [left, right] = first ? [made.own, made.whole] : [made.whole, made.own];
  const [leftLabel, rightLabel] = first ? [own.label, whole.label] : [whole.label, own.label];
  if (sides(left.at, left.anchor, leftLabel)[1] + AIR > sides(right.at, right.anchor, rightLabel)[0]) made.whole.row = 1;
  return made;
};
