/** The viewer of a map page: wires the modules together. */

import L from "leaflet";
import { Answer, createApi } from "./api.js";
import { createFigures } from "./figures.js";
import { createFrame } from "./frame.js";
import { listen, nearestTo, neighbour } from "./keyboard.js";
import { levelOf, periodOf } from "./layer.js";
import { createLegend } from "./legend.js";
import { listenLinks, markPeriod } from "./links.js";
import { project } from "./mercator.js";
import { createNotice } from "./notice.js";
import { createPlaces } from "./places.js";
import { createPlan, read } from "./plan.js";
import { createCard, createTip, readingOf, spoken } from "./reading.js";
import { addressBar } from "./state.js";
import { languageOf, stringsOf } from "./strings.js";
import { Surface } from "./surface.js";
import { readTheme } from "./theme.js";
import { createTiles } from "./tiles.js";
import { createWords } from "./words.js";

/** @import { Layer, LevelDocument } from "./layer.js" */

/** Editions with more regions than this do without the list of places: names come from the tiles. */
const LISTED = 10000;
const RETRY = 15000;

/** @param {HTMLElement} element */
const themeOf = (element) => {
  const tokens = getComputedStyle(element);
  return readTheme((name) => tokens.getPropertyValue(name));
};

/** Everything the page must have before a map can be drawn. @param {HTMLElement} element @param {import("./api.js").Api} api */
const load = async (element, api) => {
  /** @type {Layer} */
  const layer = await api.json(element.dataset.layer ?? "");
  const level = levelOf(layer, element.dataset.level ?? "");
  const period = periodOf(layer, level, element.dataset.period ?? "");
  const [plan, places] = await Promise.all([
    loadPlan(api, layer, level, period),
    level.regions <= LISTED ? api.json(level.places).then(createPlaces) : null,
  ]);
  return { layer, level, period, plan, places };
};

/** @param {import("./api.js").Api} api @param {Layer} layer @param {LevelDocument} level @param {string} period */
const loadPlan = async (api, layer, level, period) => {
  const document = level.plans[period];
  return createPlan(document, read(await api.bytes(document.classes), layer.edition.id, level.regions));
};

