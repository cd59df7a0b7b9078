/**
 * The borders of a tile: every piece of border once, with the one or two regions it belongs to.
 *
 * Neighbours share their vertices exactly, so a segment that two regions have in common divides them, and one that only
 * one region has is the outline of the area. Cutting at the tile's edge takes away the false lines where shapes were
 * clipped in the tile's margin, and draws no line twice where margins overlap.
 */

/** @import { Tile } from "./tiles.js" */

/**
 * `ends` holds four numbers a segment (ax, ay, bx, by), cut to the tile; `second` is 0 where there is one region only.
 * @typedef {{ count: number, ends: Float32Array, first: Int32Array, second: Int32Array }} Segments
 */
/** A part of a region that stands alone in the water, in tile units. @typedef {{ number: number, x: number, y: number, side: number }} Islet */
/** Anything that takes a line. @typedef {{ moveTo(x: number, y: number): void, lineTo(x: number, y: number): void }} Pen */

/** Parts up to this size may be drawn as discs, tile units: three pixels at the smallest scale a tile is drawn at. */
const SMALL = 12;

/**
 * The part of a segment inside the square 0…extent, by Liang and Barsky; null if there is none.
 * @param {number} ax @param {number} ay @param {number} bx @param {number} by @param {number} extent
 * @returns {[number, number, number, number] | null}
 */
export const cut = (ax, ay, bx, by, extent) => {
  if (ax >= 0 && ay >= 0 && bx >= 0 && by >= 0 && ax <= extent && ay <= extent && bx <= extent && by <= extent) return [ax, ay, bx, by];
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

/** Calls for every segment of a ring. @param {Int32Array} ring @param {(ax: number, ay: number, bx: number, by: number) => void} each */
const along = (ring, each) => {
  for (let at = 0; at + 3 < ring.length; at += 2) each(ring[at], ring[at + 1], ring[at + 2], ring[at + 3]);
};

/** A table of segments with open addressing: plain numbers, because there are tens of thousands. @param {number} most */
const createTable = (most) => {
  let size = 1;
  while (size < 2 * most) size *= 2;
  const slots = new Int32Array(size).fill(-1);
  const ends = new Int32Array(4 * most);
  const [first, second] = [new Int32Array(most), new Int32Array(most)];
  let count = 0;

  /** The slot of a segment, whichever way it runs. @param {number} ax @param {number} ay @param {number} bx @param {number} by */
  const slot = (ax, ay, bx, by) => {
    const mixed = Math.imul(ax + bx, 73856093) ^ Math.imul(ay + by, 19349663) ^ Math.imul(Math.abs(ax - bx) + 8192 * Math.abs(ay - by), 83492791);
    let at = (mixed ^ (mixed >>> 15)) & (size - 1);
    for (; slots[at] >= 0; at = (at + 1) & (size - 1)) {
      const found = 4 * slots[at];
      const [cx, cy, dx, dy] = [ends[found], ends[found + 1], ends[found + 2], ends[found + 3]];
      if ((cx === ax && cy === ay && dx === bx && dy === by) || (cx === bx && cy === by && dx === ax && dy === ay)) break;
    }
    return at;
  };

  return {
    /** @param {number} ax @param {number} ay @param {number} bx @param {number} by @param {number} owner */
    add(ax, ay, bx, by, owner) {
      const at = slot(ax, ay, bx, by);
      if (slots[at] >= 0) return void (second[slots[at]] = owner);
      slots[at] = count;
      ends.set([ax, ay, bx, by], 4 * count);
      first[count] = owner;
      count += 1;
    },
    /** Whether only one region has a segment. @param {number} ax @param {number} ay @param {number} bx @param {number} by */
    alone: (ax, ay, bx, by) => second[slots[slot(ax, ay, bx, by)]] === 0,
    /** @param {number} extent @returns {Segments} those that lie in the tile, cut to it */
    inside(extent) {
      const kept = { count: 0, ends: new Float32Array(4 * count), first: new Int32Array(count), second: new Int32Array(count) };
      for (let at = 0; at < count; at += 1) {
        const piece = cut(ends[4 * at], ends[4 * at + 1], ends[4 * at + 2], ends[4 * at + 3], extent);
        if (!piece) continue;
        kept.ends.set(piece, 4 * kept.count);
        kept.first[kept.count] = first[at];
        kept.second[kept.count] = second[at];
        kept.count += 1;
      }
      return kept;
    },
  };
};

/** The islet that a ring is, if it is small, whole and touches no other region. */
/** @param {Int32Array} ring @param {number} number @param {number} extent @param {ReturnType<typeof createTable>} table @returns {Islet | null} */
const isletOf = (ring, number, extent, table) => {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < ring.length; at += 2) {
    [left, right] = [Math.min(left, ring[at]), Math.max(right, ring[at])];
    [top, bottom] = [Math.min(top, ring[at + 1]), Math.max(bottom, ring[at + 1])];
  }
  const side = Math.max(right - left, bottom - top);
  if (side > SMALL || left < 0 || top < 0 || right > extent || bottom > extent) return null;
  let lonely = true;
  along(ring, (ax, ay, bx, by) => (lonely = lonely && table.alone(ax, ay, bx, by)));
  return lonely ? { number, x: (left + right) / 2, y: (top + bottom) / 2, side } : null;
};

/** @param {Pick<Tile, "pieces" | "extent">} tile @returns {{ segments: Segments, islets: Islet[] }} */
export const bordersOf = ({ pieces, extent }) => {
  const most = pieces.reduce((sum, { rings }) => sum + rings.reduce((all, ring) => all + ring.length / 2, 0), 0);
  const table = createTable(Math.max(1, most));
  for (const { number, rings } of pieces) for (const ring of rings) along(ring, (ax, ay, bx, by) => table.add(ax, ay, bx, by, number));
  const islets = pieces.flatMap(({ number, rings }) => rings.flatMap((ring) => (ring.length <= 2 * SMALL * SMALL ? isletOf(ring, number, extent, table) ?? [] : [])));
  return { segments: table.inside(extent), islets };
};

/**
 * Draw the segments that `keep` takes, as lines that go on where they meet. Says how many were drawn.
 * @param {Pen} pen @param {Segments} segments @param {(first: number, second: number) => boolean} keep
 */
export const trace = (pen, { count, ends, first, second }, keep) => {
  let [x, y, drawn] = [NaN, NaN, 0];
  for (let at = 0; at < count; at += 1) {
    if (!keep(first[at], second[at])) continue;
    const [ax, ay] = [ends[4 * at], ends[4 * at + 1]];
    if (ax !== x || ay !== y) pen.moveTo(ax, ay);
    [x, y] = [ends[4 * at + 2], ends[4 * at + 3]];
    pen.lineTo(x, y);
    drawn += 1;
  }
  return drawn;
};

/** Keeps the outline of what `has` regions. @param {(number: number) => boolean} has @returns {(first: number, second: number) => boolean} */
export const around = (has) => (first, second) => first !== second && has(first) !== (second > 0 && has(second));
