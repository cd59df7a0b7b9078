/** Vector tiles: which are needed, fetching them once, and their geometry kept decoded. */

import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";

/** CSS pixels of a tile drawn at its own zoom. */
export const TILE = 512;
const KEPT = 160;

/** One region's part in one tile, in tile units. @typedef {{ number: number, code: string, name: string, rings: Int32Array[], box: [number, number, number, number] }} Piece */
/** @typedef {{ z: number, x: number, y: number, extent: number, pieces: Piece[] }} Tile */
/** @typedef {{ z: number, x: number, y: number, key: string }} Address */

/** @param {number} z @param {number} x @param {number} y @returns {Address} */
export const address = (z, x, y) => ({ z, x, y, key: `${z}/${x}/${y}` });

/**
 * The zoom whose tiles are drawn at a zoom of the map (512-px tiles lie one zoom lower). Past `max` the last tiles are
 * drawn larger; nothing is fetched.
 * @param {number} zoom @param {number} min @param {number} max
 */
export const dataZoom = (zoom, min, max) => Math.max(min, Math.min(max, Math.round(zoom) - 1));

/**
 * The tiles that touch a box, nearest to its middle first.
 * @param {[number, number, number, number]} box west, north, east, south in the square of `mercator.js`
 * @param {number} z
 */
export const covering = ([west, north, east, south], z) => {
  const side = 2 ** z;
  /** @param {number} share */
  const cell = (share) => Math.max(0, Math.min(side - 1, Math.floor(share * side)));
  const found = [];
  for (let x = cell(west); x <= cell(east); x += 1) for (let y = cell(north); y <= cell(south); y += 1) found.push(address(z, x, y));
  const [middleX, middleY] = [((west + east) / 2) * side - 0.5, ((north + south) / 2) * side - 0.5];
  return found.sort((a, b) => Math.hypot(a.x - middleX, a.y - middleY) - Math.hypot(b.x - middleX, b.y - middleY));
};

/** @param {{ x: number, y: number }[]} points closed, as MVT rings are */
const ring = (points) => {
  const flat = new Int32Array(points.length * 2);
  points.forEach(({ x, y }, at) => {
    flat[2 * at] = x;
    flat[2 * at + 1] = y;
  });
  return flat;
};

/** @param {Int32Array[]} rings @returns {[number, number, number, number]} */
const boxOf = (rings) => {
  /** @type {[number, number, number, number]} */
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const flat of rings)
    for (let at = 0; at < flat.length; at += 2) {
      box[0] = Math.min(box[0], flat[at]);
      box[1] = Math.min(box[1], flat[at + 1]);
      box[2] = Math.max(box[2], flat[at]);
      box[3] = Math.max(box[3], flat[at + 1]);
    }
  return box;
};

/** @param {ArrayBuffer} body an MVT with the layer `regions`, or nothing @param {Address} at @returns {Tile} */
export const decode = (body, { z, x, y }) => {
  const layer = body.byteLength ? new VectorTile(new PbfReader(body)).layers.regions : undefined;
  /** @type {Piece[]} */
  const pieces = [];
  for (let at = 0; layer && at < layer.length; at += 1) {
    const feature = layer.feature(at);
    if (feature.type !== 3) continue;
    const rings = feature.loadGeometry().map(ring);
    const { code, name } = feature.properties;
    pieces.push({ number: Number(feature.id), code: String(code), name: String(name), rings, box: boxOf(rings) });
  }
  return { z, x, y, extent: layer?.extent ?? 4096, pieces };
};

/**
 * The tiles of one address. `want` says what the view needs: what is missing is fetched, what is no longer needed is
 * given up. `changed` is called whenever a tile has come or has failed for good.
 * @template T
 * @param {{ template: string, bytes: (url: string, signal: AbortSignal) => Promise<ArrayBuffer>,
 *   read: (body: ArrayBuffer, at: Address) => T | Promise<T>, changed: () => void }} means
 */
export const createTiles = ({ template, bytes, read, changed }) => {
  /** @type {Map<string, T>} oldest first */
  const kept = new Map();
  /** @type {Map<string, AbortController>} */
  const coming = new Map();
  /** @type {Set<string>} */
  const failed = new Set();
  /** @type {Set<string>} */
  let wanted = new Set();

  /** @param {Address} at */
  const urlOf = ({ z, x, y }) => template.replace("{z}", String(z)).replace("{x}", String(x)).replace("{y}", String(y));

  /** @param {Address} at */
  const fetchTile = async (at) => {
    const giveUp = new AbortController();
    coming.set(at.key, giveUp);
    try {
      kept.set(at.key, await read(await bytes(urlOf(at), giveUp.signal), at));
    } catch {
      if (giveUp.signal.aborted) return;
      failed.add(at.key);
    }
    coming.delete(at.key);
    for (const key of kept.keys()) {
      if (kept.size <= KEPT) break;
      if (!wanted.has(key)) kept.delete(key);
    }
    changed();
  };

  return {
    /** @param {Address[]} addresses */
    want(addresses) {
      wanted = new Set(addresses.map(({ key }) => key));
      for (const [key, giveUp] of coming)
        if (!wanted.has(key)) {
          coming.delete(key);
          giveUp.abort();
        }
      for (const at of addresses) {
        const tile = kept.get(at.key);
        if (tile) {
          kept.delete(at.key);
          kept.set(at.key, tile);
        } else if (!coming.has(at.key) && !failed.has(at.key)) void fetchTile(at);
      }
    },
    /** One tile outside of what is wanted. @param {Address} at @returns {Promise<T>} */
    async one(at) {
      const here = kept.get(at.key);
      if (here) return here;
      const found = await read(await bytes(urlOf(at), new AbortController().signal), at);
      kept.set(at.key, found);
      return found;
    },
    /** @param {string} key @returns {T | undefined} */
    get: (key) => kept.get(key),
    /** Whether everything wanted is here. */
    complete: () => [...wanted].every((key) => kept.has(key)),
    /** Tiles that did not come in spite of all retries. */
    lost: () => [...wanted].filter((key) => failed.has(key)).length,
    /** Ask again for what failed: the next `want` fetches it. */
    forgive: () => failed.clear(),
  };
};

/** @typedef {ReturnType<typeof createTiles<Tile>>} Tiles */
