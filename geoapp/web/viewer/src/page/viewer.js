/** The page around the open map: follows the address bar, and says what there is to say of the regions in hand. */

import { AT_ONCE, createFigures } from "../map/figures.js";
import { levelAt } from "../map/layer.js";
import { createFitting } from "./fitting.js";
import { pointAt } from "./histogram.js";
import { markLevel } from "./levels.js";
import { clipped } from "./markers.js";
import { markPeriod } from "./periods.js";
import { rankSaid } from "./rank.js";
import { readingOf, spoken } from "./reading.js";
import { write } from "./state.js";
import { periodWord } from "./strings.js";
import { arrange } from "./table.js";
import { overwritten } from "./words.js";

/** @import { Point } from "leaflet" */
/** @import { MapView } from "../map/view.js" */
/** @import { Bar, State } from "./state.js" */

/**
 * @typedef {{
 *   api: import("../map/api.js").Api, notice: import("./notice.js").Notice, legend: import("./legend.js").Legend,
 *   tip: ReturnType<typeof import("./tip.js").createTip>, card: ReturnType<typeof import("./card.js").createCard>,
 *   words: import("./words.js").Words, language: import("../map/words.js").Language, strings: import("./strings.js").Strings,
 *   element: HTMLElement,
 * }} Parts
 */

/** Time until a play goes on although the map is not painted, ms. */
const PATIENCE = 4000;
/** What of a state the layer document depends on. */
const LOOK = /** @type {const} */ (["classes", "palette", "since", "change"]);

export class Viewer {
  /** @param {Parts} parts @param {MapView} map @param {Bar} bar */
  constructor(parts, map, bar) {
    this.parts = parts;
    this.map = map;
    this.bar = bar;
    this.document = this.documentOf(bar.state());
    this.fitting = createFitting(document, map, bar.state().area);
    this.region = bar.state().region;
    this.figures = this.newFigures();
    /** Where the pointer is; null when a region is in hand by keyboard or from the table. @type {Point | null} */
    this.pointer = null;
    /** The region the tip tells of: the one on the map, unless the pointer is on its way to the tip. */
    this.inHand = 0;
    /** The region in hand by keyboard that is yet to be read out: its figure may come later. */
    this.unheard = 0;
    /** Whether the choice is yet to be read out: its figure may come later. */
    this.unsaid = false;
    /** Whether the rank of the choice is yet to come with the server's words. */
    this.unranked = false;
    /** What of the state is painted, as a query. */
    this.painted = this.sightOf(bar.state());
    /** What of the state is shown but the order of the table, as a query. */
    this.unsorted = write({ ...bar.state(), sort: "" });
    /** Ends when the last wish is painted, or cannot be. */
    this.settled = Promise.resolve();
    /** Ends when nothing is being painted that people wait for. @type {Promise<unknown>} */
    this.calm = Promise.resolve();
  }

  newFigures() {
    const { level, plan } = this.map;
    return createFigures({ plan: plan.document, regions: level.regions, json: this.parts.api.json, changed: () => this.refresh() });
  }

  /** The address of the layer document under the choices of a state. @param {State} state */
  documentOf(state) {
    const [path, search] = (this.parts.element.dataset.layer ?? "").split("?");
    const query = new URLSearchParams(search);
    for (const name of LOOK) {
      if (state[name]) query.set(name, state[name]);
      else query.delete(name);
    }
    return `${path}?${query}`;
  }

  /** What of a state can be seen on the map beside the regions chosen. @param {State} state */
  sightOf(state) {
    return write({ ...state, region: "", compare: "", sort: "", lang: "" });
  }

  /** The address of the words of what is shown: a level that the zoom chose is named. */
  get wordsAddress() {
    const { map, bar } = this;
    const state = bar.state();
    const usual = map.layer.levels[0].level === map.level.level;
    return `${window.location.pathname}/words${write({ ...state, level: state.level || (usual ? "" : map.level.level) })}`;
  }

  /** What there is to say of a region; null for none. @param {number} number */
  reading(number) {
    const { map, figures } = this;
    const { language, strings } = this.parts;
    const place = map.place(number);
    if (!place) return null;
    return readingOf({ language, strings, layer: map.layer, plan: map.plan, period: map.period }, place, figures.observation(number, place.parent));
  }

  /** Say again what is said of the regions in hand. */
  refresh() {
    const { map, parts } = this;
    const inHand = this.reading(map.held);
    if (inHand) parts.tip.show(inHand, this.pointer ?? map.pointOf(map.held), !this.pointer);
    else parts.tip.hide();
    this.point();
    const chosen = parts.card.waiting || this.unsaid ? this.reading(map.chosen) : null;
    if (chosen) parts.card.again(chosen);
    this.tell();
    if (chosen && this.unsaid && chosen.known && !this.unranked) {
      this.unsaid = false;
      map.speak(`${parts.strings.chosen} ${spoken(chosen, rankSaid(this, map.chosen))}`);
    }
  }

