/** The open map, as a page uses it: what is shown, which regions are in hand and chosen, and what happens to them. */

import { createEvents } from "./events.js";
import { levelAt, periodOf } from "./layer.js";
import { unproject, worldSize } from "./mercator.js";
import { openPlan } from "./opening.js";
import { createStock } from "./stock.js";
import { Surface } from "./surface.js";
import { readGround } from "./surroundings.js";

/** @import { LatLngLiteral, Map as LeafletMap, Point, PointTuple } from "leaflet" */
/** @import { Api } from "./api.js" */
/** @import { Layer, LevelDocument } from "./layer.js" */
/** @import { Place } from "./places.js" */
/** @import { Plan } from "./plan.js" */
/** @import { By } from "./pointing.js" */
/** @import { Shown } from "./surface.js" */

/** Time until what was lost is asked for again, ms. */
const RETRY = 15000;
/** How long the first painting may wait for the ground, which would have all painted a second time, ms. */
const PATIENCE = 1200;
const AUTO = "auto";

/** Whether a place is an area or lies in it: codes begin with those of what they belong to. @param {Place | undefined} place @param {string} area */
const inside = (place, area) => Boolean(place) && (place?.parent === area || place?.code.startsWith(area) === true);

/** @param {Place[]} places @returns {[number, number, number, number]} west, south, east, north in degrees */
const boxAround = (places) => {
  const [west, south] = unproject(Math.min(...places.map(({ box }) => box[0])), Math.max(...places.map(({ box }) => box[3])));
  const [east, north] = unproject(Math.max(...places.map(({ box }) => box[2])), Math.min(...places.map(({ box }) => box[1])));
  return [west, south, east, north];
};

/** @typedef {{ period: string, level: string, area: string }} Wish "" is the document's own choice; level may be "auto" */
/**
 * @typedef {{ api: Api, layer: Layer, frame: import("./frame.js").Frame, wish: Wish, shown: Pick<Shown, "theme" | "family" | "language">,
 *   resolve: (document: string | Layer) => Promise<Layer> }} Means
 */

export class MapView {
  /** @param {Means} means */
  constructor({ api, layer, frame, wish, shown, resolve }) {
    this.api = api;
    this.layer = layer;
    this.frame = frame;
    this.wish = wish;
    this.resolve = resolve;
    this.events = createEvents();
    this.stock = createStock({ api, changed: () => this.surface.arrived(), listed: () => this.listed() });
    /** @type {LevelDocument} */
    this.level = levelAt(layer, wish.level, this.leaflet.getZoom(), wish.period);
    this.period = periodOf(layer, this.level, wish.period);
    /** @type {Map<string, Promise<Plan>>} */
    this.plans = new Map();
    /** Code or number of what is chosen and compared: a level or a list of places may come later than the choice. */
    this.wanted = { chosen: /** @type {string | number} */ (0), compared: /** @type {string | number} */ (0) };
    this.asked = 0;
    /** Address of the ground that is here or coming. */
    this.surrounding = "";
    /** What is lost just now: "tiles", "classes" or "canvas". */
    this.missing = "";
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.retrying = undefined;
    /** @type {Shown} */
    this.shown = {
      ...this.stocked(), plan: null, ground: null, emphasis: null, hovered: 0, chosen: 0, compared: 0, within: null,
      awaiting: Boolean(layer.surroundings), ...shown,
    };
    void this.planOf(this.level, this.period).catch(() => undefined); // the classes come before the tiles, which are many
    this.surface = new Surface(this.shown, (complete) => this.painted(complete));
    this.surface.addTo(this.leaflet);
    void this.surround();
    this.leaflet.on("zoomend", () => this.wish.level === AUTO && void this.obey().catch(() => undefined));
    this.leaflet.on("moveend", () => this.events.tell("moved", { center: this.leaflet.getCenter(), zoom: this.leaflet.getZoom() }));
  }

  /** What the stock has of the level shown. */
  stocked() {
    const { level, period } = this;
    const { tiles, places } = this.stock.of(level);
    const pictures = this.stock.pictures(level.plans[period]?.pictures);
    return { tiles, places, pictures, maxzoom: level.maxzoom, diagonal: level.diagonal ?? places?.diagonal ?? 0 };
  }

  /** Leaflet's own map. @returns {LeafletMap} */
  get leaflet() {
    return this.frame.map;
  }

  /** The element that holds the map and takes the focus. */
  get live() {
    return this.frame.live;
  }

  /** The plan that is shown: classes, legend, words. @returns {Plan} */
  get plan() {
    return /** @type {Plan} */ (this.shown.plan); // here before createMap has ended
  }

