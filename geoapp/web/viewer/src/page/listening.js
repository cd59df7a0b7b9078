/** What people do on the map and on the page around it, as changes of the address. */

import { listenChoices } from "./choices.js";
import { comparing } from "./compare.js";
import { bringChosen } from "./fitting.js";
import { listenLinks } from "./links.js";
import { HOLD } from "./table.js";

/** @import { State } from "./state.js" */
/** @import { Viewer } from "./viewer.js" */

const LEVELS = ["province", "regency", "district", "village", "hamlet", "rw", "rt"];
/** A map whose middle moved less than this since it was fitted has not been moved by anybody, px. */
const STILL = 2;

/** @param {Viewer} viewer */
export const listenMap = (viewer) => {
  const { map, bar, parts } = viewer;
  map.on("hover", (event) => {
    viewer.hold(event);
    document.dispatchEvent(new CustomEvent(HOLD, { detail: { code: event.code, from: "map" } }));
  });
  map.on("choose", ({ code }) => bar.push(code && comparing(document, bar.state()) ? { compare: code } : { region: code }));
  map.on("level", () => {
    viewer.shown();
    void viewer.say();
  });
  map.on("painted", () => map.plan.circles && parts.legend.scale(map.surface.largest()));
  map.on("lost", (event) => viewer.lost(event));
  map.on("restored", () => parts.notice.clear());
  map.live.addEventListener("pointerenter", () => viewer.figures.prepare(), { once: true });
};

/** What the search asks for: a region of the level shown, an area above it, or a region of another level. @param {Viewer} viewer @param {{ code: string, level?: string, edition?: string }} found @returns {Partial<State> | null} */
const sought = ({ map }, { code, level = map.level.level, edition = map.layer.edition.id }) => {
  if (edition !== map.layer.edition.id) return null;
  if (level === map.level.level) return { region: code };
  if (LEVELS.indexOf(level) < LEVELS.indexOf(map.level.level)) return { area: code, region: "" };
  return map.layer.levels.some((each) => each.level === level) ? { level, region: code } : null;
};

/** @param {Viewer} viewer */
export const listenPage = (viewer) => {
  const { map, bar, parts } = viewer;
  listenLinks(document, (state, from) => {
    const ofZoom = !bar.state().level && state.level === map.level.level && !("level" in from.dataset);
    const sort = from.closest("[data-sort]") ? state.sort : bar.state().sort;
    bar.push({ ...state, sort, ...(ofZoom ? { level: "" } : {}) });
    if (from.closest("tbody th")) parts.element.scrollIntoView({ block: "nearest" });
  });
  listenChoices(document, bar);
  document.addEventListener("geoapp:choose", (event) => {
    const change = sought(viewer, /** @type {CustomEvent} */ (event).detail);
    if (!change) return;
    event.preventDefault();
    bar.push(change);
    if (change.region) viewer.settled.then(() => bringChosen(map));
  });
  document.addEventListener(HOLD, (event) => {
    const { code = "", from = "" } = /** @type {CustomEvent} */ (event).detail ?? {};
    if (from === "map") return;
    map.hold(code ? map.numberOf(code) : 0);
    viewer.hold({ number: map.held, point: null, by: from });
  });
};

/** The room that the page leaves the map, as its style sheet says. @param {HTMLElement} element @returns {[number, number, number, number]} top, right, bottom, left in px */
export const roomOf = (element) => {
  const said = getComputedStyle(element);
  return /** @type {[number, number, number, number]} */ (["top", "right", "bottom", "left"].map((side) => parseFloat(said.getPropertyValue(`--room-${side}`)) || 0));
};

/** Keep the area in the room that the sheet leaves, until somebody moves the map. @param {Viewer} viewer */
export const listenRoom = (viewer) => {
  const { map, fitting } = viewer;
  let fitted = map.leaflet.project(map.leaflet.getCenter(), 0);
  document.addEventListener("geoapp:room", (event) => {
    const scale = 2 ** map.leaflet.getZoom();
    const away = map.leaflet.project(map.leaflet.getCenter(), 0).distanceTo(fitted) * scale;
    if (away > STILL) return;
    map.fit(fitting.box(), { padding: /** @type {CustomEvent} */ (event).detail.room });
    fitted = map.leaflet.project(map.leaflet.getCenter(), 0);
  });
};
