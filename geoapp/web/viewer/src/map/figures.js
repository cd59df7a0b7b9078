/** Exact figures, fetched per parent when first asked for, and how a figure is written. */

import { localeOf } from "./words.js";

/** @import { Layer, PlanDocument } from "./layer.js" */
/** @import { Language } from "./words.js" */
/** @typedef {{ figure: number | null, category: string | null, state: string | null, marks: string[] }} Observation */
/** @typedef {{ numbers: number[], figures: (number | null)[], categories?: (string | null)[], states: (string | null)[], marks?: (string[] | null)[] }} FiguresDocument */

/** Editions up to this size come in one piece. */
export const AT_ONCE = 1000;

/**
 * The figures of one plan. `observation` answers at once with what is here and fetches what is not; `changed` is
 * called when it has come.
 * @param {{ plan: PlanDocument, regions: number, json: (url: string) => Promise<FiguresDocument>, changed: () => void }} means
 */
export const createFigures = ({ plan, regions, json, changed }) => {
  /** @type {Map<number, Observation>} */
  const known = new Map();
  /** @type {Set<string>} */
  const asked = new Set();

  /** @param {string} parent a code, or "all" */
  const ask = async (parent) => {
    if (asked.has(parent)) return;
    asked.add(parent);
    try {
      const body = await json(plan.figures.replace("{parent}", encodeURIComponent(parent)));
      body.numbers.forEach((number, at) =>
        known.set(number, {
          figure: body.figures[at],
          category: body.categories?.[at] ?? null,
          state: body.states[at],
          marks: body.marks?.[at] ?? [],
        }),
      );
      changed();
    } catch {
      asked.delete(parent);
    }
  };

  return {
    /** @param {number} number @param {string} parent code of its parent @returns {Observation | undefined} */
    observation(number, parent) {
      if (!known.has(number)) void ask(regions <= AT_ONCE ? "all" : parent);
      return known.get(number);
    },
    /** Fetch ahead where all come in one piece. */
    prepare() {
      if (regions <= AT_ONCE) void ask("all");
    },
  };
};

/** @typedef {ReturnType<typeof createFigures>} Figures */

/**
 * A number with the indicator's decimals: 0,781 or 0.781. It is handed over as decimal text and halves go to the even
 * digit, so that page and viewer round alike; a minus is as wide as a plus, and what rounds to nothing has none.
 * @param {Language} language @param {number} figure @param {number} decimals
 */
export const written = (language, figure, decimals) => {
  const form = { minimumFractionDigits: decimals, maximumFractionDigits: decimals, roundingMode: "halfEven" };
  const numbers = new Intl.NumberFormat(localeOf(language), /** @type {Intl.NumberFormatOptions} */ (form));
  const said = numbers.format(/** @type {any} */ (String(figure + 0)));
  return said.replace("-", /[1-9]/.test(said) ? "−" : "");
};

/**
 * Figure and unit, or the category's name; "" for a state.
 * @param {Language} language @param {Layer["indicator"]} indicator @param {Observation} observation
 * @returns {{ figure: string, unit: string }}
 */
export const dressed = (language, indicator, { figure, category }) => {
  if (category) return { figure: indicator.categories.find(({ slug }) => slug === category)?.name[language] ?? category, unit: "" };
  if (figure === null) return { figure: "", unit: "" };
  return { figure: written(language, figure, indicator.decimals), unit: indicator.unit[language] };
};
