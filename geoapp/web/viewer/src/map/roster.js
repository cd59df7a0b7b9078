/** The regions that tiles tell of, for levels too large for a list of places. */

/** @import { Place } from "./places.js" */
/** @import { Piece, Tile } from "./tiles.js" */

/** The code of the parent: all but the last part where codes are dotted, all but three digits where they are not. @param {string} code */
export const parentOf = (code) => code.slice(0, Math.max(0, code.includes(".") ? code.lastIndexOf(".") : code.length - 3));

/** What a piece of a tile tells of its region, and of what is known of it from other tiles. @param {Tile} tile @param {Piece} piece @param {Place} [known] @returns {Place} */
export const placeOf = (tile, { number, code, name, box }, known) => {
  const side = 1 / 2 ** tile.z / tile.extent;
  const [left, top] = [tile.x * tile.extent, tile.y * tile.extent];
  const own = [box[0] + left, box[1] + top, box[2] + left, box[3] + top].map((each) => each * side);
  const all = known ? own.map((each, at) => (at < 2 ? Math.min : Math.max)(each, known.box[at])) : own;
  return {
    number, code, name, kind: "", parent: parentOf(code), parentName: "", neighbours: [],
    inside: [(all[0] + all[2]) / 2, (all[1] + all[3]) / 2],
    box: /** @type {[number, number, number, number]} */ (all),
  };
};

/** @param {{ tile: Tile }[]} laid @param {Map<number, Place>} [known] those of whom more is known than tiles tell @returns {Roster} */
export const rosterOf = (laid, known = new Map()) => {
  /** @type {Map<number, Place>} */
  const found = new Map();
  for (const { tile } of laid)
    for (const piece of tile.pieces) if (!known.has(piece.number)) found.set(piece.number, placeOf(tile, piece, found.get(piece.number)));
  const all = () => [...known.values(), ...found.values()];
  return {
    all,
    /** @param {number} number @returns {Place | undefined} */
    place: (number) => known.get(number) ?? found.get(number),
    /** 0 where no region has this code. @param {string} code */
    number: (code) => all().find((place) => place.code === code)?.number ?? 0,
  };
};

/**
 * What a list of places and a roster have in common.
 * @typedef {{ all: () => Iterable<Place>, place: (number: number) => Place | undefined, number: (code: string) => number }} Roster
 */
