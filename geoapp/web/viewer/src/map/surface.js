/** The canvas that lies over the Leaflet map: keeps tiles wanted, lays them out, and paints when something changed. */

import L from "leaflet";
import { labelsOf } from "./labels.js";
import { worldSize } from "./mercator.js";
import { paintMap, paintMarks } from "./painter.js";
import { createPatterns } from "./patterns.js";
import { under } from "./picking.js";
import { rosterOf } from "./roster.js";
import { address, covering, dataZoom } from "./tiles.js";

/** @import { Circle } from "./picking.js" */
/** @import { Laid, Scene } from "./painter.js" */
/** @import { Places } from "./places.js" */
/** @import { Plan } from "./plan.js" */
/** @import { Theme } from "./theme.js" */
/** @import { Tiles } from "./tiles.js" */

/** Part of the map's size that is painted beyond each side, so that a short pan shows no bare ground. */
const MARGIN = 0.15;
/** px; a larger circle would not fit the legend. */
const LARGEST_CIRCLE = 30;
/** Type of names of places, px; no name comes nearer to the map's edge than `EDGE`; a phone shows but a few. */
const [SMALL, EDGE, FEW] = [11.5, 16, 5];
/** Canvases larger than this (device pixels) fail on cheap phones. */
const LARGEST = 16e6;

/**
 * @typedef {{ tiles: Tiles, minzoom: number, maxzoom: number, plan: Plan, places: Places | null, theme: Theme,
 *   emphasis: readonly number[] | null, hovered: number, chosen: number, compared: number, font: string,
 *   within: ((number: number) => boolean) | null }} Shown
 */

export class Surface extends L.Layer {
  /** @param {Shown} shown @param {(complete: boolean) => void} painted called after every painting of the map */
  constructor(shown, painted) {
    super();
    this.shown = shown;
    this.painted = painted;
    this.canvases = [0, 1].map(() => {
      const canvas = document.createElement("canvas");
      canvas.className = "map-canvas leaflet-zoom-animated";
      canvas.setAttribute("aria-hidden", "true");
      return canvas;
    });
    /** The view that is on the canvas. */
    this.view = { zoom: 0, center: L.latLng(0, 0), origin: L.point(0, 0), size: L.point(0, 0), density: 1 };
    this.due = { map: false, marks: false };
    /** @type {{ theme: Theme, density: number, patterns: import("./patterns.js").Patterns } | null} */
    this.inks = null;
  }

  /** @returns {Record<string, (event: any) => void>} */
  getEvents() {
    return { moveend: this.update, move: this.follow, zoomanim: this.animate, resize: this.update };
  }

  /** @param {L.Map} map */
  onAdd(map) {
    for (const canvas of this.canvases) map.getPane("overlayPane")?.append(canvas);
    this.update();
    return this;
  }

  onRemove() {
    for (const canvas of this.canvases) canvas.remove();
    return this;
  }

  /** Take over the map's view: size and place the canvases, want its tiles, paint. */
  update() {
    const map = this._map;
    const seen = map.getSize();
    if (!seen.x || !seen.y) return;
    const margin = seen.multiplyBy(MARGIN).floor();
    const size = seen.add(margin.multiplyBy(2));
    const density = Math.min(globalThis.devicePixelRatio || 1, Math.sqrt(LARGEST / (size.x * size.y)));
    const corner = map.containerPointToLayerPoint(L.point(0, 0).subtract(margin)).round();
    const origin = corner.add(map.getPixelOrigin());
    this.view = { zoom: map.getZoom(), center: map.getCenter(), origin, size, density };
    for (const canvas of this.canvases) L.DomUtil.setPosition(canvas, corner);
    this.#want();
    this.#paintMap();
  }

  /** While panning: paint anew as soon as bare ground would show. */
  follow() {
    const map = this._map;
    if (map.getZoom() !== this.view.zoom) return;
    const beyond = map.getPixelBounds();
    const { origin, size } = this.view;
    const low = /** @type {L.Point} */ (beyond.min);
    const high = /** @type {L.Point} */ (beyond.max);
    if (low.x < origin.x || low.y < origin.y || high.x > origin.x + size.x || high.y > origin.y + size.y) this.update();
  }

