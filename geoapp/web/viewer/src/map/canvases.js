/** The canvases of the map: the one that is seen, the one that is being painted, the sheets it is made of, and the marks above. */

import * as L from "leaflet";

/** @import { Map as LeafletMap } from "leaflet" */
/** @import { Sight } from "./sight.js" */

const make = () => {
  const canvas = document.createElement("canvas");
  canvas.className = "map-canvas leaflet-zoom-animated";
  canvas.setAttribute("aria-hidden", "true");
  return canvas;
};

/** Size a canvas for a sight, and give its context. @param {HTMLCanvasElement} canvas @param {Sight} sight */
const fresh = (canvas, { size: [width, height], density }) => {
  const [across, down] = [Math.round(width * density), Math.round(height * density)];
  if (canvas.width !== across) canvas.width = across;
  if (canvas.height !== down) canvas.height = down;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
};

/** Out of sight, but drawn in every frame: of a hidden canvas browsers keep all strokes for the moment it is shown. @param {HTMLCanvasElement} canvas */
const hide = (canvas) => (canvas.style.opacity = "0");

export class Canvases {
  /** @param {() => void} restored called when the machine gave back what it had taken */
  constructor(restored) {
    this.front = make();
    this.back = make();
    this.marks = make();
    /** What lies below the fills of the view that was painted last, and the lines above. */
    this.below = make();
    this.above = make();
    /** Whether there is anything to paint with. */
    this.usable = Boolean(this.front.getContext?.("2d"));
    for (const canvas of this.all()) canvas.addEventListener("contextrestored", restored);
    for (const canvas of [this.back, this.below, this.above]) hide(canvas);
  }

  all() {
    return [this.below, this.above, this.front, this.back, this.marks];
  }

  /** @param {HTMLElement} pane */
  addTo(pane) {
    pane.append(...this.all());
  }

  remove() {
    for (const canvas of this.all()) canvas.remove();
  }

  /** The context of what is to be seen next. @param {Sight} sight */
  next(sight) {
    return fresh(this.back, sight);
  }

  /** The contexts of the sheets below and above the fills. @param {Sight} sight */
  sheets(sight) {
    return [this.below, this.above].map((sheet) => {
      sheet.style.display = "";
      return fresh(sheet, sight);
    });
  }

  /** The sheets are painted: they are copied from now on, and cost no frame any more. */
  settle() {
    for (const sheet of [this.below, this.above]) sheet.style.display = "none";
  }

  /** Show what was painted. @param {LeafletMap} map @param {Sight} sight */
  turn(map, sight) {
    [this.front, this.back] = [this.back, this.front];
    this.place(map, sight);
    this.front.style.opacity = "";
    this.front.dataset.shown = "1";
    hide(this.back);
    delete this.back.dataset.shown;
  }

  /** The context of the marks. @param {Sight} sight */
  marking(sight) {
    return fresh(this.marks, sight);
  }

  /** Lay what is seen where it belongs now, or at the end of a zoom. @param {LeafletMap} map @param {Sight} sight @param {{ zoom: number, center: L.LatLng }} [end] */
  place(map, sight, end) {
    const world = /** @type {any} */ (map);
    const zoom = end?.zoom ?? map.getZoom();
    const corner = map.unproject(sight.origin, sight.zoom);
    const at = end ? world._latLngToNewLayerPoint(corner, zoom, end.center) : map.project(corner, zoom).subtract(map.getPixelOrigin());
    const scale = map.getZoomScale(zoom, sight.zoom);
    for (const canvas of [this.front, this.marks]) L.DomUtil.setTransform(canvas, at, scale);
  }
}
