/**
 * Paints the map on a canvas, in steps that may be spread over frames. Pure: everything it needs is handed in, so that a
 * test can record the strokes.
 */

import { mixed } from "./colours.js";
import { areas, borders, lines, outline, silhouette, some } from "./paths.js";
import { around } from "./segments.js";

/** @import { Rules } from "./paths.js" */
/** @import { Context, Patterns } from "./patterns.js" */
/** @import { Circle, Placed } from "./picking.js" */
/** @import { Look } from "./plan.js" */
/** @import { Ground } from "./surroundings.js" */
/** @import { Theme } from "./theme.js" */

/** A tile on the canvas; `box` is set where it stands in for one that is still coming, and must be cut to it. */
/** @typedef {Placed & { box: [number, number, number, number] | null }} Laid */
/** A picture on the canvas, px. @typedef {{ image: CanvasImageSource, x: number, y: number, side: number }} Picture */
/**
 * @typedef {Rules & {
 *   laid: Laid[], pictures: Picture[], emphasis: readonly number[] | null, circles: Circle[], ground: Ground | null,
 *   theme: Theme, patterns: Patterns, density: number, width: number, height: number, origin: [number, number],
 *   world: number, diagonal: number, flat: boolean,
 * }} Scene lengths in CSS px; `origin` is the canvas corner in the world, whose side is `world`; `diagonal` is the median
 *   region's on the screen; `flat` when circles carry the figures
 */

/** How much of a colour is left where it steps back. */
export const FADED = 0.22;
/** Islets are drawn at least this large, px. */
const ISLET = 3;
/**
 * Device pixels of the lines that close the seam between two fills. Not a whole one: up to one pixel browsers draw a
 * hairline, which takes a tenth of the time of a line with sides.
 */
const SEAM = 0.99;
/** Width of the village lines by the median region's diagonal: none below 5 px, then in fading steps. */
const WIDTHS = [[5, 0], [7, 0.35], [18, 0.35], [22, 0.6], [55, 0.6], [65, 0.8]];

/** @param {number} diagonal px */
export const lineWidth = (diagonal) => {
  const after = WIDTHS.findIndex(([size]) => diagonal < size);
  if (after === 0) return 0;
  if (after < 0) return WIDTHS[WIDTHS.length - 1][1];
  const [[from, thin], [to, thick]] = [WIDTHS[after - 1], WIDTHS[after]];
  return thin + ((thick - thin) * (diagonal - from)) / (to - from);
};

/** @param {Context} ink @param {Scene} scene */
export const clear = (ink, scene) => {
  ink.setTransform(scene.density, 0, 0, scene.density, 0, 0);
  ink.clearRect(0, 0, scene.width, scene.height);
  ink.globalAlpha = 1;
  ink.lineJoin = "round";
};

/** Draw in a tile's own units. @param {Context} ink @param {Scene} scene @param {Laid} laid @param {() => void} draw */
const inTile = (ink, scene, { x, y, scale, box }, draw) => {
  ink.save();
  if (box) {
    ink.setTransform(scene.density, 0, 0, scene.density, 0, 0);
    ink.beginPath();
    ink.rect(box[0], box[1], box[2] - box[0], box[3] - box[1]);
    ink.clip();
  }
  const factor = scale * scene.density;
  ink.setTransform(factor, 0, 0, factor, x * scene.density, y * scene.density);
  draw();
  ink.restore();
};

/** @param {Context} ink @param {Path2D} path @param {string} colour @param {number} width px @param {number} scale */
const line = (ink, path, colour, width, scale) => {
  if (!width) return;
  ink.strokeStyle = colour;
  ink.lineWidth = width / scale;
  ink.stroke(path);
};

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

/** The one colour below everything else of a look. @param {Scene} scene @param {Look} look */
const groundOf = ({ theme }, look) => look.fill ?? (look.pattern ? theme["pattern-ground"] : theme.land);

/**
 * Fill the regions of one look, and stroke them in the same ink, so that no ground shows between neighbours. What steps
 * back is mixed with the land, not seen through.
 * @param {Context} ink @param {Scene} scene @param {Laid} laid @param {Look} look @param {Path2D} path @param {boolean} outside
 */
const fillArea = (ink, scene, laid, look, path, outside) => {
  const faded = outside || !stands(scene, look);
  const colour = groundOf(scene, look);
  ink.fillStyle = faded ? mixed(colour, scene.theme.land, FADED) : colour;
  ink.fill(path);
  line(ink, path, /** @type {string} */ (ink.fillStyle), SEAM / scene.density, laid.scale);
  const cell = look.pattern ? scene.patterns.state(look.pattern) : look.dots && look.fill ? scene.patterns.estimate(look.fill) : null;
  if (!cell) return;
  ink.globalAlpha = faded ? FADED : 1;
  ink.fillStyle = repeated(ink, scene, laid, cell);
  ink.fill(path);
  ink.globalAlpha = 1;
};

/** Islets too small to see become discs in their colour. @param {Context} ink @param {Scene} scene @param {Laid} laid */
const discs = (ink, scene, { tile, scale }) => {
  if (scene.diagonal < 6) return;
  for (const { number, x, y, side } of borders(tile).islets) {
    if (side * scale >= ISLET) continue;
    const look = scene.look(number);
    ink.fillStyle = look.fill ?? scene.theme["pattern-ink"];
    ink.globalAlpha = (scene.within && !scene.within(number)) || scene.emphasis?.includes(look.byte) === false ? FADED : 1;
    ink.beginPath();
    ink.arc(x, y, ISLET / 2 / scale, 0, 2 * Math.PI);
    ink.fill();
  }
  ink.globalAlpha = 1;
};

