/** What there is to say of a region, as plain values: for the tip, the card, and ears. */

import { dressed } from "../map/figures.js";
import { periodWord } from "./strings.js";

/** @import { Observation } from "../map/figures.js" */
/** @import { Layer } from "../map/layer.js" */
/** @import { Plan } from "../map/plan.js" */
/** @import { Language } from "../map/words.js" */
/** @import { Sentence, Strings } from "./strings.js" */

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

/**
 * One sentence for ears: name, figure with unit, rank, class, period, marks.
 * @param {Reading} reading @param {string} [rank]
 */
export const spoken = ({ name, figure, unit, period, sentence, marks }, rank = "") =>
  [name, [figure, unit].filter(Boolean).join(" "), rank, sentence, period, ...marks].filter(Boolean).join(", ");
