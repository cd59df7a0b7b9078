/** The open map: which period is shown, which region is in hand and chosen, and what is said of them. */

import { Answer } from "../map/api.js";
import { createFigures } from "../map/figures.js";
import { nearestTo, neighbour } from "../map/keyboard.js";
import { levelOf, periodOf } from "../map/layer.js";
import { markPeriod } from "./periods.js";
import { project, worldSize } from "../map/mercator.js";
import { openPlan } from "../map/opening.js";
import { readingOf, spoken } from "./reading.js";

/** @import { Point } from "leaflet" */
/** @import { Opened } from "../map/opening.js" */
/** @import { State } from "./state.js" */
/** @import { Shown, Surface } from "../map/surface.js" */

/** Time until lost tiles are asked for again, ms. */
const RETRY = 15000;
/** Regions nearer to the map's edge than this are brought to its middle, px. */
const EDGE = 24;

/**
 * @typedef {{
 *   api: import("../map/api.js").Api, frame: ReturnType<typeof import("../map/frame.js").createFrame>,
 *   notice: ReturnType<typeof import("./notice.js").createNotice>, legend: ReturnType<typeof import("./legend.js").createLegend>,
 *   tip: ReturnType<typeof import("./reading.js").createTip>, card: ReturnType<typeof import("./reading.js").createCard>,
 *   words: ReturnType<typeof import("./words.js").createWords>, language: import("./strings.js").Language,
 *   strings: import("./strings.js").Strings, element: HTMLElement,
 * }} Parts
 */

export class Viewer {
  /** @param {Parts} parts @param {Opened} opened @param {Shown} shown @param {Surface} surface */
  constructor(parts, opened, shown, surface) {
    this.parts = parts;
    this.opened = opened;
    this.shown = shown;
    this.surface = surface;
    this.figures = this.newFigures();
    /** The period asked for last; slower answers to earlier questions are dropped. */
    this.wished = opened.period;
    /** Where the pointer is; null when a region is in hand by keyboard. @type {Point | null} */
    this.pointer = null;
    parts.element.dataset.shown = opened.period;
  }

  newFigures() {
    const { level } = this.opened;
    const { json } = this.parts.api;
    return createFigures({ plan: this.shown.plan.document, regions: level.regions, json, changed: () => this.refresh() });
  }

  /** What there is to say of a region; null for none. @param {number} number */
  reading(number) {
    const { layer, places, period } = this.opened;
    const { language, strings } = this.parts;
    const place = places?.place(number);
    const named = place ?? (number ? this.surface.named(number) : undefined);
    if (!named) return null;
    const observation = this.figures.observation(number, place?.parent ?? "");
    return readingOf({ language, strings, layer, plan: this.shown.plan, period }, named, observation);
  }

  /** @param {number} number */
  codeOf(number) {
    return this.opened.places?.place(number)?.code ?? this.surface.named(number)?.code ?? "";
  }

  /** Say again what is said of the regions in hand. */
  refresh() {
    const { hovered, chosen, plan } = this.shown;
    const { tip, card, legend } = this.parts;
    const inHand = this.reading(hovered);
    if (inHand) tip.show(inHand, this.pointer ?? this.pixelOf(hovered));
    else tip.hide();
    card.again(this.reading(chosen));
    legend.point(hovered || chosen ? plan.byte(hovered || chosen) : null);
  }

  /** Where a region's inside point lies in the frame. @param {number} number @returns {Point} */
  pixelOf(number) {
    const { map } = this.parts.frame;
    const [x, y] = this.opened.places?.place(number)?.inside ?? [0.5, 0.5];
    const world = worldSize(map.getZoom());
    return map.layerPointToContainerPoint([x * world, y * world]).subtract(map.getPixelOrigin());
  }

  /** Take a region in hand, 0 for none. @param {number} number @param {Point | null} pointer */
  hold(number, pointer) {
    this.pointer = pointer;
    if (number !== this.shown.hovered) {
      this.shown.hovered = number;
      this.parts.frame.live.classList.toggle("map-pointing", number > 0);
      this.surface.repaint("marks");
    }
    this.refresh();
  }

  /** Take the neighbour in hand that an arrow leads to, and read it out. @param {string} key */
  move(key) {
    const { places } = this.opened;
    const { map, speak } = this.parts.frame;
    if (!places) return;
    const { lng, lat } = map.getCenter();
    const from = this.shown.hovered || this.shown.chosen;
    const number = from ? neighbour(places, from, key) : nearestTo(places, project(lng, lat));
    const [size, at] = [map.getSize(), this.pixelOf(number)];
    if (at.x < EDGE || at.y < EDGE || at.x > size.x - EDGE || at.y > size.y - EDGE) map.panBy(at.subtract(size.divideBy(2)));
    this.hold(number, null);
    const reading = this.reading(number);
    if (reading) speak(spoken(reading));
  }

  /** Follow the address bar. @param {State} state */
  async obey(state) {
    const { layer, level, places } = this.opened;
    const { element, strings, frame, words, card } = this.parts;
    if (levelOf(layer, state.level || (element.dataset.level ?? "")) !== level) return window.location.reload();
    this.choose(places?.number(state.region) ?? 0);
    void words.turn(`${window.location.pathname}/words${window.location.search}`);
    await this.turn(periodOf(layer, level, state.period));
    const chosen = this.reading(this.shown.chosen);
    card.show(chosen);
    frame.speak(chosen ? `${strings.chosen} ${spoken(chosen)}` : "");
    return this.refresh();
  }

  /** @param {number} number */
  choose(number) {
    if (number === this.shown.chosen) return;
    this.shown.chosen = number;
    this.surface.repaint("marks");
  }

  /** Show another period: classes come, shapes stay. @param {string} period */
  async turn(period) {
    const { api, notice, strings, element } = this.parts;
    this.wished = period;
    if (period === this.opened.period) return;
    element.classList.add("map-loading");
    try {
      const plan = await openPlan(api, this.opened.layer, this.opened.level, period);
      if (this.wished === period) this.show(period, plan);
    } catch (problem) {
      notice.say(problem instanceof Answer && problem.status === 410 ? strings.withdrawn : strings.failed);
    } finally {
      if (this.wished === period) element.classList.remove("map-loading");
    }
  }

  /** @param {string} period @param {import("../map/plan.js").Plan} plan */
  show(period, plan) {
    const { element, language, legend, notice, strings } = this.parts;
    this.opened.period = period;
    this.shown.plan = plan;
    this.figures = this.newFigures();
    this.figures.prepare();
    this.surface.repaint("map");
    notice.unsay(strings.failed);
    markPeriod(document, period);
    legend.follow(plan.document.legend, language);
    const title = document.querySelector("h1");
    if (title) title.textContent = plan.document.title[language];
    element.dataset.shown = period;
  }

  /** After every painting: the first whole one takes the server's picture away. @param {boolean} complete */
  painted(complete) {
    const { frame, notice, strings, legend, element } = this.parts;
    if (this.shown.plan.circles) legend.scale(this.surface.largest());
    if (!complete) {
      if (this.shown.tiles.lost()) this.lost();
      return;
    }
    notice.unsay(strings.lost);
    if (element.dataset.ready) return;
    frame.ready();
    this.figures.prepare();
  }

  /** Some tiles did not come in spite of all retries. */
  lost() {
    this.parts.notice.say(this.parts.strings.lost);
    setTimeout(() => this.surface.retry(), RETRY);
  }
}