  /** Scale what is painted along with Leaflet's zoom animation. @param {L.ZoomAnimEvent} event */
  animate({ center, zoom }) {
    const map = /** @type {any} */ (this._map);
    const scale = map.getZoomScale(zoom, this.view.zoom);
    const corner = map.unproject(this.view.origin, this.view.zoom);
    const at = map._latLngToNewLayerPoint(corner, zoom, center);
    for (const canvas of this.canvases) L.DomUtil.setTransform(canvas, at, scale);
  }

  /** Paint again with the next frame, because something of `shown` changed. @param {"map" | "marks"} what */
  repaint(what) {
    const idle = !this.due.map && !this.due.marks;
    this.due[what] = true;
    if (idle) requestAnimationFrame(() => (this.due.map ? this.#paintMap() : this.#paintMarks()));
  }

  /** A tile came or failed. */
  arrived() {
    this.repaint("map");
  }

  /** Ask again for tiles that were lost. */
  retry() {
    this.shown.tiles.forgive();
    if (this._map) this.#want();
  }

  /** All regions at a point of the map's container, the one meant first. @param {L.Point | L.PointTuple} point @param {number} [reach] px */
  under(point, reach) {
    const corner = this._map.getPixelBounds().min ?? this.view.origin;
    const { x, y } = L.point(point).add(corner).subtract(this.view.origin);
    return under(this.#laid(), this.#circles(), x, y, reach);
  }

  /** The region at a point; 0 for none. @param {L.Point} point @param {number} [reach] px */
  at(point, reach) {
    return this.under(point, reach)[0] ?? 0;
  }

  /** The region at a position, by a tile that is here; 0 for none. @param {L.LatLngLiteral} position @param {unknown} _level */
  locate(position, _level) {
    return this.under(this._map.latLngToContainerPoint(position), 0)[0] ?? 0;
  }

  /** The regions of the tiles that are here, as far as tiles tell. */
  seen() {
    return rosterOf(this.#laid());
  }

  /** Name and code of a region as its tiles have them. @param {number} number */
  named(number) {
    for (const { tile } of this.#laid()) {
      const piece = tile.pieces.find((each) => each.number === number);
      if (piece) return piece;
    }
    return undefined;
  }

  #zoom() {
    return dataZoom(this.view.zoom, this.shown.minzoom, this.shown.maxzoom);
  }

  #addresses() {
    const { origin, size, zoom } = this.view;
    const world = worldSize(zoom);
    return covering([origin.x / world, origin.y / world, (origin.x + size.x) / world, (origin.y + size.y) / world], this.#zoom());
  }

  #want() {
    this.shown.tiles.want(this.#addresses());
  }

  /** The tiles of the view, each where it lies; one that is missing is stood in for by the nearest above it. */
  #laid() {
    const { origin, zoom } = this.view;
    const world = worldSize(zoom);
    /** @type {Laid[]} */
    const laid = [];
    for (const { z, x, y } of this.#addresses()) {
      const side = world / 2 ** z;
      const box = /** @type {[number, number, number, number]} */ ([x * side - origin.x, y * side - origin.y, (x + 1) * side - origin.x, (y + 1) * side - origin.y]);
      for (let up = 0; up <= z; up += 1) {
        const tile = this.shown.tiles.get(address(z - up, x >> up, y >> up).key);
        if (!tile) continue;
        const length = side * 2 ** up;
        laid.push({ tile, x: tile.x * length - origin.x, y: tile.y * length - origin.y, scale: length / tile.extent, box: up ? box : null });
        break;
      }
    }
    return laid;
  }

  /** @returns {Circle[]} */
  #circles() {
    const { plan, places } = this.shown;
    if (!plan?.circles || !places) return [];
    const { origin, zoom } = this.view;
    const world = worldSize(zoom);
    const largest = this.largest();
    return [...places.all()].flatMap(({ number, inside }) => {
      const share = plan.radius(number);
      return share ? [{ number, x: inside[0] * world - origin.x, y: inside[1] * world - origin.y, radius: Math.max(1.5, share * largest) }] : [];
    });
  }

  /** Radius of the largest circle, px: it grows with the map, but never beyond 4 % of its width. */
  largest() {
    const { places } = this.shown;
    const diagonal = (places?.diagonal ?? 0) * worldSize(this.view.zoom);
    return Math.max(8, Math.min(0.04 * this._map.getSize().x, diagonal * 0.6, LARGEST_CIRCLE));
  }

  /** @returns {Scene} */
  #scene() {
    const { places, theme, emphasis } = this.shown;
    const { plan } = this.shown;
    const { origin, size, zoom, density } = this.view;
    if (!this.inks || this.inks.theme !== theme || this.inks.density !== density)
      this.inks = { theme, density, patterns: createPatterns(blank, theme, density) };
    return {
      laid: this.#laid(),
      look: plan.look,
      looks: plan,
      parentOf: (number) => places?.place(number)?.parent ?? "",
      parents: places ?? this,
      emphasis,
      circles: this.#circles(),
      theme,
      patterns: this.inks.patterns,
      density,
      width: size.x,
      height: size.y,
      origin: [origin.x, origin.y],
      diagonal: places ? places.diagonal * worldSize(zoom) : 40,
      flat: plan.circles,
      Path: Path2D,
    };
  }

