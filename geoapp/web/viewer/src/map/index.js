/** The map of a layer, for our page and for anybody's: `createMap(element, { document: "…/layers/<layer>.json" })`. */

import { createApi } from "./api.js";
import { createFrame } from "./frame.js";
import { listenKeys, listenPointer } from "./pointing.js";
import { readTheme } from "./theme.js";
import { MapView } from "./view.js";
import { wordsOf } from "./words.js";

/** @import { Layer } from "./layer.js" */

export { MapView };

/**
 * @typedef {{ document: string | Layer, base?: string, period?: string, level?: string, area?: string, region?: string,
 *   compare?: string, lang?: "id" | "en", padding?: [number, number, number, number],
 *   box?: [number, number, number, number] | null, trouble?: (trying: boolean) => void }} Options
 *   `document` is the layer document or its address; `base` is where the addresses inside a document start from
 *   (default: the document's own address, else the page's); `level` is a slug or "auto" (default: by zoom); `padding`
 *   is room to keep free at the sides, px (top, right, bottom, left); `box` is what is brought into view first (west,
 *   south, east, north in degrees; default: the area, once its regions are known, else everything)
 */

/** @param {HTMLElement} element */
const themeOf = (element) => {
  const tokens = getComputedStyle(element);
  return readTheme((name) => tokens.getPropertyValue(name));
};

/** What the window and the machine tell the map. @param {MapView} view @param {HTMLElement} element */
const listenWindow = (view, element) => {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const again = () => view.retry();
  const sized = new ResizeObserver(() => view.leaflet.invalidateSize({ animate: false }));
  const dye = () => view.dye(themeOf(element));
  const lay = () => dark.matches && view.dye(readTheme(() => ""), true); // paper is light, and waits for nothing
  const lift = () => dark.matches && dye();
  window.addEventListener("online", again);
  dark.addEventListener?.("change", dye);
  window.addEventListener("beforeprint", lay);
  window.addEventListener("afterprint", lift);
  sized.observe(view.live);
  view.leaflet.on("unload", () => {
    window.removeEventListener("online", again);
    dark.removeEventListener?.("change", dye);
    window.removeEventListener("beforeprint", lay);
    window.removeEventListener("afterprint", lift);
    sized.disconnect();
  });
};

/**
 * Open a layer in an element of the page. Ends when names and classes are here; the tiles may still be coming (`painted`).
 * @param {HTMLElement} element what it holds (a picture of the map) stays until the map is painted
 * @param {Options} options
 * @throws {import("./api.js").Answer} when the document or its classes do not come
 */
export const createMap = async (element, options) => {
  const { document: asked, area = "", lang = "id" } = options;
  let home = new URL(options.base ?? "", window.location.href);
  const api = createApi({ trouble: options.trouble, base: () => home });
  /** @param {string | Layer} named @returns {Promise<Layer>} */
  const resolve = async (named) => {
    if (typeof named !== "string") return named;
    if (options.base === undefined) home = new URL(named, home);
    return api.json(named);
  };
  const layer = await resolve(asked);
  const frame = createFrame(element, {
    box: layer.edition.box, maxzoom: Math.max(...layer.levels.map(({ maxzoom }) => maxzoom)), strings: wordsOf(lang), padding: options.padding,
    first: options.box,
  });
  await new Promise((go) => setTimeout(go)); // a finger that presses meanwhile is answered between two tasks
  const wish = { period: options.period ?? "", level: options.level || "auto", area };
  const view = new MapView({ api, layer, frame, wish, resolve, shown: { theme: themeOf(element), family: getComputedStyle(element).fontFamily, language: lang } });
  view.choose(options.region ?? 0);
  view.compare(options.compare ?? 0);
  if (area && !options.box) {
    await view.listing(); // the tiles of the area alone are wanted
    const box = view.boxOf(area);
    if (box) view.fit(box);
  }
  view.start();
  listenPointer(view);
  listenKeys(view);
  listenWindow(view, element);
  await Promise.all([view.obey(), view.listing()]);
  return view;
};

/** Two maps that move together, and show the same region in hand. Gives a function that parts them. @param {MapView} first @param {MapView} second */
export const linked = (first, second) => {
  let led = false;
  /** @param {MapView} own @param {MapView} other @param {L.ZoomAnimEvent | null} [to] */
  const lead = (own, other, to = null) => {
    if (led) return;
    led = true;
    other.leaflet.setView(to?.center ?? own.leaflet.getCenter(), to?.zoom ?? own.leaflet.getZoom(), { animate: Boolean(to) });
    led = false;
  };
  const stops = [[first, second], [second, first]].flatMap(([own, other]) => {
    const moved = () => lead(own, other);
    /** @param {L.ZoomAnimEvent} event */
    const zooming = (event) => lead(own, other, event);
    own.leaflet.on("move", moved).on("zoomanim", zooming);
    const deaf = own.on("hover", ({ code }) => other.hold(other.numberOf(code)));
    return [() => void own.leaflet.off("move", moved).off("zoomanim", zooming), deaf];
  });
  lead(first, second);
  return () => stops.forEach((stop) => stop());
};
