/** Opening a layer: its document, the plan of a period and the places, each fetched once. */

import { levelOf, periodOf } from "./layer.js";
import { createPlaces } from "./places.js";
import { createPlan, read } from "./plan.js";

/** @import { Api } from "./api.js" */
/** @import { Layer, LevelDocument } from "./layer.js" */
/** @import { Places } from "./places.js" */
/** @import { Plan } from "./plan.js" */

/** Editions with more regions than this do without the list of places: names come from the tiles. */
const LISTED = 10000;

/** @typedef {{ layer: Layer, level: LevelDocument, period: string, plan: Plan, places: Places | null }} Opened */

/** @param {Api} api @param {Layer} layer @param {LevelDocument} level @param {string} period @returns {Promise<Plan>} */
export const openPlan = async (api, layer, level, period) => {
  const document = level.plans[period];
  return createPlan(document, read(await api.bytes(document.classes), layer.edition.id, level.regions));
};

/** @param {Api} api @param {{ layer?: string, level?: string, period?: string }} asked as the map element says @returns {Promise<Opened>} */
export const openLayer = async (api, asked) => {
  /** @type {Layer} */
  const layer = await api.json(asked.layer ?? "");
  const level = levelOf(layer, asked.level ?? "");
  const period = periodOf(layer, level, asked.period ?? "");
  const [plan, places] = await Promise.all([
    openPlan(api, layer, level, period),
    level.regions <= LISTED ? api.json(level.places).then(createPlaces) : null,
  ]);
  return { layer, level, period, plan, places };
};
