/** The map's picture over Leaflet: keeps tiles wanted, paints when something changed, and tells what lies at a point. */

import * as L from "leaflet";
import { Canvases } from "./canvases.js";
import { createBoard } from "./labels.js";
import { measure, paintMarks, typesOf } from "./marks.js";
import { project, worldSize } from "./mercator.js";
import { paintMap } from "./painter.js";
import { borders } from "./paths.js";
import { createPatterns } from "./patterns.js";
import { under } from "./picking.js";
import { pictureZoom } from "./pictures.js";
import { rosterOf } from "./roster.js";
import { createRunner } from "./schedule.js";
import { circlesOf, clearances, laidOf, lettersOf, picturesOf, tileZoom, touched } from "./sight.js";
import { address } from "./tiles.js";

/** @import { Box, Label } from "./labels.js" */
/** @import { Types } from "./marks.js" */
/** @import { Scene } from "./painter.js" */
/** @import { Places } from "./places.js" */
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
/** No name comes nearer to the map's edge, px; a phone (narrower than `PHONE`) shows but a few. */
const [EDGE, FEW, PHONE] = [16, 5, 500];
/** Canvases larger than this (device pixels) fail on cheap phones. */
const LARGEST = 16e6;
/** Median diagonal, px, below which shapes give way to pictures, and from which names and letters are looked for room. */
const [TINY, ROOMY] = [4, 24];
/** Between two paintings of a map that is still coming, ms. */
const PATIENCE = 250;

/**
 * @typedef {{ tiles: Tiles, pictures: ReturnType<typeof createTiles<PictureTile>> | null, maxzoom: number, diagonal: number,
 *   plan: Plan | null, places: Places | null, ground: Ground | null, theme: Theme, family: string, language: "id" | "en",
 *   emphasis: readonly number[] | null, hovered: number, chosen: number, compared: number, within: ((number: number) => boolean) | null,
 *   awaiting: boolean }} Shown
 *   `plan` is null until the first classes are here; `diagonal` is the median region's in widths of the world;
 *   `awaiting` while the ground is on its way before the first painting
 */

export class Surface extends L.Layer {
  /** @param {Shown} shown @param {(complete: boolean) => void} painted called after every painting of the map */
  constructor(shown, painted) {
    super();
    this.shown = shown;
    this.painted = painted;
    this.canvases = new Canvases(() => this.repaint("map"));
    this.runner = createRunner();
    /** The sight that is on the canvas, and its scene; null before the first painting. @type {{ sight: Sight, scene: Scene } | null} */
    this.seen = null;
    this.state = { busy: false, again: false, due: /** @type {"" | "map" | "marks"} */ (""), since: 0 };
    /** @type {{ theme: Theme, density: number, patterns: import("./patterns.js").Patterns } | null} */
    this.inks = null;
    /** The names that stand on the map, and what was chosen when they were set. @type {{ labels: Label[], types: Types, key: string } | null} */
    this.names = null;
  }

  /** @returns {Record<string, (event: any) => void>} */
  getEvents() {
    return { moveend: this.update, move: this.follow, zoom: this.follow, zoomanim: this.animate, resize: this.update };
  }

  /** @param {L.Map} map */
  onAdd(map) {
    this.canvases.addTo(/** @type {HTMLElement} */ (map.getPane("overlayPane")));
    this.update();
    return this;
  }

  onRemove() {
    this.runner.stop();
    this.canvases.remove();
    return this;
  }

