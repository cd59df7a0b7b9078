/** Fills of the map: classes, patterns of states, dots of estimates, islets, circles, and the ground below them all. */

import { mixed } from "./colours.js";
import { areas, borders, silhouette } from "./paths.js";
import { line } from "./strokes.js";

/** @import { Area } from "./paths.js" */
/** @import { Laid, Scene } from "./painter.js" */
/** @import { Context } from "./patterns.js" */
/** @import { Look } from "./plan.js" */

/** How much of a colour is left where it steps back. */
export const FADED = 0.22;
/** Islets are drawn at least this large, px. */
const ISLET = 3;
/**
 * Device pixels of the lines that close the seam between two fills. Not a whole one: up to one pixel browsers draw a
 * hairline, which takes a tenth of the time of a line with sides.
 */
const SEAM = 0.99;
/**
 * Of a tile's side: so far the ground of its fills reaches beyond it. Fills reach farther and cover its last, half
 * transparent pixels, which would stay as a line across the neighbouring tile.
 */
const BEYOND = 1 / 512;

/** A repeating picture that keeps its size and its place on the screen. @param {Context} ink @param {Scene} scene @param {Laid} laid @param {{ picture: any, x: number, y: number }} cell */
const repeated = (ink, scene, laid, cell) => {
  const { density, origin } = scene;
  const factor = laid.scale * density;
  const pattern = /** @type {CanvasPattern} */ (ink.createPattern(cell.picture, "repeat"));
  const [phaseX, phaseY] = [-((origin[0] * density) % cell.x), -((origin[1] * density) % cell.y)];
  pattern.setTransform({
    a: 1 / factor, b: 0, c: 0, d: 1 / factor, e: (phaseX - laid.x * density) / factor, f: (phaseY - laid.y * density) / factor,
  });
  return pattern;
};

/** Whether a look is among those set apart, or nothing is. @param {Scene} scene @param {Look} look */
const stands = ({ emphasis }, look) => emphasis === null || emphasis.includes(look.byte);

/** The one colour below everything else of a look; what steps back is mixed with the land, not seen through. @param {Scene} scene @param {Look} look @param {boolean} faded */
const colourOf = ({ theme }, look, faded) => {
  const colour = look.fill ?? (look.pattern ? theme["pattern-ground"] : theme.land);
  return faded ? mixed(colour, theme.land, FADED) : colour;
};

/** The repeating picture on a look; null for none. @param {Scene} scene @param {Look} look */
const cellOf = ({ patterns }, look) => (look.pattern ? patterns.state(look.pattern) : look.dots && look.fill ? patterns.estimate(look.fill) : null);

/** @param {Area} area @returns {[Path2D | null, boolean][]} the paths of an area, and whether they lie outside */
const parts = ({ inside, outside }) => [[outside, true], [inside, false]];

/** How much is spared where an area lies on its own colour. @param {Area} area */
const weight = ({ look, corners }) => (look.dashed ? 0 : corners + 1);

/**
 * Fill the regions of one look, and stroke them in the same ink, so that no ground shows between neighbours.
 * @param {Context} ink @param {Scene} scene @param {Laid} laid @param {Look} look @param {Path2D} path @param {boolean} faded
 * @param {boolean} grounded whether it lies on its own colour already
 */
const fillArea = (ink, scene, laid, look, path, faded, grounded) => {
  if (!grounded) {
    ink.fillStyle = colourOf(scene, look, faded);
    ink.fill(path);
    line(ink, path, /** @type {string} */ (ink.fillStyle), SEAM / scene.density, laid.scale);
  }
  const cell = cellOf(scene, look);
  if (!cell) return;
  ink.globalAlpha = faded ? FADED : 1;
  ink.fillStyle = repeated(ink, scene, laid, cell);
  ink.fill(path);
  ink.globalAlpha = 1;
};