  /** Number of the region in hand, 0 for none. */
  get held() {
    return this.shown.hovered;
  }

  /** Number of the chosen region, 0 for none. */
  get chosen() {
    return this.shown.chosen;
  }

  /**
   * Hear of `hover`, `choose`, `level`, `painted`, `lost`, `restored`, `moved`. Gives a function that stops it.
   * @param {string} name @param {(event: any) => void} heard
   */
  on(name, heard) {
    return this.events.on(name, heard);
  }

  /**
   * Show something else: what is left out stays. Shapes are fetched once. Ends when it is decided and being painted.
   * @param {Partial<Wish> & { document?: string | Layer }} change
   * @throws {import("./api.js").Answer} when the classes or the document do not come; the map stays as it was
   */
  async show({ document, ...change }) {
    const wish = { ...this.wish, ...change };
    const asked = (this.asked += 1);
    const layer = document ? await this.resolve(document) : this.layer;
    if (asked !== this.asked) return;
    this.wish = wish;
    this.layer = layer;
    await this.obey();
  }

  /** Bring what is shown in line with the wish and the zoom; a later wish drops an earlier one. */
  async obey() {
    const asked = (this.asked += 1);
    const level = levelAt(this.layer, this.wish.level, this.leaflet.getZoom(), this.wish.period);
    const period = periodOf(this.layer, level, this.wish.period);
    const before = { level: this.level.level, zoom: this.leaflet.getZoom() };
    /** @type {Plan} */
    let plan;
    try {
      plan = await this.planOf(level, period);
    } catch (problem) {
      if (asked === this.asked) this.lose("classes", problem);
      throw problem;
    }
    if (asked !== this.asked) return;
    this.put(level, period, plan);
    if (before.level !== level.level) this.events.tell("level", { level: level.level });
  }

  /** @param {LevelDocument} level @param {string} period */
  planOf(level, period) {
    const { classes } = level.plans[period];
    const known = this.plans.get(classes);
    if (known) return known;
    const coming = openPlan(this.api, this.layer, level, period);
    this.plans.set(classes, coming);
    coming.catch(() => this.plans.delete(classes));
    return coming;
  }

  /** @param {LevelDocument} level @param {string} period @param {Plan} plan */
  put(level, period, plan) {
    this.restore("classes");
    if (level.level !== this.level.level) Object.assign(this.shown, { hovered: 0, emphasis: null });
    this.level = level;
    this.period = period;
    Object.assign(this.shown, this.stocked(), { plan });
    this.recall();
    this.surface.update();
  }

  /** A list of places came: codes find their numbers. */
  listed() {
    Object.assign(this.shown, this.stocked());
    this.recall();
    this.surface.repaint("map");
  }

  /** Ends when the names of the level shown are here, where there is a list of them. */
  async listing() {
    await this.stock.of(this.level).coming;
  }

  /** Paint in other inks, when the page turned dark or light. @param {Shown["theme"]} theme */
  dye(theme) {
    this.shown.theme = theme;
    this.surface.repaint("map");
  }

  /** Find again what is wanted by code. */
  recall() {
    const { area } = this.wish;
    for (const name of /** @type {const} */ (["chosen", "compared"])) this.shown[name] = this.numberOf(this.wanted[name]);
    this.shown.within = area ? (number) => inside(this.place(number), area) : null;
  }

  /** Dim all classes but these; null shows all alike. @param {readonly number[] | null} bytes */
  emphasise(bytes) {
    this.shown.emphasis = bytes;
    this.surface.repaint("map");
  }

  /** Choose a region by code or number, 0 for none. No event is told. @param {string | number} region */
  choose(region) {
    this.wanted.chosen = region;
    this.recall();
    this.surface.repaint("marks");
  }

  /** Choose a second region to compare, 0 for none. @param {string | number} region */
  compare(region) {
    this.wanted.compared = region;
    this.recall();
    this.surface.repaint("marks");
  }

  /** Take a region in hand, as if the pointer were on it; 0 lets go. No event is told. @param {number} number */
  hold(number) {
    if (number === this.shown.hovered) return;
    this.shown.hovered = number;
    this.live.classList.toggle("map-pointing", number > 0);
    this.surface.repaint("marks");
  }

  /** Somebody took a region in hand. @param {number} number @param {Point | null} point @param {By} by */
  take(number, point, by) {
    const before = this.shown.hovered;
    this.hold(number);
    if (number || before) this.events.tell("hover", { number, code: this.place(number)?.code ?? "", point, by });
  }

