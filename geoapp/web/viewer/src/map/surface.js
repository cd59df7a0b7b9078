/** The map's picture over Leaflet: keeps tiles wanted, paints when something changed, and tells what lies at a point. */

import * as L from "leaflet";
import { Canvases } from "./canvases.js";
import { paintMarks, typesOf } from "./marks.js";
import { project } from "./mercator.js";
import { namesOf, PHONE } from "./naming.js";
import { paintMap, paintSheets, sheetKey } from "./painter.js";
import { under } from "./picking.js";
import { placeOf, rosterOf } from "./roster.js";
import { Scenery } from "./scenery.js";
import { createRunner } from "./schedule.js";
import { laidAt } from "./sight.js";
import { address } from "./tiles.js";

/** @import { Label } from "./labels.js" */
/** @import { Types } from "./marks.js" */
/** @import { Scene } from "./painter.js" */
/** @import { Roster } from "./roster.js" */
/** @import { Shown } from "./scenery.js" */
/** @import { Sight } from "./sight.js" */
/** @import { Tile } from "./tiles.js" */

/** Between two paintings of a map that is still coming, ms. */
const PATIENCE = 250;

/** @param {unknown[] | null | undefined} before @param {unknown[]} now */
const same = (before, now) => before?.length === now.length && now.every((each, at) => each === before[at]);

export class Surface extends L.Layer {
  /** @param {Shown} shown @param {(complete: boolean) => void} painted called after every painting of the map */
  constructor(shown, painted) {
    super();
    this.shown = shown;
    this.painted = painted;
    this.canvases = new Canvases(() => this.#lost());
    this.runner = createRunner();
    /** The sight that is on the canvas, and its scene; null before the first painting. @type {{ sight: Sight, scene: Scene, sheeted: unknown } | null} */
    this.seen = null;
    /** What the sheets that are painted depend on; null while they are being painted. @type {unknown[] | null} */
    this.sheeted = null;
    this.state = { busy: false, again: false, due: /** @type {"" | "map" | "marks"} */ (""), since: 0 };
    /** The names that stand on the map, and what they depend on. @type {{ labels: Label[], types: Types, key: unknown[] } | null} */
    this.names = null;
    /** What the marks that are painted depend on. @type {unknown[] | null} */
    this.marked = null;
    /** Tiles in which regions were found by position, where pictures stand in for shapes. @type {Map<number, Tile>} */
    this.met = new Map();
  }

  /** @returns {Record<string, (event: any) => void>} */
  getEvents() {
    return { moveend: this.update, move: this.follow, zoom: this.follow, zoomanim: this.animate, resize: this.update };
  }

  /** @param {L.Map} map */
  onAdd(map) {
    this.scenery = new Scenery(map, this.shown);
    this.canvases.addTo(/** @type {HTMLElement} */ (map.getPane("overlayPane")));
    this.update();
    return this;
  }

  onRemove() {
    this.runner.stop();
    this.canvases.remove();
    return this;
  }

  /** What there is to paint. @returns {Scenery} */
  get view() {
    return /** @type {Scenery} */ (this.scenery); // there since the layer was added
  }

  /** Take over the map's view: want its tiles, paint. */
  update() {
    if (!this.view.sized) return;
    if (this.seen) this.canvases.place(this._map, this.seen.sight);
    this.view.want(this.view.sight());
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
    const { state, shown, view } = this;
    const now = performance.now();
    if (view.source.complete() || shown.tiles.lost() || now - state.since > PATIENCE) {
      state.since = now;
      this.repaint("map");
    } else setTimeout(() => !view.source.complete() && performance.now() - state.since > PATIENCE && this.arrived(), PATIENCE);
  }

  /** Ask again for tiles that were lost. */
  retry() {
    this.view.source.forgive();
    this.update();
  }

  /** All regions at a point of the map's container, the one meant first. @param {L.Point | L.PointTuple} point @param {number} [reach] px */
  under(point, reach) {
    const sight = this.view.sight();
    const corner = /** @type {L.Point} */ (this._map.getPixelBounds().min);
    const { x, y } = L.point(point).add(corner).subtract(sight.origin);
    return under(this.view.laid(sight), this.view.circles(sight, this.roster()), x, y, reach);
  }

  /** The region at a position, by the finest tile there; 0 for none. @param {L.LatLngLiteral} position @returns {Promise<number>} */
  async locate({ lat, lng }) {
    const [x, y] = project(lng, lat);
    const { tiles, maxzoom, places, known } = this.shown;
    const side = 2 ** maxzoom;
    if (!(x >= 0 && x < 1 && y >= 0 && y < 1)) return 0;
    const tile = await tiles.one(address(maxzoom, Math.floor(x * side), Math.floor(y * side)));
    const [u, v] = [(x * side - tile.x) * tile.extent, (y * side - tile.y) * tile.extent];
    const number = under([{ tile, x: 0, y: 0, scale: 1 }], [], u, v, 0)[0] ?? 0;
    const piece = tile.pieces.find((each) => each.number === number);
    if (!piece) return 0;
    this.met.set(number, tile);
    if (!places && !known.has(number)) known.set(number, placeOf(tile, piece));
    return number;
  }

  /** Whether regions are too small for shapes, so that pictures stand in. */
  get pictured() {
    return this.view.pictured;
  }

  /** Radius of the largest circle, px. */
  largest() {
    return this.view.largest();
  }

  /** The regions of the level, as far as anything tells of them. @returns {Roster} */
  roster() {
    return this.shown.places ?? rosterOf(this.seen?.scene.laid ?? [], this.shown.known);
  }

  /** The machine took the canvases and gave them back empty. */
  #lost() {
    this.sheeted = null;
    this.marked = null;
    this.repaint("map");
  }