/** Islets too small to see become discs in their colour; circles need none. @param {Context} ink @param {Scene} scene @param {Laid} laid */
const discs = (ink, scene, { tile, scale }) => {
  if (scene.diagonal < 6 || scene.flat) return;
  for (const { number, x, y, side } of borders(tile).islets) {
    if (side * scale >= ISLET) continue;
    const look = scene.look(number);
    ink.fillStyle = look.fill ?? scene.theme["pattern-ink"];
    ink.globalAlpha = (scene.within && !scene.within(number)) || !stands(scene, look) ? FADED : 1;
    ink.beginPath();
    ink.arc(x, y, ISLET / 2 / scale, 0, 2 * Math.PI);
    ink.fill();
  }
  ink.globalAlpha = 1;
};

/**
 * Fills of a tile, as steps. First everything in one colour as one shape, which has no seams inside: whatever shows
 * between two fills, it is not the ground. It is the colour of the largest part, which needs no fill of its own then.
 * @param {Context} ink @param {Scene} scene @param {Laid} laid @returns {(() => void)[]}
 */
export const fillSteps = (ink, scene, laid) => {
  const all = areas(scene, laid.tile);
  if (!all.length) return [];
  const first = all.reduce((best, each) => (weight(each) > weight(best) ? each : best));
  const ground = colourOf(scene, first.look, !first.inside || !stands(scene, first.look));
  return [
    () => {
      const { extent } = laid.tile;
      ink.save();
      ink.beginPath();
      ink.rect(-extent * BEYOND, -extent * BEYOND, extent * (1 + 2 * BEYOND), extent * (1 + 2 * BEYOND));
      ink.clip();
      ink.fillStyle = ground;
      ink.fill(silhouette(scene, laid.tile));
      ink.restore();
    },
    ...all.map((area) => () => {
      for (const [path, outside] of parts(area)) {
        const faded = outside || !stands(scene, area.look);
        if (path) fillArea(ink, scene, laid, area.look, path, faded, area === first && colourOf(scene, area.look, faded) === ground);
      }
    }),
  ];
};

/** What lies above the lines, which would cover it. @param {Context} ink @param {Scene} scene @param {Laid} laid @returns {(() => void)[]} */
export const isletSteps = (ink, scene, laid) => [() => discs(ink, scene, laid)];

/** @param {Context} ink @param {Scene} scene */
export const paintCircles = (ink, { circles, theme, density, within, emphasis }) => {
  ink.setTransform(density, 0, 0, density, 0, 0);
  for (const { x, y, radius, number } of [...circles].sort((a, b) => b.radius - a.radius)) {
    const share = (within && !within(number)) || (emphasis !== null && emphasis.every((byte) => byte > 250)) ? FADED : 1;
    ink.beginPath();
    ink.arc(x, y, radius, 0, 2 * Math.PI);
    ink.globalAlpha = 0.72 * share;
    ink.fillStyle = theme.circle;
    ink.fill();
    ink.globalAlpha = share;
    ink.strokeStyle = theme.paper;
    ink.lineWidth = 0.8;
    ink.stroke();
  }
  ink.globalAlpha = 1;
};

/** What lies around the area. @param {Context} ink @param {Scene} scene */
export const paintGround = (ink, { ground, theme, density, origin, world, width, height }) => {
  if (!ground) return;
  ink.fillStyle = ground.plain ? theme.land : theme.water;
  ink.fillRect(0, 0, width, height);
  const factor = world * ground.step * density;
  ink.setTransform(factor, 0, 0, factor, (ground.x * world - origin[0]) * density, (ground.y * world - origin[1]) * density);
  ink.lineWidth = density / factor;
  ink.fillStyle = theme.land;
  ink.fill(ground.land, "evenodd");
  ink.strokeStyle = theme["neighbour-line"];
  ink.stroke(ground.land);
  ink.fillStyle = theme.water;
  ink.fill(ground.water, "evenodd");
  ink.stroke(ground.water);
  ink.stroke(ground.lines);
};