  /** Somebody chose a region, 0 for none. @param {number} number @param {Point | null} point @param {By} by */
  press(number, point, by) {
    const code = this.place(number)?.code ?? "";
    this.choose(code || number);
    this.events.tell("choose", { number, code, point, by });
  }

  /** What is known of a region of the level shown. @param {number} number @returns {Place | undefined} */
  place(number) {
    return number ? this.roster().place(number) : undefined;
  }

  /** The places of the level, or of the tiles that are here. */
  roster() {
    return this.surface.roster();
  }

  /** @param {string | number} region code, or a number already; 0 where no region has this code */
  numberOf(region) {
    return typeof region === "number" ? region : this.roster().number(region);
  }

  /** The region at a point of the map's element, px; 0 for none. @param {Point | PointTuple} point @param {number} [reach] */
  at(point, reach) {
    return this.under(point, reach)[0] ?? 0;
  }

  /** All regions at a point, the one meant first. @param {Point | PointTuple} point @param {number} [reach] px */
  under(point, reach) {
    return this.surface.under(point, reach);
  }

  /** Where a region's inside point lies in the map's element, px. @param {number} number @returns {Point} */
  pointOf(number) {
    const [x, y] = this.place(number)?.inside ?? [0.5, 0.5];
    const world = worldSize(this.leaflet.getZoom());
    return this.leaflet.layerPointToContainerPoint([x * world, y * world]).subtract(this.leaflet.getPixelOrigin());
  }

  /** The number of the region at a position on the earth; 0 for none. @param {LatLngLiteral} position @returns {Promise<number>} */
  locate(position) {
    return this.surface.locate(position);
  }

  /** All regions that a tap means, the first one first; where pictures stand in for shapes, by its position. @param {Point} point @param {number} reach px @returns {Promise<number[]>} */
  async beneath(point, reach) {
    if (!this.surface.pictured()) return this.under(point, reach);
    const number = await this.locate(this.leaflet.containerPointToLatLng(point)).catch(() => 0);
    return number ? [number] : [];
  }

  /**
   * Bring a box into view, the whole area for null.
   * @param {[number, number, number, number] | null} [box] west, south, east, north in degrees
   * @param {import("./frame.js").Fitting} [how]
   */
  fit(box = null, how) {
    this.frame.fit(box ?? this.layer.edition.box, how);
  }

  /** The box of an area in degrees, from its regions of the level shown; null if it has none. @param {string} area */
  boxOf(area) {
    const found = [...this.roster().all()].filter((place) => inside(place, area));
    return found.length ? boxAround(found) : null;
  }

  /** Read a sentence out. @param {string} sentence */
  speak(sentence) {
    this.frame.speak(sentence);
  }

  /** After every painting. @param {boolean} complete */
  painted(complete) {
    if (!complete) return void (this.shown.tiles.lost() && this.lose("tiles", null));
    this.restore("tiles");
    this.frame.ready({ shown: this.period, level: this.level.level });
    this.events.stand("painted", { complete, period: this.period, level: this.level.level });
    void this.surround();
  }

  /** The ground around the area is asked for after classes and tiles, and keeps the first painting waiting for little. */
  async surround() {
    const { surroundings } = this.layer;
    if (!surroundings || this.shown.ground || this.surrounding === surroundings) return;
    this.surrounding = surroundings;
    const enough = setTimeout(() => this.unawait(), PATIENCE);
    try {
      this.shown.ground = readGround(await this.api.json(surroundings), Path2D);
      this.surface.repaint("map");
    } catch {
      this.surrounding = ""; // asked again after the next painting
    }
    clearTimeout(enough);
    this.unawait();
  }

  /** The first painting waits for the ground no longer. */
  unawait() {
    if (!this.shown.awaiting) return;
    this.shown.awaiting = false;
    this.surface.repaint("map");
  }

  /** Something did not come in spite of all retries: say so, and ask again later. @param {string} what @param {any} problem */
  lose(what, problem) {
    this.missing = what;
    this.events.stand("lost", { what, status: problem?.status ?? 0 });
    clearTimeout(this.retrying);
    this.retrying = setTimeout(() => this.retry(), RETRY);
  }

  /** Ask again for what was lost. */
  retry() {
    clearTimeout(this.retrying);
    if (this.missing === "classes") void this.obey().catch(() => undefined);
    this.surface.retry();
  }

  /** What was lost is here. @param {string} what */
  restore(what) {
    if (this.missing !== what) return;
    this.missing = "";
    this.events.withdraw("lost");
    this.events.tell("restored", { what });
  }

  /** Take the map off the page. */
  destroy() {
    clearTimeout(this.retrying);
    this.asked = -1;
    this.events.clear();
    this.frame.destroy();
  }
}