/** Lines from fine to strong, as steps. @param {Context} ink @param {Scene} scene @param {Laid} laid @returns {(() => void)[]} */
const lineSteps = (ink, scene, { tile, scale }) => {
  const { theme, looks, within } = scene;
  const width = lineWidth(scene.diagonal);
  /** @param {number} number */
  const pattern = (number) => number > 0 && Boolean(scene.look(number).pattern);
  /** @param {number} number */
  const dashed = (number) => number > 0 && scene.look(number).dashed;
  return [
    () => line(ink, lines(scene, tile).inner, scene.flat ? theme["neighbour-line"] : theme["region-line"], width, scale),
    () => {
      // a white line does not show between two regions without a figure
      const states = some(scene, tile, "states", looks, (first, second) => second > 0 && pattern(first) && pattern(second));
      line(ink, states, theme["neighbour-line"], width, scale);
      ink.setLineDash([4 / scale, 3 / scale]);
      line(ink, some(scene, tile, "dashed", looks, (first, second) => dashed(first) || dashed(second)), theme["pattern-ink"], 1.2, scale);
      ink.setLineDash([]);
    },
    () => {
      const { parent, outer } = lines(scene, tile);
      line(ink, parent, scene.flat ? theme["neighbour-line"] : theme.paper, width && Math.max(0.9, Math.min(1.6, width * 2.4)), scale);
      line(ink, outer, theme.outline, 1.1, scale);
      if (within) line(ink, some(scene, tile, "area", within, around(within)), theme.outline, 2, scale);
    },
  ];
};

/**
 * Fills, as steps. First everything in one colour as one shape, which has no seams inside: whatever shows between two
 * fills, it is not the ground.
 * @param {Context} ink @param {Scene} scene @param {Laid} laid @returns {(() => void)[]}
 */
const fillSteps = (ink, scene, laid) => [
  () => {
    const all = areas(scene, laid.tile);
    const first = all.find(({ look }) => !look.dashed) ?? all[0];
    if (!first) return;
    const colour = groundOf(scene, first.look);
    ink.fillStyle = first.inside && stands(scene, first.look) ? colour : mixed(colour, scene.theme.land, FADED);
    ink.fill(silhouette(scene, laid.tile));
  },
  ...areas(scene, laid.tile).map(({ look, inside, outside }) => () => {
    if (outside) fillArea(ink, scene, laid, look, outside, true);
    if (inside) fillArea(ink, scene, laid, look, inside, false);
  }),
  () => discs(ink, scene, laid),
];

/** @param {Context} ink @param {Scene} scene */
const paintCircles = (ink, { circles, theme, density, within, emphasis }) => {
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
const paintGround = (ink, { ground, theme, density, origin, world, width, height }) => {
  if (!ground) return;
  ink.fillStyle = theme.water;
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

/**
 * The map: ground, casing, fills, patterns, lines from fine to strong, outline, circles. One step a tile and kind, so
 * that whoever runs it may let the page breathe between two.
 * @param {Context} ink @param {Scene} scene @returns {Generator<void, void, void>}
 */
export function* paintMap(ink, scene) {
  clear(ink, scene);
  paintGround(ink, scene);
  for (const { image, x, y, side } of scene.pictures) {
    ink.setTransform(scene.density, 0, 0, scene.density, 0, 0);
    ink.drawImage(image, x, y, side, side);
  }
  for (const laid of scene.laid) {
    yield;
    inTile(ink, scene, laid, () => {
      ink.globalAlpha = 0.55;
      line(ink, lines(scene, laid.tile).outer, scene.theme.casing, 4, laid.scale);
      ink.globalAlpha = 1;
    });
  }
  for (const steps of [fillSteps, lineSteps])
    for (const laid of scene.laid)
      for (const step of steps(ink, scene, laid)) {
        yield;
        inTile(ink, scene, laid, step);
      }
  yield;
  paintCircles(ink, scene);
}

/**
 * One region's outline in a casing, across all tiles.
 * @param {Context} ink @param {Scene} scene @param {number} number
 * @param {{ thin: number, thick: number, dashed?: boolean }} how widths of line and casing, px
 */
export const paintOutline = (ink, scene, number, { thin, thick, dashed = false }) => {
  const { theme, density } = scene;
  const circle = scene.circles.find((each) => each.number === number);
  for (const [colour, width] of /** @type {[string, number][]} */ ([[theme.casing, thick], [theme.selected, thin]])) {
    const broken = dashed && colour === theme.selected;
    for (const laid of scene.laid) {
      const path = outline(scene, laid.tile, number);
      if (!path) continue;
      inTile(ink, scene, laid, () => {
        ink.lineCap = broken ? "butt" : "round";
        if (broken) ink.setLineDash([6 / laid.scale, 4 / laid.scale]);
        line(ink, path, colour, width, laid.scale);
        ink.setLineDash([]);
      });
    }
    if (!circle) continue;
    ink.setTransform(density, 0, 0, density, 0, 0);
    ink.beginPath();
    ink.arc(circle.x, circle.y, circle.radius, 0, 2 * Math.PI);
    ink.strokeStyle = colour;
    ink.lineWidth = width;
    ink.stroke();
  }
};