  /** Size a canvas for the view. @param {HTMLCanvasElement} canvas @returns {CanvasRenderingContext2D} */
  #fresh(canvas) {
    const { size, density } = this.view;
    const [width, height] = [Math.round(size.x * density), Math.round(size.y * density)];
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
    return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  }

  #paintMap() {
    this.due = { map: false, marks: false };
    if (!this._map || !this.shown.plan) return;
    const scene = this.#scene();
    paintMap(this.#fresh(this.canvases[0]), scene);
    this.#paintMarks(scene);
    this.painted(this.shown.tiles.complete());
  }

  /** @param {Scene} [scene] */
  #paintMarks(scene) {
    this.due = { map: false, marks: false };
    if (!this.shown.plan) return;
    scene = scene ?? this.#scene();
    const { hovered, chosen, places, font } = this.shown;
    const place = chosen ? places?.place(chosen) : undefined;
    const world = worldSize(this.view.zoom);
    const label = place && {
      text: place.name,
      x: ((place.box[0] + place.box[2]) / 2) * world - this.view.origin.x,
      y: place.box[1] * world - this.view.origin.y - 6,
    };
    const ink = this.#fresh(this.canvases[1]);
    ink.font = font;
    const half = label ? ink.measureText(label.text).width / 2 : 0;
    const [left, , right, bottom] = (place?.box ?? []).map((side, at) => side * world - (at % 2 ? this.view.origin.y : this.view.origin.x));
    const taken = label ? [[label.x - half, label.y - 16, label.x + half, label.y], [left, label.y, right, bottom]] : [];
    const names = this.#names(ink, taken);
    paintMarks(ink, scene, { hovered, chosen, label: label ?? null, font, names, small: this.#small() });
  }

  /** The type of the smaller names. */
  #small() {
    return this.shown.font.replace(/^\d+ [\d.]+px/, `400 ${this.#phone() ? SMALL - 1 : SMALL}px`);
  }

  #phone() {
    return this._map.getSize().x < 500;
  }

  /** Names of places in the view, clear of its edges and of `taken`. @param {CanvasRenderingContext2D} ink @param {number[][]} taken */
  #names(ink, taken) {
    const { origin, zoom } = this.view;
    const world = worldSize(zoom);
    const { min, max } = this._map.getPixelBounds();
    if (!min || !max) return [];
    ink.font = this.#small();
    return labelsOf(this.shown.places, {
      width: (text) => ink.measureText(text).width,
      size: SMALL,
      most: this.#phone() ? FEW : Infinity,
      room: [min.x - origin.x + EDGE, min.y - origin.y + EDGE, max.x - origin.x - EDGE, max.y - origin.y - EDGE],
      at: ([x, y]) => [x * world - origin.x, y * world - origin.y],
      world,
      taken,
    });
  }
}

/** @param {number} width @param {number} height */
const blank = (width, height) => {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  return canvas;
};