  #paint() {
    const { state, shown, view } = this;
    const what = state.due;
    state.due = "";
    if (!this._map || !shown.plan || !this.canvases.usable || !view.sized) return;
    if (what === "marks") return this.#paintMarks();
    if (state.busy || !this.#worth()) return;
    const sight = view.sight();
    const scene = view.scene(sight, shown.plan);
    state.busy = true;
    state.again = false;
    this.runner.start(this.#steps(sight, scene), () => this.#show(sight, scene));
  }

  /** Paint in one go what was painted before, however long it takes: paper does not wait for frames. */
  paintNow() {
    if (!this.seen || !this.shown.plan || !this.view.sized) return;
    this.runner.stop();
    this.state.again = false;
    const sight = this.view.sight();
    const scene = this.view.scene(sight, this.shown.plan);
    for (const steps = this.#steps(sight, scene); !steps.next().done; );
    this.#show(sight, scene);
  }

  /** The sheets, unless they stay, then the map between them. @param {Sight} sight @param {Scene} scene */
  *#steps(sight, scene) {
    const { canvases } = this;
    const key = sheetKey(scene);
    if (!same(this.sheeted, key)) {
      this.sheeted = null;
      const [below, above] = canvases.sheets(sight);
      yield* paintSheets(below, above, scene);
      this.sheeted = key;
    }
    yield* paintMap(canvases.next(sight), scene, canvases.below, canvases.above);
    canvases.settle();
  }

  /** Whether painting shows anybody something: until all tiles are here, or lost for good, the server's picture stands. */
  #worth() {
    const { tiles, awaiting } = this.shown;
    return this.seen !== null || tiles.lost() > 0 || (!awaiting && this.view.source.complete());
  }

  /** @param {Sight} sight @param {Scene} scene */
  #show(sight, scene) {
    this.state.busy = false;
    if (!this._map) return;
    this.seen = { sight, scene, sheeted: this.sheeted };
    this.canvases.turn(this._map, sight);
    this.#paintMarks();
    this.painted(this.view.source.complete());
    if (this.state.again) this.repaint("map");
  }

  /** Names are set anew when the view or what is chosen changed, letters with every plan; what is the same stays painted. */
  #paintMarks() {
    if (!this.seen) return;
    const { sight, scene, sheeted } = this.seen;
    const { hovered, chosen, compared, family, theme, plan } = this.shown;
    const ink = this.canvases.marking(sight);
    const key = [sheeted, chosen, compared, plan?.document.kind === "category" && plan];
    if (!same(this.names?.key, key)) {
      const types = typesOf(family, this._map.getSize().x < PHONE, theme);
      this.names = { types, labels: namesOf({ map: this._map, shown: this.shown, sight, scene, ink, types }), key };
    }
    const { labels, types } = /** @type {{ labels: Label[], types: Types }} */ (this.names);
    const now = [labels, hovered, chosen, compared, scene.circles.length && scene, this.met.get(chosen), this.met.get(compared)];
    if (same(this.marked, now)) return;
    this.marked = now;
    paintMarks(ink, this.#marked(sight, scene), { hovered, chosen, compared, labels, types });
  }

  /** The scene with the tiles in which marked regions were found, where pictures stand in. @param {Sight} sight @param {Scene} scene @returns {Scene} */
  #marked(sight, scene) {
    if (!this.pictured) return scene;
    const { hovered, chosen, compared } = this.shown;
    const tiles = new Set([hovered, chosen, compared].flatMap((number) => this.met.get(number) ?? []));
    return { ...scene, laid: [...tiles].map((tile) => laidAt(sight, tile)), roster: this.roster() };
  }
}
