/** The layer document: everything a viewer needs to know before it draws, with pinned addresses. */

/** @typedef {{ id: string, en: string }} Words */
/**
 * @typedef {{ kind: string, byte?: number, count: number, colour?: string, category?: string, letter?: Words, figure?: number,
 *   state?: string, label: Words }} LegendRow
 */
/**
 * @typedef {{ version: string, kind: string, classes: string, figures: string, pictures?: string, title: Words, known: number,
 *   total: number, largest: number | null, colours: string[], whole: number | null, legend: LegendRow[] }} PlanDocument
 */
/**
 * @typedef {{ level: string, regions: number, word: Words, minzoom: number, maxzoom: number, diagonal?: number, tiles: string,
 *   places: string, plans: Record<string, PlanDocument> }} LevelDocument `minzoom` is the tile zoom from which the level is
 *   shown by itself, `maxzoom` the last with tiles of its own, `diagonal` the median region's in widths of the world
 */
/**
 * @typedef {{ id: string, title: Words, page: string, periods: string[], latest: string, levels: LevelDocument[], surroundings?: string | null,
 *   indicator: { slug: string, name: Words, unit: Words, kind: string, decimals: number, polarity: string,
 *     categories: { slug: string, name: Words }[] },
 *   edition: { id: string, box: [number, number, number, number] } }} Layer
 */

/** The level asked for, else the base level. @param {Layer} layer @param {string} level @returns {LevelDocument} */
export const levelOf = (layer, level) => layer.levels.find((each) => each.level === level) ?? layer.levels[0];

/**
 * The level to show at a zoom of the map: the one asked for, else the finest that is meant for this zoom and has classes
 * to paint, else the coarsest that has. `minzoom` of a level is the tile zoom from which it is shown by itself.
 * @param {Layer} layer @param {string} wish a level, or "auto" @param {number} zoom @param {string} [period] "" for any
 * @returns {LevelDocument}
 */
export const levelAt = (layer, wish, zoom, period) => {
  if (wish !== "auto") return levelOf(layer, wish);
  const wanted = period && layer.periods.includes(period) ? period : layer.latest;
  const painted = layer.levels.filter(({ plans }) => plans[wanted]);
  const usable = painted.length ? painted : layer.levels;
  return usable.find(({ minzoom }) => minzoom <= Math.round(zoom) - 1) ?? usable[usable.length - 1];
};

/**
 * The period to show: the one asked for if the level has it, else the page's, else the latest, else any.
 * @param {Layer} layer @param {LevelDocument} level @param {...string} wishes
 */
export const periodOf = (layer, level, ...wishes) => {
  const known = Object.keys(level.plans);
  return [...wishes, layer.latest].find((period) => known.includes(period)) ?? known[known.length - 1];
};
