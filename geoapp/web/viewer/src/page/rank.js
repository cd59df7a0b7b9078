/** Where a region stands among others, from their figures. */

import { AT_ONCE } from "../map/figures.js";
import { localeOf } from "../map/words.js";

/** @import { Observation } from "../map/figures.js" */
/** @import { Viewer } from "./viewer.js" */

/** @param {Observation | undefined} said what an aggregate lacks makes its figure no rival of whole ones */
const ranked = (said) => (said && said.figure !== null && !said.marks.includes("partial") ? said.figure : null);

/**
 * The rank of a figure, 1 the highest; null where it has none, or not all figures are here.
 * @param {Observation | undefined} own @param {Iterable<Observation | undefined>} all of the regions it stands among
 * @returns {{ rank: number, known: number } | null}
 */
export const rankOf = (own, all) => {
  const figure = ranked(own);
  if (figure === null) return null;
  let [above, known] = [0, 0];
  for (const each of all) {
    if (!each) return null;
    const other = ranked(each);
    if (other === null) continue;
    known += 1;
    above += Number(other > figure);
  }
  return { rank: above + 1, known };
};

/** What the server says of the chosen region's rank, once its words are here. @param {string} code */
const served = (code) => document.querySelector(`#reading[data-region="${CSS.escape(code)}"] .reading-sentence`)?.textContent ?? "";

/**
 * A region's rank in words among those the page speaks of; "" where it has none. Where figures come by parents the server
 * alone knows it, and says it of the chosen one.
 * @param {Viewer} viewer @param {number} number
 */
export const rankSaid = ({ map, figures, parts }, number) => {
  const { within } = map.shown;
  if (within && !within(number)) return "";
  if (map.level.regions > AT_ONCE) return number === map.chosen ? served(map.place(number)?.code ?? "").trim().replace(/\.$/, "") : "";
  const known = (/** @type {number} */ each) => figures.observation(each, map.place(each)?.parent ?? "");
  const spokenOf = [...map.roster().all()].filter((each) => within?.(each.number) ?? true);
  const found = rankOf(known(number), spokenOf.map((each) => known(each.number)));
  if (!found) return "";
  const { format } = new Intl.NumberFormat(localeOf(parts.language));
  return parts.strings.rank.replace("{rank}", format(found.rank)).replace("{known}", format(found.known));
};
