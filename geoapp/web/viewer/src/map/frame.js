/** The Leaflet map inside the page's map element: controls, first view, and where the pointer is. */

import * as L from "leaflet";
import { button } from "./buttons.js";
import { createPad, STRIDE } from "./panning.js";
import { Scale } from "./scale.js";

/** @import { MapWords } from "./words.js" */

/** Room kept free around the area, px (left, top, right, bottom): the area is set beside the buttons, or below them. */
const ROOMS = [[16, 20, 64, 40], [12, 160, 12, 40]];

/**
 * How to bring a box into view: room kept free at the sides of the map's element, px (top, right, bottom, left), beside
 * what the map needs for its buttons.
 * @typedef {{ padding?: [number, number, number, number], animate?: boolean }} Fitting
 */

/** Zoom in, zoom out, whole area, arrows: joined in one frame. */
class Buttons extends L.Control {
  /** @param {MapWords} strings @param {() => void} whole @param {L.LatLngBounds} area */
  constructor(strings, whole, area) {
    super({ position: "topright" });
    this.strings = strings;
    this.whole = whole;
    this.area = area;
  }

  /** @param {L.Map} map */
  onAdd(map) {
    const { strings, area } = this;
    const pad = createPad(strings, (right, down) => map.panBy(map.getSize().scaleBy(L.point(right * STRIDE, down * STRIDE))));
    // There is nothing to move to while the whole area is in view.
    const offer = () => void (pad.hidden = map.getBounds().contains(area) && !pad.contains(document.activeElement));
    map.on("moveend", offer);
    offer();
    const joined = L.DomUtil.create("div", "map-buttons");
    joined.append(
      button("in", strings.zoomIn, () => map.zoomIn()),
      button("out", strings.zoomOut, () => map.zoomOut()),
      button("whole", strings.whole, this.whole),
      pad,
    );
    L.DomEvent.disableClickPropagation(joined);
    L.DomEvent.disableScrollPropagation(joined);
    return joined;
  }
}

/**
 * @param {HTMLElement} element of the page; keeps the server's picture until `ready`
 * @param {{ box: [number, number, number, number], first?: [number, number, number, number] | null,
 *   padding?: [number, number, number, number], maxzoom: number, strings: MapWords }} means
 */
export const createFrame = (element, { box: whole, first, maxzoom, strings, padding = [0, 0, 0, 0] }) => {
  const [west, south, east, north] = whole;
  const live = document.createElement("div");
  live.className = "map-live";
  live.tabIndex = 0;
  live.setAttribute("role", "application");
  live.setAttribute("aria-label", strings.map);
  element.append(live);

  const voice = document.createElement("p");
  voice.className = "map-spoken";
  voice.setAttribute("aria-live", "polite");
  element.append(voice);

  const still = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? false;
  const map = L.map(live, {
    attributionControl: false,
    zoomControl: false,
    keyboard: false,
    boxZoom: false,
    zoomSnap: 0.25,
    zoomDelta: 1,
    wheelPxPerZoomLevel: 90,
    minZoom: 1,
    maxZoom: maxzoom + 6,
    zoomAnimation: !still,
    fadeAnimation: !still,
    inertia: !still,
  });
  const area = L.latLngBounds([south, west], [north, east]);
  /** The room that stays free when nothing else is said. */
  let usual = padding;
  /** A box as large as it gets clear of the buttons and of what lies over the map. @param {number[]} box @param {Fitting} [how] */
  const fit = (box, { padding: sides = usual, animate = false } = {}) => {
    usual = sides;
    const bounds = L.latLngBounds([box[1], box[0]], [box[3], box[2]]);
    const rooms = ROOMS.map(([left, top, right, bottom]) => [left + sides[3], top + sides[0], right + sides[1], bottom + sides[2]]);
    const zooms = rooms.map(([left, top, right, bottom]) => map.getBoundsZoom(bounds, false, L.point(left + right, top + bottom)));
    const [left, top, right, bottom] = rooms[zooms[1] > zooms[0] ? 1 : 0];
    map.fitBounds(bounds, { paddingTopLeft: [left, top], paddingBottomRight: [right, bottom], animate, maxZoom: maxzoom + 3 });
  };
  /** Say where the map is, for whoever wants to know what lies at a pixel. */
  const tell = () => {
    const { lat, lng } = map.getCenter();
    Object.assign(element.dataset, { center: `${lng},${lat}`, zoom: String(map.getZoom()) });
  };
  map.on("moveend", tell);
  fit(whole);
  map.setMinZoom(Math.max(1, map.getZoom() - 2));
  if (first) fit(first);
  map.setMaxBounds(area.pad(1));
  new Buttons(strings, () => fit(whole), area).addTo(map);
  new Scale().addTo(map);

  return {
    map,
    live,
    fit,
    /** Read a sentence out. @param {string} sentence */
    speak(sentence) {
      voice.textContent = sentence;
    },
    /** The map is painted: the server's picture steps back. @param {Record<string, string>} [told] */
    ready(told = {}) {
      Object.assign(element.dataset, told);
      if (element.dataset.ready) return;
      for (const picture of element.querySelectorAll(":scope > svg, :scope > img, :scope > picture")) picture.remove();
      element.classList.add("map-ready");
      element.dataset.ready = "1";
    },
    destroy() {
      map.remove();
      live.remove();
      voice.remove();
      element.classList.remove("map-ready");
      delete element.dataset.ready;
    },
  };
};

/** @typedef {ReturnType<typeof createFrame>} Frame */
