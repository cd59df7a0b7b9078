/**
 * The lines of a tile: every border once, told apart by what it divides, and cut at the tile's own edge.
 *
 * Neighbours share their vertices exactly, so a segment that two regions have in common is an inner border, and one
 * that only one region has is the outline of the area. Cutting at the tile's edge takes away the false lines where
 * shapes were clipped in the tile's margin, and draws no line twice where margins overlap.
 */

/** @import { Piece, Tile } from "./tiles.js" */

/** Polylines, flat: x, y, x, y … @typedef {number[][]} Lines */
/** `inner` divides siblings, `parent` regions of two parents, `outer` is the edge of the area. @typedef {{ inner: Lines, parent: Lines, outer: Lines }} Edges */

const SHIFT = 1024;
const SPAN = 8192;

/** One number for a segment, whichever way it runs. @param {number} ax @param {number} ay @param {number} bx @param {number} by */
const keyOf = (ax, ay, bx, by) => {
  const a = (ax + SHIFT) * SPAN + ay + SHIFT;
  const b = (bx + SHIFT) * SPAN + by + SHIFT;
  return a < b ? a * SPAN * SPAN + b : b * SPAN * SPAN + a;
};

/**
 * The part of a segment inside the square 0…extent, by Liang and Barsky; null if there is none.
 * @param {number} ax @param {number} ay @param {number} bx @param {number} by @param {number} extent
 * @returns {[number, number, number, number] | null}
 */
export const cut = (ax, ay, bx, by, extent) => {
  const [dx, dy] = [bx - ax, by - ay];
  let [enter, leave] = [0, 1];
  for (const [step, room] of [[-dx, ax], [dx, extent - ax], [-dy, ay], [dy, extent - ay]]) {
    if (step === 0) {
      if (room < 0) return null;
    } else if (step < 0) enter = Math.max(enter, room / step);
    else leave = Math.min(leave, room / step);
  }
  return enter < leave ? [ax + enter * dx, ay + enter * dy, ax + leave * dx, ay + leave * dy] : null;
};

/** Adds a cut segment to lines, joined to the last one where it goes on. @param {Lines} lines @param {[number, number, number, number]} segment */
const join = (lines, [ax, ay, bx, by]) => {
  const last = lines[lines.length - 1];
  if (last && last[last.length - 2] === ax && last[last.length - 1] === ay) last.push(bx, by);
  else lines.push([ax, ay, bx, by]);
};

/** The outline of one piece inside its tile. @param {Piece} piece @param {number} extent @returns {Lines} */
export const outline = (piece, extent) => {
  /** @type {Lines} */
  const lines = [];
  for (const ring of piece.rings)
    for (let at = 0; at + 3 < ring.length; at += 2) {
      const segment = cut(ring[at], ring[at + 1], ring[at + 2], ring[at + 3], extent);
      if (segment) join(lines, segment);
    }
  return lines;
};

/** How many regions a segment belongs to, and which one draws it. @param {Piece[]} pieces */
const owners = (pieces) => {
  /** @type {Map<number, [number, number]>} first and second region; the second is 0 until it is met */
  const found = new Map();
  for (const { number, rings } of pieces)
    for (const ring of rings)
      for (let at = 0; at + 3 < ring.length; at += 2) {
        const key = keyOf(ring[at], ring[at + 1], ring[at + 2], ring[at + 3]);
        const pair = found.get(key);
        if (pair) pair[1] = number;
        else found.set(key, [number, 0]);
      }
  return found;
};

/** @param {Tile} tile @param {(number: number) => string} parentOf "" where the parent is unknown @returns {Edges} */
export const edgesOf = ({ pieces, extent }, parentOf) => {
  const found = owners(pieces);
  /** @type {Edges} */
  const edges = { inner: [], parent: [], outer: [] };
  for (const { number, rings } of pieces)
    for (const ring of rings)
      for (let at = 0; at + 3 < ring.length; at += 2) {
        const [first, second] = /** @type {[number, number]} */ (found.get(keyOf(ring[at], ring[at + 1], ring[at + 2], ring[at + 3])));
        if (first !== number && second) continue;
        const segment = cut(ring[at], ring[at + 1], ring[at + 2], ring[at + 3], extent);
        if (!segment) continue;
        const kind = !second ? "outer" : parentOf(first) === parentOf(second) ? "inner" : "parent";
        join(edges[kind], segment);
      }
  return edges;
};