  /** Take over the map's view: want its tiles, paint. */
  update() {
    if (!this.#sized()) return;
    if (this.seen) this.canvases.place(this._map, this.seen.sight);
    this.#want(this.#sight());
    this.repaint("map");
  }

  /** While panning and pinching: keep the picture where it belongs, and paint anew as soon as bare ground would show. */
  follow() {
    if (!this.seen) return;
    const { sight } = this.seen;
    if (this._map.getZoom() !== sight.zoom) return this.canvases.place(this._map, sight);
    const { min, max } = this._map.getPixelBounds();
    const [[left, top], [width, height]] = [sight.origin, sight.size];
    if (min && max && (min.x < left || min.y < top || max.x > left + width || max.y > top + height)) this.update();
  }

  /** Scale what is painted along with Leaflet's zoom animation. @param {L.ZoomAnimEvent} end */
  animate(end) {
    if (this.seen) this.canvases.place(this._map, this.seen.sight, end);
  }

  /** Paint again with the next frame, because something of `shown` changed. @param {"map" | "marks"} what */
  repaint(what) {
    const { state } = this;
    if (state.busy && what === "map") state.again = true;
    const idle = !state.due;
    if (state.due !== "map") state.due = what;
    if (idle) requestAnimationFrame(() => this.#paint());
  }

  /** A tile came or failed: paint when all are here, or when it takes long on a map that was painted before. */
  arrived() {
    const { state, shown } = this;
    const now = performance.now();
    if (this.#source().complete() || shown.tiles.lost() || now - state.since > PATIENCE) {
      state.since = now;
      this.repaint("map");
    } else setTimeout(() => !this.#source().complete() && performance.now() - state.since > PATIENCE && this.arrived(), PATIENCE);
  }

  /** Ask again for tiles that were lost. */
  retry() {
    this.#source().forgive();
    if (this.#sized()) this.update();
  }

  /** All regions at a point of the map's container, the one meant first. @param {L.Point | L.PointTuple} point @param {number} [reach] px */
  under(point, reach) {
    const sight = this.#sight();
    const corner = /** @type {L.Point} */ (this._map.getPixelBounds().min);
    const { x, y } = L.point(point).add(corner).subtract(sight.origin);
    return under(this.#laid(sight), this.#circles(sight), x, y, reach);
  }

  /** The region at a position, by the finest tile there; 0 for none. @param {L.LatLngLiteral} position @returns {Promise<number>} */
  async locate({ lat, lng }) {
    const [x, y] = project(lng, lat);
    const side = 2 ** this.shown.maxzoom;
    if (!(x >= 0 && x < 1 && y >= 0 && y < 1)) return 0;
    const tile = await this.shown.tiles.one(address(this.shown.maxzoom, Math.floor(x * side), Math.floor(y * side)));
    const [u, v] = [(x * side - tile.x) * tile.extent, (y * side - tile.y) * tile.extent];
    return under([{ tile, x: 0, y: 0, scale: 1 }], [], u, v, 0)[0] ?? 0;
  }

  /** Whether regions are too small for shapes, so that pictures stand in. */
  pictured() {
    const { pictures, diagonal } = this.shown;
    return Boolean(pictures) && diagonal > 0 && diagonal * worldSize(this._map.getZoom()) < TINY;
  }

  /** The regions of the tiles that are here, as far as tiles tell. @returns {Roster} */
  roster() {
    return this.shown.places ?? rosterOf(this.seen?.scene.laid ?? []);
  }

  /** Whether the map has a size to be painted at. */
  #sized() {
    const { x, y } = this._map.getSize();
    return x > 0 && y > 0;
  }

  /** What the map shows just now, with a margin. @returns {Sight} */
  #sight() {
    const seen = this._map.getSize();
    const margin = seen.multiplyBy(MARGIN).floor();
    const size = seen.add(margin.multiplyBy(2));
    const density = Math.min(globalThis.devicePixelRatio || 1, Math.sqrt(LARGEST / (size.x * size.y)));
    const { x, y } = /** @type {L.Point} */ (this._map.getPixelBounds().min).subtract(margin).round();
    return { zoom: this._map.getZoom(), origin: [x, y], size: [size.x, size.y], density };
  }

  /** @param {Sight} sight */
  #addresses(sight) {
    return touched(sight, tileZoom(sight, 0, this.shown.maxzoom));
  }

  /** What brings the map: shapes, or pictures of them. */
  #source() {
    const { tiles, pictures } = this.shown;
    return pictures && this.pictured() ? pictures : tiles;
  }

  /** @param {Sight} sight */
  #want(sight) {
    const { tiles, pictures } = this.shown;
    const pictured = this.pictured();
    tiles.want(pictured ? [] : this.#addresses(sight));
    pictures?.want(pictured ? touched(sight, pictureZoom(sight.zoom)) : []);
  }

  /** @param {Sight} sight */
  #laid(sight) {
    return this.pictured() ? [] : laidOf(sight, this.#addresses(sight), this.shown.tiles.get);
  }

  /** @param {Sight} sight */
  #circles(sight) {
    const { plan } = this.shown;
    return plan?.circles && !this.pictured() ? circlesOf(sight, plan, this.roster(), this.largest()) : [];
  }

  /** Radius of the largest circle, px: it grows with the map, but never beyond 4 % of its width. */
  largest() {
    const diagonal = this.shown.diagonal * worldSize(this._map.getZoom());
    return Math.max(8, Math.min(0.04 * this._map.getSize().x, diagonal * 0.6, LARGEST_CIRCLE));
  }

