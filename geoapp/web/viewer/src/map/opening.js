/** Opening a plan: its classes, fetched and read. */

import { createPlan, read } from "./plan.js";

/** @import { Api } from "./api.js" */
/** @import { Layer, LevelDocument } from "./layer.js" */
/** @import { Plan } from "./plan.js" */

/** @param {Api} api @param {Layer} layer @param {LevelDocument} level @param {string} period @returns {Promise<Plan>} */
export const openPlan = async (api, layer, level, period) => {
  const document = level.plans[period];
  return createPlan(document, read(await api.bytes(document.classes), layer.edition.id, level.regions));
};
