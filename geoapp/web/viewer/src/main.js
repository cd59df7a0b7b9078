/** The viewer of a map page: makes its parts and ties them together. */

import { createApi } from "./map/api.js";
import { createFrame } from "./map/frame.js";
import { listen } from "./map/keyboard.js";
import { createLegend } from "./page/legend.js";
import { listenLinks } from "./page/links.js";
import { createNotice } from "./page/notice.js";
import { openLayer } from "./map/opening.js";
import { renew } from "./page/parts.js";
import { createCard, createTip } from "./page/reading.js";
import { addressBar } from "./page/state.js";
import { languageOf, stringsOf } from "./page/strings.js";
import { Surface } from "./map/surface.js";
import { readTheme } from "./map/theme.js";
import { createTiles } from "./map/tiles.js";
import { Viewer } from "./page/viewer.js";
import { createWords } from "./page/words.js";

/** @import { Shown } from "./map/surface.js" */

/** @param {HTMLElement} element */
const themeOf = (element) => {
  const tokens = getComputedStyle(element);
  return readTheme((name) => tokens.getPropertyValue(name));
};

/** The type of names on the map. @param {HTMLElement} element */
const fontOf = (element) => `600 ${element.clientWidth < 500 ? 12.5 : 13.5}px ${getComputedStyle(element).fontFamily}`;

/** @param {HTMLElement} element */
const start = async (element) => {
  const language = languageOf(element.dataset.lang ?? "");
  const strings = stringsOf(language);
  const notice = createNotice(document.getElementById("notice"));
  const api = createApi({ trouble: (trying) => (trying ? notice.say(strings.trying) : notice.unsay(strings.trying)) });
  const opened = await openLayer(api, element.dataset);
  const { layer, level, places, plan } = opened;
  const bar = addressBar(window, (state) => void viewer.obey(state));

  const frame = createFrame(element, { box: layer.edition.box, maxzoom: level.maxzoom, strings });
  const tiles = createTiles({ template: level.tiles, bytes: api.bytes, changed: () => surface.arrived() });
  /** @type {Shown} */
  const shown = {
    tiles, plan, places, minzoom: level.minzoom, maxzoom: level.maxzoom, theme: themeOf(element), font: fontOf(element),
    emphasis: null, hovered: 0, compared: 0, within: null, chosen: places?.number(bar.state().region || (element.dataset.region ?? "")) ?? 0,
  };
  const surface = new Surface(shown, (complete) => viewer.painted(complete));
  const legend = createLegend(document, (byte) => {
    shown.emphasis = byte;
    surface.repaint("map");
  });
  const card = createCard(document);
  const exchanged = () => {
    legend.adopt();
    card.release();
    if (shown.plan.circles) legend.scale(surface.largest());
    viewer.refresh();
    renew();
  };
  const words = createWords({ text: api.text, exchanged });
  const parts = { api, frame, notice, legend, tip: createTip(frame.live), card, words, language, strings, element };
  const viewer = new Viewer(parts, opened, shown, surface);

  surface.addTo(frame.map);
  listenPointer(viewer, bar);
  listenKeys(viewer, bar);
  listenPage(viewer, bar);
  viewer.refresh();
  renew();
};

/** @typedef {ReturnType<typeof addressBar>} Bar */

/** @param {Viewer} viewer @param {Bar} bar */
const listenPointer = (viewer, bar) => {
  const { map } = viewer.parts.frame;
  map.on("mousemove", ({ containerPoint }) => viewer.hold(viewer.surface.at(containerPoint), containerPoint));
  map.on("mouseout movestart", () => viewer.hold(0, null));
  map.on("click", ({ containerPoint }) => bar.push({ region: viewer.codeOf(viewer.surface.at(containerPoint)) }));
};

/** @param {Viewer} viewer @param {Bar} bar */
const listenKeys = (viewer, bar) => {
  const { frame, strings } = viewer.parts;
  listen(frame.live, {
    move: (key) => viewer.move(key),
    choose: () => viewer.shown.hovered && bar.push({ region: viewer.codeOf(viewer.shown.hovered) }),
    clear() {
      if (viewer.shown.hovered) viewer.hold(0, null);
      else if (viewer.shown.chosen) {
        bar.push({ region: "" });
        frame.speak(strings.cleared);
      }
    },
    zoom: (step) => frame.map.setZoom(frame.map.getZoom() + step),
    leave: () => viewer.hold(0, null),
  });
};

/** What the page, the window and the machine tell. @param {Viewer} viewer @param {Bar} bar */
const listenPage = (viewer, bar) => {
  const { element, frame } = viewer.parts;
  listenLinks(document, (change, link) => {
    bar.push(change);
    if (link.closest("table")) element.scrollIntoView({ block: "nearest" });
  });
  window.addEventListener("online", () => viewer.surface.retry());
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener?.("change", () => {
    viewer.shown.theme = themeOf(element);
    viewer.surface.repaint("map");
  });
  new ResizeObserver(() => frame.map.invalidateSize({ animate: false })).observe(frame.live);
};

const element = document.getElementById("map");
if (element?.dataset.layer) start(element).catch((problem) => console.warn("The live map could not start; the picture stays.", problem));
