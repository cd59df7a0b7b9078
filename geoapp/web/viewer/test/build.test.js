import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { build } from "esbuild";
import { leaflet, spared } from "../leaflet.mjs";

const bundle = async (contents) => {
  const stdin = { contents, resolveDir: new URL("..", import.meta.url).pathname };
  const made = await build({ stdin, bundle: true, write: false, minify: true, format: "esm", plugins: [leaflet] });
  return made.outputFiles[0].text;
};

test("of Leaflet comes what a map with one layer of its own needs, and nothing of markers, popups, tiles or controls", async () => {
  const text = await bundle('import * as L from "leaflet"; export class Own extends L.Layer {}; export const map = L.map; export const bar = L.Control;');

  for (const needed of ["dragging", "touchZoom", "scrollWheelZoom", "setZoomAround", "fitBounds"]) assert.ok(text.includes(needed), needed);
  for (const spare of ["marker-icon", "leaflet-popup", "leaflet-tile", "leaflet-control-zoom", "leaflet-attribution", "geolocation", "flyTo:"])
    assert.ok(!text.includes(spare), spare);
});

test("another Leaflet than the one that was looked at is refused", async () => {
  const source = await readFile(createRequire(import.meta.url).resolve("leaflet/dist/leaflet-src.esm.js"), "utf8");
  assert.throws(() => spared(source.replace("Map.addInitHook('addHandler', 'keyboard', Keyboard);", "")), /leaflet\.mjs knows/);
});
