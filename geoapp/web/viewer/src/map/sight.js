/** The part of the world that a canvas shows, and where things lie on it. Pure: the map's state is handed in. */

import { worldSize } from "./mercator.js";
import { address, covering, dataZoom } from "./tiles.js";

/** @import { Letter } from "./labels.js" */
/** @import { Laid, Picture } from "./painter.js" */
/** @import { Circle } from "./picking.js" */
/** @import { Plan } from "./plan.js" */
/** @import { Roster } from "./roster.js" */
/** @import { Address, Tile } from "./tiles.js" */
/** @import { PictureTile } from "./pictures.js" */

/**
 * `origin` is the canvas corner in px of the world at `zoom`, `size` the canvas in CSS px, `density` device pixels to one.
 * @typedef {Readonly<{ zoom: number, origin: [number, number], size: [number, number], density: number }>} Sight
 */

/** A letter needs this much room around it, px. */
const LETTER = 9;

/** The addresses of the tiles of a zoom that a sight touches, nearest to its middle first. @param {Sight} sight @param {number} z */
export const touched = ({ zoom, origin: [x, y], size: [width, height] }, z) => {
  const world = worldSize(zoom);
  return covering([x / world, y / world, (x + width) / world, (y + height) / world], z);
};

/** The zoom of a sight's vector tiles. @param {Sight} sight @param {number} min @param {number} max */
export const tileZoom = ({ zoom }, min, max) => dataZoom(zoom, min, max);

/** @template T @param {Address} at @param {(key: string) => T | undefined} get @returns {{ found: T, up: number } | null} the tile, or the nearest above it */
const nearest = ({ z, x, y }, get) => {
  for (let up = 0; up <= z; up += 1) {
    const found = get(address(z - up, x >> up, y >> up).key);
    if (found) return { found, up };
  }
  return null;
};

/** The vector tiles of a sight, each where it lies; one that is missing is stood in for by the nearest above it. */
/** @param {Sight} sight @param {Address[]} addresses @param {(key: string) => Tile | undefined} get @returns {Laid[]} */
export const laidOf = (sight, addresses, get) => {
  const [left, top] = sight.origin;
  const world = worldSize(sight.zoom);
  return addresses.flatMap((at) => {
    const stand = nearest(at, get);
    if (!stand || !stand.found.pieces.length) return [];
    const { found: tile, up } = stand;
    const side = world / 2 ** at.z;
    /** @type {[number, number, number, number]} */
    const box = [at.x * side - left, at.y * side - top, (at.x + 1) * side - left, (at.y + 1) * side - top];
    return [{ ...laidAt(sight, tile), box: up ? box : null }];
  });
};

/** A tile where it lies on a sight. @param {Sight} sight @param {Tile} tile @returns {Laid} */
export const laidAt = ({ zoom, origin: [left, top] }, tile) => {
  const length = worldSize(zoom) / 2 ** tile.z;
  return { tile, x: tile.x * length - left, y: tile.y * length - top, scale: length / tile.extent, box: null };
};

/** The picture tiles of a sight that are here. @param {Sight} sight @param {Address[]} addresses @param {(key: string) => PictureTile | undefined} get @returns {Picture[]} */
export const picturesOf = (sight, addresses, get) => {
  const [left, top] = sight.origin;
  return addresses.flatMap(({ z, x, y, key }) => {
    const side = worldSize(sight.zoom) / 2 ** z;
    const found = get(key);
    return found?.image ? [{ image: found.image, x: x * side - left, y: y * side - top, side }] : [];
  });
};

/** @param {Sight} sight @param {Plan} plan @param {Roster} roster @param {number} largest px @returns {Circle[]} */
export const circlesOf = ({ zoom, origin: [left, top] }, plan, roster, largest) => {
  const world = worldSize(zoom);
  return [...roster.all()].flatMap(({ number, inside }) => {
    const share = plan.radius(number);
    return share ? [{ number, x: inside[0] * world - left, y: inside[1] * world - top, radius: Math.max(1.5, share * largest) }] : [];
  });
};

/** From a point to a segment. @param {number} x @param {number} y @param {number} ax @param {number} ay @param {number} bx @param {number} by */
const reach = (x, y, ax, ay, bx, by) => {
  const [dx, dy] = [bx - ax, by - ay];
  const long = dx * dx + dy * dy;
  const share = long ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / long)) : 0;
  return Math.hypot(x - ax - share * dx, y - ay - share * dy);
};

/**
 * The radius of the largest circle around each region's inside point that stays inside it, px; regions that are not in
 * the tiles at hand are left out.
 * @param {Sight} sight @param {Laid[]} laid @param {Roster} roster @param {(tile: Tile) => import("./segments.js").Segments} segmentsOf
 * @returns {Map<number, number>}
 */
export const clearances = ({ zoom, origin: [left, top] }, laid, roster, segmentsOf) => {
  const world = worldSize(zoom);
  /** @type {Map<number, number>} */
  const found = new Map();
  for (const { tile, x, y, scale } of laid) {
    const { count, ends, first, second } = segmentsOf(tile);
    for (let at = 0; at < count; at += 1)
      for (const number of [first[at], second[at]]) {
        const inside = number ? roster.place(number)?.inside : undefined;
        if (!inside) continue;
        const [u, v] = [(inside[0] * world - left - x) / scale, (inside[1] * world - top - y) / scale];
        const away = reach(u, v, ends[4 * at], ends[4 * at + 1], ends[4 * at + 2], ends[4 * at + 3]) * scale;
        if (away < (found.get(number) ?? Infinity)) found.set(number, away);
      }
  }
  return found;
};

/** The letters of categories, where they fit. @param {Sight} sight @param {Plan} plan @param {Roster} roster @param {Map<number, number>} rooms @param {"id" | "en"} language @returns {Letter[]} */
export const lettersOf = ({ zoom, origin: [left, top] }, plan, roster, rooms, language) => {
  const world = worldSize(zoom);
  return [...rooms].flatMap(([number, room]) => {
    const [text, colour] = [plan.letter(number, language), plan.look(number).fill];
    const inside = roster.place(number)?.inside;
    if (!text || !colour || !inside || room < LETTER) return [];
    return [{ text, colour, x: inside[0] * world - left, y: inside[1] * world - top }];
  });
};
