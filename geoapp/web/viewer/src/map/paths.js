/** What was worked out of a tile's shapes, kept while it holds: one path for all regions of a look, one for each kind of line. */

import { around, bordersOf, trace } from "./segments.js";

/** @import { Look } from "./plan.js" */
/** @import { Segments, Islet } from "./segments.js" */
/** @import { Tile } from "./tiles.js" */

/** What decides which path a region and a border belong to; each part changes identity when what it stands for changes. */
/**
 * @typedef {{ look: (number: number) => Look, looks: object, parentOf: (number: number) => string, parents: object,
 *   within: ((number: number) => boolean) | null, Path: new () => Path2D }} Rules
 */
/** Regions of one look, those inside the area asked for and those outside; `corners` of them all. @typedef {{ look: Look, inside: Path2D | null, outside: Path2D | null, corners: number }} Area */
/** `inner` divides siblings, `parent` regions of two parents, `outer` is the edge of everything. */
/** @typedef {{ inner: Path2D, parent: Path2D, outer: Path2D }} Lines */
/**
 * @typedef {{ borders?: { segments: Segments, islets: Islet[] }, areas?: Area[], areasOf?: unknown[], silhouette?: Path2D, lines?: Lines, parents?: object,
 *   some?: Map<string, { of: unknown, path: Path2D }> }} Worked
 */

/** @type {WeakMap<Tile, Worked>} */
const kept = new WeakMap();

/** @param {Tile} tile @returns {Worked} */
const memory = (tile) => {
  let worked = kept.get(tile);
  if (!worked) kept.set(tile, (worked = {}));
  return worked;
};

/** @param {unknown[] | undefined} before @param {unknown[]} now */
const same = (before, now) => before !== undefined && now.every((each, at) => each === before[at]);

/** @param {Tile} tile */
export const borders = (tile) => {
  const worked = memory(tile);
  return (worked.borders = worked.borders ?? bordersOf(tile));
};

/** @param {Path2D} path @param {Int32Array[]} rings */
const traceRings = (path, rings) => {
  for (const ring of rings) {
    path.moveTo(ring[0], ring[1]);
    for (let at = 2; at + 3 < ring.length; at += 2) path.lineTo(ring[at], ring[at + 1]);
    path.closePath();
  }
};

/** All regions of a tile as one shape. @param {Rules} rules @param {Tile} tile */
export const silhouette = (rules, tile) => {
  const worked = memory(tile);
  if (worked.silhouette) return worked.silhouette;
  worked.silhouette = new rules.Path();
  for (const { rings } of tile.pieces) traceRings(worked.silhouette, rings);
  return worked.silhouette;
};

/** The regions of a tile by their looks. @param {Rules} rules @param {Tile} tile @returns {Area[]} */
export const areas = (rules, tile) => {
  const worked = memory(tile);
  const now = [rules.looks, rules.within];
  if (worked.areas && same(worked.areasOf, now)) return worked.areas;
  /** @type {Map<Look, Area>} */
  const found = new Map();
  for (const { number, rings } of tile.pieces) {
    const look = rules.look(number);
    let area = found.get(look);
    if (!area) found.set(look, (area = { look, inside: null, outside: null, corners: 0 }));
    const side = !rules.within || rules.within(number) ? "inside" : "outside";
    traceRings((area[side] = area[side] ?? new rules.Path()), rings);
    for (const ring of rings) area.corners += ring.length / 2;
  }
  worked.areasOf = now;
  return (worked.areas = [...found.values()]);
};

/** @param {Rules} rules @param {Tile} tile @returns {Lines} */
export const lines = (rules, tile) => {
  const worked = memory(tile);
  if (worked.lines && worked.parents === rules.parents) return worked.lines;
  const { segments } = borders(tile);
  /** @param {(first: number, second: number) => boolean} keep */
  const path = (keep) => {
    const made = new rules.Path();
    trace(made, segments, keep);
    return made;
  };
  worked.parents = rules.parents;
  return (worked.lines = {
    inner: path((first, second) => second > 0 && first !== second && rules.parentOf(first) === rules.parentOf(second)),
    parent: path((first, second) => second > 0 && first !== second && rules.parentOf(first) !== rules.parentOf(second)),
    outer: path((_first, second) => second === 0),
  });
};

/** Some borders of a tile as a path, kept under a name while `of` stays the same. */
/** @param {Rules} rules @param {Tile} tile @param {string} name @param {unknown} of @param {(first: number, second: number) => boolean} keep */
export const some = (rules, tile, name, of, keep) => {
  const worked = memory(tile);
  const known = worked.some?.get(name);
  if (known && known.of === of) return known.path;
  const path = new rules.Path();
  trace(path, borders(tile).segments, keep);
  worked.some = (worked.some ?? new Map()).set(name, { of, path });
  return path;
};

/** The outline of one region in a tile; null where it has none. @param {Rules} rules @param {Tile} tile @param {number} number */
export const outline = (rules, tile, number) => {
  if (!tile.pieces.some((piece) => piece.number === number)) return null;
  const path = new rules.Path();
  return trace(path, borders(tile).segments, around((each) => each === number)) ? path : null;
};
