/** The open map, as a page uses it: what is shown, which regions are in hand and chosen, and what happens to them. */

import { createSurround } from "./around.js";
import { createEvents } from "./events.js";
import { levelAt, periodOf } from "./layer.js";
import { createLosses } from "./losses.js";
import { openPlan } from "./opening.js";
import { Regions } from "./regions.js";
import { parentOf } from "./roster.js";
import { createStock, LISTED } from "./stock.js";
import { Surface } from "./surface.js";

/** @import { Api } from "./api.js" */
/** @import { Layer, LevelDocument } from "./layer.js" */
/** @import { Plan } from "./plan.js" */
/** @import { Wish } from "./regions.js" */
/** @import { Shown } from "./scenery.js" */

const AUTO = "auto";

/**
 * @typedef {{ api: Api, layer: Layer, frame: import("./frame.js").Frame, wish: Wish, shown: Pick<Shown, "theme" | "family" | "language">,
 *   resolve: (document: string | Layer) => Promise<Layer> }} Means
 */

export class MapView extends Regions {
  /** @param {Means} means */
  constructor({ api, layer, frame, wish, shown, resolve }) {
    super({ frame, wish, events: createEvents() });
    this.api = api;
    this.layer = layer;
    this.resolve = resolve;
    this.losses = createLosses({ events: this.events, again: (what) => this.#again(what) });
    this.stock = createStock({ api, changed: () => this.surface.arrived(), listed: () => this.listed() });
    this.level = levelAt(layer, wish.level, this.leaflet.getZoom(), wish.period);
    this.period = periodOf(layer, this.level, wish.period);
    /** @type {Map<string, Promise<Plan>>} */
    this.plans = new Map();
    /** Codes whose siblings were asked for. @type {Set<string>} */
    this.sought = new Set();
    this.asked = 0;
    Object.assign(this.shown, this.stocked(), shown, { awaiting: Boolean(layer.surroundings) });
    void this.planOf(this.level, this.period).catch(() => undefined); // the classes come before the tiles, which are many
    this.picture = new Surface(this.shown, (complete) => this.#painted(complete));
    this.surround = createSurround({ api, shown: this.shown, changed: () => this.surface.repaint("map") });
  }

  /** Begin to ask for tiles and to paint, where the map is now. */
  start() {
    this.surface.addTo(this.leaflet);
    void this.surround(this.layer);
    this.leaflet.on("zoomend", () => this.wish.level === AUTO && void this.obey().catch(() => undefined));
    this.leaflet.on("moveend", () => this.events.tell("moved", { center: this.leaflet.getCenter(), zoom: this.leaflet.getZoom() }));
    if (!this.surface.canvases.usable) this.losses.lose("canvas", null);
  }

  /** What the stock has of the level shown. */
  stocked() {
    const { level, period } = this;
    const { tiles, places, known, codes } = this.stock.of(level);
    const pictures = this.stock.pictures(level.plans[period]?.pictures);
    return { tiles, places, known, codes, pictures, maxzoom: level.maxzoom, diagonal: level.diagonal ?? places?.diagonal ?? 0 };
  }

  /** The plan that is shown: classes, legend, words. @returns {Plan} */
  get plan() {
    return /** @type {Plan} */ (this.shown.plan); // here before createMap has ended
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
    Object.assign(this, { wish, layer });
    await this.obey();
  }

  /** Bring what is shown in line with the wish and the zoom; a later wish drops an earlier one. */
  async obey() {
    const asked = (this.asked += 1);
    const level = levelAt(this.layer, this.wish.level, this.leaflet.getZoom(), this.wish.period);
    const period = periodOf(this.layer, level, this.wish.period);
    const before = this.level.level;
    /** @type {Plan} */
    let plan;
    try {
      plan = await this.planOf(level, period);
    } catch (problem) {
      if (asked === this.asked) this.losses.lose("classes", /** @type {any} */ (problem));
      throw problem;
    }
    if (asked !== this.asked) return;
    this.#put(level, period, plan);
    if (before !== level.level) this.events.tell("level", { level: level.level });
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
  #put(level, period, plan) {
    this.losses.restore("classes");
    if (level.level !== this.level.level) Object.assign(this.shown, { hovered: 0, emphasis: null });
    this.level = level;
    this.period = period;
    Object.assign(this.shown, this.stocked(), { plan });
    this.recall();
    if (this.leaflet.hasLayer(this.surface)) this.surface.update();
  }

  /** A list of places came: codes find their numbers. */
  listed() {
    Object.assign(this.shown, this.stocked());
    this.recall();
    this.surface.repaint("map");
  }

  /** Of a level without a list, ask for a region and its siblings, once. @param {string} code */
  seek(code) {
    if (this.level.regions <= LISTED || this.sought.has(code)) return;
    this.sought.add(code);
    this.stock.family(this.level, parentOf(code)).catch(() => this.sought.delete(code));
  }

  /** Ends when the names of the level shown are here, where there is a list of them. */
  async listing() {
    await this.stock.of(this.level).coming;
  }

  /** Paint in other inks, when the page turned dark or light. @param {Shown["theme"]} theme @param {boolean} [now] in one go, before this returns */
  dye(theme, now = false) {
    this.shown.theme = theme;
    if (now) this.surface.paintNow();
    else this.surface.repaint("map");
  }

  /**
   * Bring a box into view, the whole area for null.
   * @param {[number, number, number, number] | null} [box] west, south, east, north in degrees
   * @param {import("./frame.js").Fitting} [how]
   */
  fit(box = null, how) {
    this.frame.fit(box ?? this.layer.edition.box, how);
  }

  /** Read a sentence out. @param {string} sentence */
  speak(sentence) {
    this.frame.speak(sentence);
  }

  /** After every painting. @param {boolean} complete */
  #painted(complete) {
    if (!complete) return void (this.shown.tiles.lost() && this.losses.lose("tiles", null));
    this.losses.restore("tiles");
    this.frame.ready({ shown: this.period, level: this.level.level });
    this.events.stand("painted", { complete, period: this.period, level: this.level.level });
    void this.surround(this.layer);
  }

  /** Ask again for what was lost. */
  retry() {
    this.losses.retry();
  }

  /** @param {string} what */
  #again(what) {
    if (what === "classes") void this.obey().catch(() => undefined);
    if (this.leaflet.hasLayer(this.surface)) this.surface.retry();
  }

  /** Take the map off the page. */
  destroy() {
    this.losses.stop();
    this.asked = -1;
    this.events.clear();
    this.frame.destroy();
  }
}
