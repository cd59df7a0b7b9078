/**
 * What is painted in which order. Every function takes all it needs as one scene and holds nothing, so that a picture
 * depends on the scene alone; the class of paths it needs is handed in, so that a test can record the strokes.
 *
 * A map is three sheets: what lies below the fills, the fills, the lines above. Colours change more often than views:
 * another period is painted between the sheets that stay.
 */

import { fillSteps, isletSteps, paintCircles, paintGround } from "./fills.js";
import { casingSteps, clear, inTile, lineSteps } from "./strokes.js";

/** @import { Rules } from "./paths.js" */
/** @import { Context, Patterns } from "./patterns.js" */
/** @import { Circle, Placed } from "./picking.js" */
/** @import { Roster } from "./roster.js" */
/** @import { Ground } from "./surroundings.js" */
/** @import { Theme } from "./theme.js" */

/** A tile on the canvas; `box` is set where it stands in for one that is still coming, and must be cut to it. */
/** @typedef {Placed & { box: [number, number, number, number] | null }} Laid */
/** A picture on the canvas, px. @typedef {{ image: CanvasImageSource, x: number, y: number, side: number }} Picture */
/**
 * @typedef {Rules & {
 *   laid: Laid[], pictures: Picture[], emphasis: readonly number[] | null, circles: Circle[], ground: Ground | null,
 *   theme: Theme, patterns: Patterns, density: number, width: number, height: number, origin: [number, number],
 *   world: number, diagonal: number, flat: boolean, silent: string, roster: Roster,
 * }} Scene lengths in CSS px; `origin` is the canvas corner in the world, whose side is `world`; `diagonal` is the median
 *   region's on the screen; `flat` when circles carry the figures; `silent` are the regions with a pattern
 */

/** Everything that the sheets below and above the fills depend on. @param {Scene} scene @returns {unknown[]} */
export const sheetKey = ({ ground, theme, within, parents, flat, silent, density, width, height, origin, world, laid }) => [
  ground, theme, within, parents, flat, silent, density, width, height, ...origin, world, ...laid.flatMap(({ tile, box }) => [tile, Boolean(box)]),
];

/** One step a tile and kind, so that whoever runs it may let the page breathe between two. */
/** @param {Context} ink @param {Scene} scene @param {typeof fillSteps} stepsOf @returns {Generator<void, void, void>} */
function* eachTile(ink, scene, stepsOf) {
  for (const laid of scene.laid)
    for (const step of stepsOf(ink, scene, laid)) {
      yield;
      inTile(ink, scene, laid, step);
    }
}

/** The sheets that stay while colours change. @param {Context} below @param {Context} above @param {Scene} scene @returns {Generator<void, void, void>} */
export function* paintSheets(below, above, scene) {
  clear(below, scene);
  paintGround(below, scene);
  yield* eachTile(below, scene, casingSteps);
  clear(above, scene);
  yield* eachTile(above, scene, lineSteps);
}

/** @param {Context} ink @param {CanvasImageSource} sheet @param {GlobalCompositeOperation} how */
const lay = (ink, sheet, how) => {
  ink.setTransform(1, 0, 0, 1, 0, 0);
  ink.globalCompositeOperation = how;
  ink.drawImage(sheet, 0, 0);
  ink.globalCompositeOperation = "source-over";
};

/** The map between its sheets. @param {Context} ink @param {Scene} scene @param {CanvasImageSource} below @param {CanvasImageSource} above @returns {Generator<void, void, void>} */
export function* paintMap(ink, scene, below, above) {
  clear(ink, scene);
  lay(ink, below, "copy");
  for (const { image, x, y, side } of scene.pictures) {
    ink.setTransform(scene.density, 0, 0, scene.density, 0, 0);
    ink.drawImage(image, x, y, side, side);
  }
  yield* eachTile(ink, scene, fillSteps);
  yield;
  lay(ink, above, "source-over");
  yield* eachTile(ink, scene, isletSteps);
  paintCircles(ink, scene);
}