/** @param {HTMLElement} element */
const start = async (element) => {
  const language = languageOf(element.dataset.lang ?? "");
  const strings = stringsOf(language);
  const notice = createNotice(document.getElementById("notice"));
  const api = createApi({ trouble: (trying) => (trying ? notice.say(strings.trying) : notice.unsay(strings.trying)) });
  const { layer, level, places, ...first } = await load(element, api);
  let { period, plan } = first;

  const frame = createFrame(element, { box: layer.edition.box, maxzoom: level.maxzoom, strings });
  const { map, live } = frame;
  const tip = createTip(live);
  const card = createCard(document);
  const tiles = createTiles({ template: level.tiles, bytes: api.bytes, changed: () => surface.arrived() });
  const shown = {
    tiles, plan, places, minzoom: level.minzoom, maxzoom: level.maxzoom, theme: themeOf(element), hovered: 0, chosen: 0,
    emphasis: /** @type {number | null} */ (null), font: `600 ${live.clientWidth < 500 ? 12.5 : 13.5}px ${getComputedStyle(element).fontFamily}`,
  };
  const surface = new Surface(shown, (complete) => {
    if (complete) settled();
    else if (tiles.lost()) trouble();
  });
  const figuresOf = () => createFigures({ plan: plan.document, regions: level.regions, json: api.json, changed: () => refresh() });
  let figures = figuresOf();
  const legend = createLegend(document, (byte) => {
    shown.emphasis = byte;
    surface.repaint("map");
  });
  const bar = addressBar(window, (state) => void obey(state));
  const words = createWords({ text: api.text, exchanged: () => (legend.adopt(), refresh()) });
  listenLinks(document, (change, link) => {
    bar.push(change);
    if (link.closest("table")) element.scrollIntoView({ block: "nearest" });
  });
  /** Where the pointer is; null when the tip is about the keyboard's region or nothing. @type {L.Point | null} */
  let pointer = null;

  /** @param {number} number */
  const reading = (number) => {
    const place = places?.place(number) ?? surface.named(number);
    const parent = places?.place(number)?.parent ?? "";
    return place ? readingOf({ language, strings, layer, plan, period }, place, figures.observation(number, parent)) : null;
  };

  /** Say again what is said of the regions in hand. */
  const refresh = () => {
    const inHand = shown.hovered && reading(shown.hovered);
    if (inHand) tip.show(inHand, pointer ?? placeOf(shown.hovered));
    else tip.hide();
    const number = shown.hovered || shown.chosen;
    legend.point(number ? plan.byte(number) : null);
  };

  /** @param {number} number */
  const placeOf = (number) => {
    const inside = places?.place(number)?.inside ?? [0.5, 0.5];
    return map.project([0, 0], map.getZoom()).multiplyBy(0).add(L.point(inside[0], inside[1]).multiplyBy(256 * 2 ** map.getZoom()))
      .subtract(map.getPixelBounds().min ?? L.point(0, 0));
  };

  /** @param {number} number 0 for none @param {L.Point | null} at */
  const hover = (number, at) => {
    pointer = at;
    const same = number === shown.hovered;
    shown.hovered = number;
    live.classList.toggle("map-pointing", number > 0);
    if (!same) surface.repaint("marks");
    refresh();
  };

  /** @param {number} number */
  const codeOf = (number) => places?.place(number)?.code ?? surface.named(number)?.code ?? "";

  /** Follow the address bar. @param {import("./state.js").State} state */
  const obey = async (state) => {
    if (levelOf(layer, state.level || (element.dataset.level ?? "")) !== level) return window.location.reload();
    const number = state.region ? places?.number(state.region) ?? 0 : 0;
    if (number !== shown.chosen) {
      shown.chosen = number;
      surface.repaint("marks");
    }
    void words.turn(`${window.location.pathname}/words${window.location.search}`);
    await turnTo(periodOf(layer, level, state.period));
    refresh();
    const chosen = number && reading(number);
    card.show(chosen || null);
    if (chosen) frame.speak(`${strings.chosen} ${spoken(chosen)}`);
    return undefined;
  };

  /** The period that was asked for last; slower answers to earlier questions are dropped. */
  let wished = period;
  /** @param {string} next */
  const turnTo = async (next) => {
    wished = next;
    if (next === period) return;
    element.classList.add("map-loading");
    try {
      const arrived = await loadPlan(api, layer, level, next);
      if (wished !== next) return;
      [period, plan] = [next, arrived];
      shown.plan = plan;
      figures = figuresOf();
      figures.prepare();
      surface.repaint("map");
      dress();
    } catch (problem) {
      notice.say(problem instanceof Answer && problem.status === 410 ? strings.withdrawn : strings.failed);
    } finally {
      if (wished === next) element.classList.remove("map-loading");
    }
  };

  /** The page's words for the period that is shown. */
  const dress = () => {
    markPeriod(document, period);
    legend.follow(plan.document.legend, language);
    const title = document.querySelector("h1");
    if (title) title.textContent = plan.document.title[language];
    element.dataset.shown = period;
  };

  const settled = () => {
    notice.unsay(strings.lost);
    if (element.dataset.ready) return;
    frame.ready();
    figures.prepare();
  };
  const trouble = () => {
    notice.say(strings.lost);
    setTimeout(() => surface.retry(), RETRY);
  };

  surface.addTo(map);
  map.on("mousemove", ({ containerPoint }) => hover(surface.at(containerPoint), containerPoint));
  map.on("mouseout movestart", () => hover(0, null));
  map.on("click", ({ containerPoint }) => bar.push({ region: codeOf(surface.at(containerPoint)) }));
  listen(live, {
    move(key) {
      if (!places) return;
      const { lng, lat } = map.getCenter();
      const from = shown.hovered || shown.chosen;
      const number = from ? neighbour(places, from, key) : nearestTo(places, project(lng, lat));
      hover(number, null);
      if (!map.getSize || !within(map, placeOf(number))) map.panBy(placeOf(number).subtract(map.getSize().divideBy(2)));
      const said = reading(number);
      if (said) frame.speak(spoken(said));
    },
    choose: () => shown.hovered && bar.push({ region: codeOf(shown.hovered) }),
    clear() {
      if (shown.hovered) hover(0, null);
      else if (shown.chosen) {
        bar.push({ region: "" });
        frame.speak(strings.cleared);
      }
    },
    zoom: (step) => map.setZoom(map.getZoom() + step),
    leave: () => hover(0, null),
  });
  window.addEventListener("online", () => surface.retry());
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener?.("change", () => {
    shown.theme = themeOf(element);
    surface.repaint("map");
  });
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(live);
  if (bar.state().region || element.dataset.region)
    shown.chosen = places?.number(bar.state().region || (element.dataset.region ?? "")) ?? 0;
  element.dataset.shown = period;
  refresh();
};

/** Well inside the map. @param {L.Map} map @param {L.Point} point */
const within = (map, { x, y }) => {
  const size = map.getSize();
  return x > 24 && y > 24 && x < size.x - 24 && y < size.y - 24;
};

const element = document.getElementById("map");
if (element?.dataset.layer) start(element).catch((problem) => console.warn("The live map could not start; the picture stays.", problem));
