/** What there is to paint: the map's view and what is shown on it, made into a sight and a scene. */

import * as L from "leaflet";
import { worldSize } from "./mercator.js";
import { createPatterns } from "./patterns.js";
import { pictureZoom } from "./pictures.js";
import { rosterOf } from "./roster.js";
import { circlesOf, laidOf, picturesOf, tileZoom, touched } from "./sight.js";

/** @import { Map as LeafletMap } from "leaflet" */
/** @import { Scene } from "./painter.js" */
/** @import { Places } from "./places.js" */
/** @import { Place } from "./places.js" */
/** @import { PictureTile } from "./pictures.js" */
/** @import { Plan } from "./plan.js" */
/** @import { Roster } from "./roster.js" */
/** @import { Sight } from "./sight.js" */
/** @import { Ground } from "./surroundings.js" */
/** @import { Theme } from "./theme.js" */
/** @import { Tiles, createTiles } from "./tiles.js" */

/** Part of the map's size that is painted beyond each side, so that a short pan shows no bare ground. */
const MARGIN = 0.1;
/** px; a larger circle would not fit the legend. */
const LARGEST_CIRCLE = 30;
/** Canvases larger than this (device pixels) fail on cheap phones. */
const LARGEST = 16e6;
/** Median diagonal, px, below which shapes give way to pictures. */
const TINY = 4;

/**
 * @typedef {{ tiles: Tiles, pictures: ReturnType<typeof createTiles<PictureTile>> | null, maxzoom: number, diagonal: number,
 *   plan: Plan | null, places: Places | null, known: Map<number, Place>, codes: Map<number, string>, ground: Ground | null, theme: Theme, family: string,
 *   language: "id" | "en", emphasis: readonly number[] | null, hovered: number, chosen: number, compared: number,
 *   within: ((number: number) => boolean) | null, awaiting: boolean }} Shown
 *   `plan` is null until the first classes are here; `diagonal` is the median region's in widths of the world; `known`
 *   are places of a level without a list, `codes` those of the regions of all tiles; `awaiting` while the ground is on its way before the first painting
 */

export class Scenery {
  /** @param {LeafletMap} map @param {Shown} shown */
  constructor(map, shown) {
    this.map = map;
    this.shown = shown;
    /** @type {{ theme: Theme, density: number, patterns: import("./patterns.js").Patterns } | null} */
    this.inks = null;
  }

  /** Whether the map has a size to be painted at. */
  get sized() {
    const { x, y } = this.map.getSize();
    return x > 0 && y > 0;
  }

  /** Whether regions are too small for shapes, so that pictures stand in. */
  get pictured() {
    const { pictures, diagonal } = this.shown;
    return Boolean(pictures) && diagonal > 0 && diagonal * worldSize(this.map.getZoom()) < TINY;
  }

  /** What brings the map: shapes, or pictures of them. */
  get source() {
    const { tiles, pictures } = this.shown;
    return pictures && this.pictured ? pictures : tiles;
  }

  /** What the map shows just now, with a margin. @returns {Sight} */
  sight() {
    const seen = this.map.getSize();
    const margin = seen.multiplyBy(MARGIN).floor();
    const size = seen.add(margin.multiplyBy(2));
    const density = Math.min(globalThis.devicePixelRatio || 1, Math.sqrt(LARGEST / (size.x * size.y)));
    const { x, y } = /** @type {L.Point} */ (this.map.getPixelBounds().min).subtract(margin).round();
    return { zoom: this.map.getZoom(), origin: [x, y], size: [size.x, size.y], density };
  }

  /** Ask for the tiles of a sight. @param {Sight} sight */
  want(sight) {
    const { tiles, pictures } = this.shown;
    const { pictured } = this;
    tiles.want(pictured ? [] : this.#addresses(sight));
    pictures?.want(pictured ? touched(sight, pictureZoom(sight.zoom)) : []);
  }

  /** @param {Sight} sight */
  #addresses(sight) {
    return touched(sight, tileZoom(sight, 0, this.shown.maxzoom));
  }

  /** @param {Sight} sight */
  laid(sight) {
    return this.pictured ? [] : laidOf(sight, this.#addresses(sight), this.shown.tiles.get);
  }

  /** @param {Sight} sight @param {Roster} roster */
  circles(sight, roster) {
    const { plan } = this.shown;
    return plan?.circles && !this.pictured ? circlesOf(sight, plan, roster, this.largest()) : [];
  }

  /** Radius of the largest circle, px: it grows with the map, but never beyond 4 % of its width. */
  largest() {
    const diagonal = this.shown.diagonal * worldSize(this.map.getZoom());
    return Math.max(8, Math.min(0.04 * this.map.getSize().x, diagonal * 0.6, LARGEST_CIRCLE));
  }

  /** @param {Sight} sight @param {Plan} plan @returns {Scene} */
  scene(sight, plan) {
    const { places, known, theme, emphasis, within, ground, diagonal, pictures, tiles } = this.shown;
    const { zoom, origin, size, density } = sight;
    if (!this.inks || this.inks.theme !== theme || this.inks.density !== density)
      this.inks = { theme, density, patterns: createPatterns(blank, theme, density) };
    const laid = this.laid(sight);
    const roster = places ?? rosterOf(laid, known);
    const world = worldSize(zoom);
    return {
      laid,
      pictures: pictures && this.pictured ? picturesOf(sight, touched(sight, pictureZoom(zoom)), pictures.get) : [],
      look: plan.look,
      looks: plan,
      silent: plan.silent,
      parentOf: (number) => roster.place(number)?.parent ?? "",
      parents: places ?? tiles,
      roster,
      within,
      emphasis,
      ground,
      circles: this.circles(sight, roster),
      theme,
      patterns: this.inks.patterns,
      density,
      width: size[0],
      height: size[1],
      origin,
      world,
      diagonal: diagonal * world || 40,
      flat: plan.circles,
      Path: Path2D,
    };
  }
}

/** @param {number} width @param {number} height */
const blank = (width, height) => {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  return canvas;
};