  /** Show in the legend where the region in hand stands. */
  point() {
    const { map, figures, parts } = this;
    const number = map.held || map.chosen;
    parts.legend.point(number ? map.plan.byte(number) : null);
    const place = map.held ? map.place(map.held) : undefined;
    const observation = place && figures.observation(place.number, place.parent);
    const figure = observation?.figure ?? null;
    const said = place && figure !== null ? this.reading(place.number) : null;
    pointAt(document, said && place && figure !== null ? { figure, label: `${clipped(place.name)} ${said.figure}` } : null);
  }

  /** A region came into the hand, or left it. @param {{ number: number, point: Point | null, by: string }} event */
  hold({ number, point, by }) {
    if (by === "mouse" && point && this.parts.tip.reached(point)) return this.map.hold(this.inHand);
    this.inHand = number;
    this.pointer = point;
    this.refresh();
    this.unheard = by === "keyboard" ? number : 0;
    return this.tell();
  }

  /** Read out the region in hand by keyboard, once its figure is here. */
  tell() {
    const reading = this.unheard ? this.reading(this.unheard) : null;
    if (!reading?.known) return;
    this.map.speak(spoken(reading, rankSaid(this, this.unheard)));
    this.unheard = 0;
  }

  /** Follow the address bar. @param {State} state */
  obey(state) {
    this.settled = this.follow(state);
    return this.settled;
  }

  /** @param {State} state */
  async follow(state) {
    const { map, parts } = this;
    map.choose(state.region || 0);
    map.compare(state.compare || 0);
    if (state.region !== this.region) {
      this.region = state.region;
      this.unsaid = map.chosen > 0;
      this.unranked = this.unsaid && map.level.regions > AT_ONCE;
      parts.card.show(this.reading(map.chosen));
      if (!map.chosen) map.speak(parts.strings.cleared);
    }
    const rest = write({ ...state, sort: "" });
    const sorted = arrange(state.sort) && rest === this.unsorted;
    this.unsorted = rest;
    if (this.sightOf(state) !== this.painted) await this.turn(state);
    void this.say(sorted ? ["table"] : []);
    this.refresh();
  }

  /** Bring the words of what is shown; the map's element tells of which view they are. @param {string[]} [right] long parts that already say it */
  async say(right) {
    const { words, element } = this.parts;
    const state = write(this.bar.state());
    if (await words.turn(this.wordsAddress, right)) element.dataset.said = state;
    if (!this.unranked || state !== write(this.bar.state())) return;
    this.unranked = false;
    this.refresh();
  }

  /** Ends when a period is painted, or when that takes too long to wait for. @param {string} period */
  painting(period) {
    return new Promise((done) => {
      const late = setTimeout(done, PATIENCE);
      const stop = this.map.on("painted", (event) => {
        if (event.period !== period) return;
        clearTimeout(late);
        queueMicrotask(() => stop());
        done(undefined);
      });
    });
  }

  /** Paint another period, level, area or look: classes come, shapes stay. @param {State} state */
  async turn(state) {
    const { map, parts } = this;
    const { period, level, area } = state;
    const document = this.documentOf(state);
    parts.element.classList.add("map-loading");
    try {
      await map.show({ period: period || map.layer.latest, level: level || "auto", area, ...(document === this.document ? {} : { document }) });
      this.document = document;
      this.painted = this.sightOf(state);
      this.calm = this.painting(map.period);
      this.shown();
    } catch {
      // The map tells by itself that something is lost, and tries again.
    } finally {
      parts.element.classList.remove("map-loading");
    }
    this.fitting.turn(area);
  }

  /** Another plan is shown: say at once what the plan knows; the server's words follow. */
  shown() {
    const { map, parts } = this;
    const { language, legend, card } = parts;
    this.figures = this.newFigures();
    markPeriod(document, map.period);
    this.markLevel();
    legend.follow(map.plan.document.legend, language);
    const title = document.querySelector("h1");
    if (title && !this.bar.state().area) title.textContent = map.plan.document.title[language];
    overwritten(title);
    overwritten(document.getElementById("legend"));
    if (map.plan.circles) legend.scale(map.surface.largest());
    if (card.waiting) card.again(this.reading(map.chosen));
  }

  markLevel() {
    const { layer, level, leaflet } = this.map;
    const [far, near] = [leaflet.getMinZoom(), leaflet.getMaxZoom()].map((zoom) => levelAt(layer, "auto", zoom));
    markLevel(document, level.level, { fixed: this.bar.state().level !== "", zooming: far !== near });
  }

  /** Something did not come in spite of all retries. @param {{ what: string, status: number }} event */
  lost({ what, status }) {
    const { notice, strings, language } = this.parts;
    if (status === 410) return notice.say(strings.withdrawn);
    if (what === "tiles") return notice.say(strings.lost);
    const still = strings.still.replace("{period}", periodWord(language, this.map.period));
    return notice.say(still, { label: strings.again, deed: () => this.map.retry() });
  }
}
