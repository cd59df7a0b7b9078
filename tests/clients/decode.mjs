// Decodes tiles as the viewer does: node decode.mjs VIEWER z/x/y.mvt… (files, named from their folder on), JSON out.
//
// For each tile its regions by number: polygons, each a shell and its holes, as lists of [x, y] in the tile's units.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [viewer, ...files] = process.argv.slice(2);
/** @param {string} name */
const load = (name) => import(pathToFileURL(path.join(viewer, name)).href);
const { decode } = await load("src/map/tiles.js");
const { classifyRings } = await load("node_modules/@mapbox/vector-tile/index.js");

const said = {};
for (const file of files) {
  const body = await readFile(file);
  const [z, x, y] = file.replace(/\.mvt$/, "").split("/").slice(-3).map(Number);
  const bytes = body.buffer.slice(body.byteOffset, body.byteOffset + body.byteLength);
  const tile = decode(bytes, { z, x, y });
  /** @param {Int32Array} flat */
  const points = (flat) => Array.from({ length: flat.length / 2 }, (_, at) => ({ x: flat[2 * at], y: flat[2 * at + 1] }));
  said[`${z}/${x}/${y}`] = Object.fromEntries(
    tile.pieces.map(({ number, rings }) => [
      number,
      classifyRings(rings.map(points)).map((polygon) => polygon.map((ring) => ring.map((point) => [point.x, point.y]))),
    ]),
  );
}
process.stdout.write(JSON.stringify(said));
