/** The ground around the area: asked for after classes and tiles, awaited for little. */

import { readGround } from "./surroundings.js";

/** @import { Api } from "./api.js" */
/** @import { Layer } from "./layer.js" */
/** @import { Shown } from "./scenery.js" */

/** How long the first painting may wait for the ground, which would have all painted a second time, ms. */
const PATIENCE = 1200;

/** Gives a function that brings the ground of a layer, unless it is here or coming. @param {{ api: Api, shown: Shown, changed: () => void }} means */
export const createSurround = ({ api, shown, changed }) => {
  let asked = "";
  const enough = () => {
    if (!shown.awaiting) return;
    shown.awaiting = false;
    changed();
  };
  /** @param {Layer} layer */
  return async ({ surroundings }) => {
    if (!surroundings || shown.ground || asked === surroundings) return;
    asked = surroundings;
    const late = setTimeout(enough, PATIENCE);
    try {
      shown.ground = readGround(await api.json(surroundings), Path2D);
      changed();
    } catch {
      asked = ""; // asked again after the next painting
    }
    clearTimeout(late);
    enough();
  };
};