  /** @param {Sight} sight @param {Plan} plan @returns {Scene} */
  #scene(sight, plan) {
    const { places, theme, emphasis, within, ground, diagonal, pictures } = this.shown;
    const { zoom, origin, size, density } = sight;
    if (!this.inks || this.inks.theme !== theme || this.inks.density !== density)
      this.inks = { theme, density, patterns: createPatterns(blank, theme, density) };
    const laid = this.#laid(sight);
    const roster = places ?? rosterOf(laid);
    const world = worldSize(zoom);
    return {
      laid,
      pictures: pictures && this.pictured() ? picturesOf(sight, touched(sight, pictureZoom(zoom)), pictures.get) : [],
      look: plan.look,
      looks: plan,
      parentOf: (number) => roster.place(number)?.parent ?? "",
      parents: places ?? this,
      within,
      emphasis,
      ground,
      circles: this.#circles(sight),
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

  #paint() {
    const { state, shown } = this;
    const what = state.due;
    state.due = "";
    if (!this._map || !shown.plan || !this.canvases.usable || !this.#sized()) return;
    if (what === "marks") return this.seen && this.#paintMarks();
    if (state.busy || !this.#worth()) return;
    const sight = this.#sight();
    const scene = this.#scene(sight, shown.plan);
    state.busy = true;
    state.again = false;
    this.runner.start(paintMap(this.canvases.next(sight), scene), () => this.#show(sight, scene));
  }

  /** Whether painting shows anybody something: until all tiles are here, or lost for good, the server's picture stands. */
  #worth() {
    const { tiles, awaiting } = this.shown;
    return this.seen !== null || tiles.lost() > 0 || (!awaiting && this.#source().complete());
  }

  /** @param {Sight} sight @param {Scene} scene */
  #show(sight, scene) {
    this.state.busy = false;
    if (!this._map) return;
    this.seen = { sight, scene };
    this.canvases.turn(this._map, sight);
    this.#paintMarks(true);
    this.painted(this.#source().complete());
    if (this.state.again) this.repaint("map");
  }

  /** Names are set anew when the map or what is chosen changed. @param {boolean} [anew] */
  #paintMarks(anew = false) {
    if (!this.seen) return;
    const { sight, scene } = this.seen;
    const { hovered, chosen, compared, family, theme } = this.shown;
    const ink = this.canvases.above(sight);
    const key = `${chosen} ${compared}`;
    if (anew || this.names?.key !== key) {
      const types = typesOf(family, this._map.getSize().x < PHONE, theme);
      this.names = { types, labels: this.#labels(ink, types), key };
    }
    paintMarks(ink, scene, { hovered, chosen, compared, .../** @type {{ labels: Label[], types: Types }} */ (this.names) });
  }

  /** @param {CanvasRenderingContext2D} ink @param {Types} types @returns {Label[]} */
  #labels(ink, types) {
    const { sight, scene } = /** @type {{ sight: Sight, scene: Scene }} */ (this.seen);
    const { chosen, compared, plan, language } = this.shown;
    const { min, max } = this._map.getPixelBounds();
    if (!min || !max) return [];
    const [left, top] = sight.origin;
    const roster = this.roster();
    const board = createBoard({
      width: measure(ink, types),
      size: (kind) => types[kind].size,
      most: this._map.getSize().x < PHONE ? FEW : Infinity,
      room: [min.x - left + EDGE, min.y - top + EDGE, max.x - left - EDGE, max.y - top - EDGE],
      at: ([x, y]) => [x * scene.world - left, y * scene.world - top],
      world: scene.world,
      taken: this.#controls([min.x - left, min.y - top]),
    });
    for (const number of [chosen, compared]) {
      const place = number ? roster.place(number) : undefined;
      if (place) board.chosen(place);
    }
    board.districts(roster);
    if (plan && scene.diagonal > ROOMY) {
      const rooms = clearances(sight, scene.laid, roster, (tile) => borders(tile).segments);
      if (plan.document.kind === "category") board.letters(lettersOf(sight, plan, roster, rooms, language));
      else board.villages(roster, rooms);
    }
    if (scene.ground) board.ground(scene.ground.names, ([lon, lat]) => project(lon, lat), (box) => this.#beside(box));
    return board.labels;
  }

  /** Where buttons and scale lie on the canvas. @param {[number, number]} corner of the map's container @returns {Box[]} */
  #controls([left, top]) {
    const container = this._map.getContainer();
    const frame = container.getBoundingClientRect();
    return [...container.querySelectorAll(".leaflet-control")].map((control) => {
      const box = control.getBoundingClientRect();
      return [box.left - frame.left + left, box.top - frame.top + top, box.right - frame.left + left, box.bottom - frame.top + top];
    });
  }

  /** Whether a box on the canvas touches no region. @param {Box} box */
  #beside([left, top, right, bottom]) {
    const { laid } = /** @type {{ scene: Scene }} */ (this.seen).scene;
    for (const y of [top, (top + bottom) / 2, bottom])
      for (let x = left; x < right + 8; x += 8) if (under(laid, [], Math.min(x, right), y, 4).length) return false;
    return true;
  }
}

/** @param {number} width @param {number} height */
const blank = (width, height) => {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  return canvas;
};
