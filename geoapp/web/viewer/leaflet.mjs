// Takes of Leaflet what a map with one canvas layer needs: a half of its bytes, on a phone's first view, are for others.
//
// Leaflet is one module whose classes hang together by statements at its top level: `Map.include({openPopup …})` keeps
// the popup, `Class.extend` could have a side effect. An esbuild plugin leaves out those statements for popups, tooltips,
// vector renderers, GeoJSON, controls and handlers that the map brings itself, and methods of the map nobody calls; it
// says of `extend` that it has no side effect, so that esbuild drops the classes nobody names.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const MODULE = createRequire(import.meta.url).resolve("leaflet/dist/leaflet-src.esm.js");

/** Statements at the top level and methods of the map: what they match goes. Blocks begin and end at the start of a line. */
const SPARE = [
  /^(?:Map|Layer)\.include\(\{\n(?:(?!\}\);$).*\n)*?\t(?:_initOverlay|openPopup|bindPopup|openTooltip|bindTooltip|getRenderer):.*\n(?:(?!\}\);$).*\n)*\}\);$/gm,
  /^(?:Circle|CircleMarker|LayerGroup|Marker|Polygon|Polyline)\.include\((?:\w+|\{\n(?:(?!\}\);$).*\n)*\})\);$/gm,
  /^if \(Browser\.vml\) \{\n(?:\t.*\n)*\}$/gm,
  /^(?:[Cc]ontrol|CRS|GeoJSON|Icon|Map|Polyline|SVG|[Tt]ileLayer)\.\w+ = \w+;$/gm,
  /^Map\.addInitHook\('addHandler', '(?:boxZoom|doubleClickZoom|keyboard|tapHold)', \w+\);$/gm,
  /^Map\.addInitHook\(function \(\) \{\n\tif \(this\.options\.(?:zoomControl|attributionControl)\) \{\n(?:(?!\}\);$).*\n)*\}\);$/gm,
  /^\t(?:fitWorld|flyTo|flyToBounds|locate|panInside|stopLocate|_handleGeolocation\w+): function \(.*\n(?:(?!\t\},?$).*\n)*\t\},?$/gm,
];
/** How many there are in the version that is locked; another number means that Leaflet has to be looked at again. */
const STATEMENTS = 62;

/** Leaflet's source without what we do not use. @param {string} source */
export const spared = (source) => {
  let count = 0;
  const kept = SPARE.reduce((text, each) => text.replace(each, () => ((count += 1), "")), source.replaceAll("\r\n", "\n"));
  if (count !== STATEMENTS) throw new Error(`leaflet.mjs knows ${STATEMENTS} statements of Leaflet to leave out, and finds ${count}.`);
  return kept.replace(/= (\w+)\.extend\(\{\n((?:(?!\}\);$).*\n)*)\}\);$/gm, "= /* @__PURE__ */ (() => $1.extend({\n$2}))();");
};

/** @type {import("esbuild").Plugin} */
export const leaflet = {
  name: "leaflet",
  setup(build) {
    build.onResolve({ filter: /^leaflet$/ }, () => ({ path: MODULE, sideEffects: false }));
    build.onLoad({ filter: /leaflet-src\.esm\.js$/ }, async ({ path }) => ({ contents: spared(await readFile(path, "utf8")), loader: "js" }));
  },
};
