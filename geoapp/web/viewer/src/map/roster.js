/** The regions that tiles tell of, for levels too large for a list of places. */

/** @import { Laid } from "./painter.js" */
/** @import { Place } from "./places.js" */

/** The code of the parent, where codes are dotted. @param {string} code */
const parentOf = (code) => code.slice(0, Math.max(0, code.lastIndexOf(".")));

/** @param {Laid[]} laid @returns {Roster} */
export const rosterOf = (laid) => {
  /** @type {Map<number, Place>} */
  const found = new Map();
  for (const { tile } of laid) {
    const side = 1 / 2 ** tile.z / tile.extent;
    const [left, top] = [tile.x * tile.extent, tile.y * tile.extent];
    for (const { number, code, name, box } of tile.pieces) {
      const own = [box[0] + left, box[1] + top, box[2] + left, box[3] + top].map((each) => each * side);
      const known = found.get(number);
      const all = known ? own.map((each, at) => (at < 2 ? Math.min : Math.max)(each, known.box[at])) : own;
      found.set(number, {
        number, code, name, kind: "", parent: parentOf(code), parentName: "", neighbours: [],
        inside: [(all[0] + all[2]) / 2, (all[1] + all[3]) / 2],
        box: /** @type {[number, number, number, number]} */ (all),
      });
    }
  }
  return {
    all: () => found.values(),
    /** @param {number} number @returns {Place | undefined} */
    place: (number) => found.get(number),
    /** 0 where no region has this code. @param {string} code */
    number: (code) => [...found.values()].find((place) => place.code === code)?.number ?? 0,
  };
};

/**
 * What a list of places and a roster have in common.
 * @typedef {{ all: () => Iterable<Place>, place: (number: number) => Place | undefined, number: (code: string) => number }} Roster
 */
