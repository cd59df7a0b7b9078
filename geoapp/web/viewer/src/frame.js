/** The Leaflet map inside the page's map element: controls, first view, and where the pointer is. */

import L from "leaflet";

/** @import { Strings } from "./strings.js" */

/** Room kept free around the area, px: the buttons stand on the right. */
const ROOM = { topLeft: [16, 20], bottomRight: [64, 40] };

/** @param {string} text @param {string} className @param {string} label @param {() => void} deed */
const button = (text, className, label, deed) => {
  const element = document.createElement("button");
  element.type = "button";
  element.className = className;
  element.textContent = text;
  element.title = label;
  element.setAttribute("aria-label", label);
  element.addEventListener("click", deed);
  return element;
};

/** Zoom in, zoom out, whole area: joined in one frame. */
class Buttons extends L.Control {
  /** @param {Strings} strings @param {() => void} whole */
  constructor(strings, whole) {
    super({ position: "topright" });
    this.strings = strings;
    this.whole = whole;
  }

  /** @param {L.Map} map */
  onAdd(map) {
    const { strings } = this;
    const joined = L.DomUtil.create("div", "map-buttons");
    joined.append(
      button("+", "map-in", strings.zoomIn, () => map.zoomIn()),
      button("−", "map-out", strings.zoomOut, () => map.zoomOut()),
      button("⛶", "map-whole", strings.whole, this.whole),
    );
    L.DomEvent.disableClickPropagation(joined);
    L.DomEvent.disableScrollPropagation(joined);
    return joined;
  }
}

/**
 * @param {HTMLElement} element of the page; keeps the server's picture until `ready`
 * @param {{ box: [number, number, number, number], maxzoom: number, strings: Strings }} means
 */
export const createFrame = (element, { box: [west, south, east, north], maxzoom, strings }) => {
  const live = document.createElement("div");
  live.className = "map-live";
  live.tabIndex = 0;
  live.setAttribute("role", "application");
  live.setAttribute("aria-label", strings.map);
  element.append(live);

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
  const options = { paddingTopLeft: L.point(ROOM.topLeft[0], ROOM.topLeft[1]), paddingBottomRight: L.point(ROOM.bottomRight[0], ROOM.bottomRight[1]) };
  const fit = () => map.fitBounds(area, { ...options, animate: false });
  /** Say where the map is, for whoever wants to know what lies at a pixel. */
  const tell = () => {
    const { lat, lng } = map.getCenter();
    Object.assign(element.dataset, { center: `${lng},${lat}`, zoom: String(map.getZoom()) });
  };
  map.on("moveend", tell);
  fit();
  map.setMinZoom(Math.max(1, map.getZoom() - 2));
  map.setMaxBounds(area.pad(1));
  new Buttons(strings, fit).addTo(map);
  L.control.scale({ imperial: false, maxWidth: 100 }).addTo(map);

  return {
    map,
    live,
    /** The first tiles are painted: the server's picture steps back. */
    ready() {
      for (const picture of element.querySelectorAll(":scope > svg, :scope > img, :scope > picture")) picture.remove();
      element.classList.add("map-ready");
      element.dataset.ready = "1";
    },
  };
};
