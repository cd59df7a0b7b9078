/** The viewer of a map page: makes its parts and ties them together. */

import { createApi } from "./map/api.js";
import { createMap } from "./map/index.js";
import { REACH } from "./map/pointing.js";
import { createCard } from "./page/card.js";
import { attachCompare } from "./page/compare.js";
import { boxSaid } from "./page/fitting.js";
import { attachFold } from "./page/folds.js";
import { createLegend } from "./page/legend.js";
import { listenMap, listenPage, listenRoom, roomOf } from "./page/listening.js";
import { attachLocate } from "./page/locate.js";
import { createNotice } from "./page/notice.js";
import { register, renew } from "./page/parts.js";
import { attachPlay, markPeriod, showPlaying } from "./page/periods.js";
import { createPlayer } from "./page/player.js";
import { attachPaper, attachPrint } from "./page/print.js";
import { attachShare } from "./page/share.js";
import { attachReading, attachSheet } from "./page/sheet.js";
import { addressBar } from "./page/state.js";
import { languageOf, stringsOf } from "./page/strings.js";
import { attachTable } from "./page/table.js";
import { createTip } from "./page/tip.js";
import { Viewer } from "./page/viewer.js";
import { createWords } from "./page/words.js";

/** @import { Point } from "leaflet" */

/** @param {HTMLElement} element */
const start = async (element) => {
  const language = languageOf(element.dataset.lang ?? "");
  const strings = stringsOf(language);
  const notice = createNotice(document.getElementById("notice"));
  /** @param {boolean} trying */
  const trouble = (trying) => (trying ? notice.say(strings.trying) : notice.unsay(strings.trying));
  const bar = addressBar(window, (state) => void viewer.obey(state));
  const { period, level, area, region, compare } = bar.state();
  const map = await createMap(element, {
    document: element.dataset.layer ?? "", period: period || element.dataset.period, level: level || "auto", area, region, compare, lang: language, trouble,
    padding: roomOf(element), box: boxSaid(document, area),
  });
  const api = createApi({ trouble });
  const legend = createLegend(document, (bytes) => map.emphasise(bytes));
  const card = createCard(document);
  const exchanged = () => {
    card.release();
    viewer.refresh();
    viewer.fitting.fit();
    renew();
  };
  const words = createWords({ text: api.text, exchanged, calm: () => viewer.calm });
  // a pointer that was on its way to the tip but stayed beside it takes what lies under it
  const tip = createTip(map.live, (spot) => map.take(map.at(/** @type {Point} */ (spot), REACH.mouse), /** @type {Point} */ (spot), "mouse"));
  const viewer = new Viewer({ api, notice, legend, tip, card, words, language, strings, element }, map, bar);

  listenMap(viewer);
  listenPage(viewer);
  listenRoom(viewer);
  attachLocate(viewer);
  attachPaper(element);
  register("[data-print]", (link) => attachPrint(link, words));
  registerParts(viewer);
  if (map.level.level !== element.dataset.level) void viewer.say();
};

/** Parts that come and go with the words. @param {Viewer} viewer */
const registerParts = (viewer) => {
  const { map, parts, bar } = viewer;
  let began = false;
  const player = createPlayer({
    async show(period) {
      bar.push({ period: period === map.layer.latest ? "" : period }, began);
      began = true;
      await viewer.settled;
      await viewer.painting(period);
    },
    told(playing) {
      began = false;
      showPlaying(document, playing);
      if (playing) for (const period of Object.keys(map.level.plans)) void map.planOf(map.level, period).catch(() => undefined);
    },
  });
  document.addEventListener("visibilitychange", () => document.hidden && player.stop());
  document.addEventListener("click", ({ target }) => target instanceof Element && target.closest("#periods-part a") && player.stop(), true);
  map.on("lost", () => player.stop());
  register("#periods-part", (part) => {
    attachPlay(part, { player, shown: () => map.period });
    markPeriod(document, map.period);
  });
  register("#legend", () => {
    parts.legend.adopt();
    if (map.plan.circles) parts.legend.scale(map.surface.largest());
    viewer.point();
  });
  register("#levels", () => viewer.markLevel());
  register("#compare", attachCompare);
};

register("#share", attachShare);
register("#table", attachTable);
register("#sheet-head", attachSheet);
register("#reading", attachReading);
register(".top-fold", attachFold);
const element = document.getElementById("map");
if (element?.dataset.layer) start(element).catch((problem) => console.warn("The live map could not start; the picture stays.", problem));
requestAnimationFrame(() => setTimeout(renew)); // parts measure the page, which costs nothing once it is laid out
