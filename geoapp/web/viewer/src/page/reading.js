/** What is said of a region: the tip beside the pointer, the card of the chosen one, and the spoken sentence. */

import { dressed } from "../map/figures.js";
import { periodWord } from "./strings.js";

/** @import { Observation } from "../map/figures.js" */
/** @import { Layer } from "../map/layer.js" */
/** @import { Plan } from "../map/plan.js" */
/** @import { Language, Sentence, Strings } from "./strings.js" */

/**
 * @typedef {{ name: string, place: string, code: string, figure: string, unit: string, period: string, sentence: string,
 *   marks: string[], estimated: boolean, known: boolean }} Reading
 *   `figure` is "" for a state, which `sentence` then names, and while it is not `known`
 */

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** A name behind what the region is, unless it begins with that word. @param {{ name: string, kind?: string }} place */
const fullName = ({ name, kind = "" }) => (!kind || name.toLowerCase().startsWith(`${kind} `) ? name : capital(`${kind} ${name}`));

/**
 * What there is to say of a region. The figure comes later than the class: `observation` is undefined until then.
 * @param {{ language: Language, strings: Strings, layer: Layer, plan: Plan, period: string }} view
 * @param {{ number: number, name: string, code: string, kind?: string, parentName?: string }} place
 * @param {Observation | undefined} observation
 * @returns {Reading}
 */
export const readingOf = ({ language, strings, layer, plan, period }, place, observation) => {
  const { figure, unit } = observation ? dressed(language, layer.indicator, observation) : { figure: "", unit: "" };
  const coming = !observation && !plan.isState(place.number);
  const label = plan.row(place.number)?.label[language] ?? "";
  const marks = (observation?.marks ?? []).map((mark) => strings[/** @type {Sentence} */ (mark)] ?? mark);
  return {
    name: fullName(place),
    place: [place.parentName, `${strings.code} ${place.code}`].filter(Boolean).join(", "),
    code: place.code,
    figure,
    unit,
    period: periodWord(language, period),
    sentence: coming ? strings.loading : label === figure ? "" : label,
    marks,
    estimated: observation?.marks.includes("estimated") ?? false,
    known: !coming,
  };
};

/** @param {string} tag @param {string} className @param {string} text */
const said = (tag, className, text) => {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
};

/** @param {HTMLElement} element @param {Node[]} children */
const fill = (element, children) => {
  element.textContent = "";
  element.append(...children);
};

/** Figure, unit and period in one line, the estimate's e raised. @param {Reading} reading */
const figureLine = ({ figure, unit, period, sentence, estimated }) => {
  const line = said("p", "reading-line", "");
  line.append(said("strong", figure ? "reading-figure" : "reading-state", figure || sentence));
  if (estimated && figure) line.append(said("sup", "reading-mark", "e"));
  line.append(" ", said("span", "reading-unit", [unit, period].filter(Boolean).join(", ")));
  return line;
};

/** Everything about a region, one thing a line. @param {Reading} reading @param {string} heading tag of the name */
const lines = (reading, heading) => {
  const { name, place, figure, sentence, marks } = reading;
  const parts = [said(heading, "reading-name", name)];
  if (place) parts.push(said("p", "reading-place", place));
  parts.push(figureLine(reading));
  if (figure && sentence) parts.push(said("p", "reading-class", sentence));
  if (marks.length) parts.push(said("p", "reading-marks", marks.join(", ")));
  return parts;
};

/** The same, parted as the page's own card is. @param {Reading} reading */
const cardOf = (reading) => {
  const [head, words] = [said("div", "reading-head", ""), said("div", "reading-words", "")];
  for (const each of lines(reading, "h2")) (/-(name|place|line)$/.test(each.className) ? head : words).append(each, " ");
  return [head, words];
};

/** One sentence for ears. @param {Reading} reading */
export const spoken = ({ name, figure, unit, period, sentence, marks }) =>
  [name, [figure, unit].filter(Boolean).join(" "), sentence, period, ...marks].filter(Boolean).join(", ");

/** The tip beside the pointer. @param {HTMLElement} frame the map */
export const createTip = (frame) => {
  const tip = said("div", "map-tip", "");
  tip.hidden = true;
  frame.append(tip);
  return {
    /** @param {Reading} reading @param {{ x: number, y: number }} at px in the frame */
    show(reading, at) {
      fill(tip, lines(reading, "p"));
      tip.hidden = false;
      const [width, height] = [tip.offsetWidth, tip.offsetHeight];
      const left = at.x + 14 + width > frame.clientWidth ? at.x - 14 - width : at.x + 14;
      const top = at.y + 14 + height > frame.clientHeight ? at.y - 14 - height : at.y + 14;
      tip.style.left = `${Math.max(4, Math.min(left, frame.clientWidth - width - 4))}px`;
      tip.style.top = `${Math.max(4, top)}px`;
    },
    hide() {
      tip.hidden = true;
    },
  };
};

/**
 * The card of the chosen region. The server writes it in full; until its words come, and where they do not, the viewer
 * says what it knows.
 * @param {Document} page
 */
export const createCard = (page) => {
  let mine = false;
  const own = () => /** @type {HTMLElement | null} */ (page.getElementById("reading"));
  return {
    /** Whether the card is the viewer's, until the server's words come. */
    get waiting() {
      return mine;
    },
    /** @param {Reading | null} reading */
    show(reading) {
      const card = own();
      const served = card?.querySelector(".reading-name")?.textContent === reading?.name;
      mine = Boolean(card && reading && (mine || !served));
      if (card && reading && mine) fill(card, cardOf(reading));
    },
    /** Say it again with what came meanwhile, if the viewer wrote the card. @param {Reading | null} reading */
    again(reading) {
      if (mine) this.show(reading);
    },
    /** The server's words are here. */
    release() {
      mine = false;
    },
  };
};
