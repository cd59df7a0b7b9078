/** Lines of the map, from fine to strong, at the same width on the screen whatever the scale. */

import { lines, outline, some } from "./paths.js";
import { around } from "./segments.js";

/** @import { Laid, Scene } from "./painter.js" */
/** @import { Context } from "./patterns.js" */

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

/** An empty sheet in CSS px. @param {Context} ink @param {Scene} scene */
export const clear = (ink, scene) => {
  ink.setTransform(scene.density, 0, 0, scene.density, 0, 0);
  ink.clearRect(0, 0, scene.width, scene.height);
  ink.globalAlpha = 1;
  ink.lineJoin = "round";
};

/** Draw in a tile's own units. @param {Context} ink @param {Scene} scene @param {Laid} laid @param {() => void} draw */
export const inTile = (ink, scene, { x, y, scale, box }, draw) => {
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
export const line = (ink, path, colour, width, scale) => {
  if (!width) return;
  ink.strokeStyle = colour;
  ink.lineWidth = width / scale;
  ink.stroke(path);
};

/** The light edge around everything, below the fills. @param {Context} ink @param {Scene} scene @param {Laid} laid @returns {(() => void)[]} */
export const casingSteps = (ink, scene, { tile, scale }) => [
  () => {
    ink.globalAlpha = 0.55;
    line(ink, lines(scene, tile).outer, scene.theme.casing, 4, scale);
    ink.globalAlpha = 1;
  },
];

/** Lines above the fills, as steps. @param {Context} ink @param {Scene} scene @param {Laid} laid @returns {(() => void)[]} */
export const lineSteps = (ink, scene, { tile, scale }) => {
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
    if (circle) ring(ink, density, circle, colour, width);
  }
};

/** @param {Context} ink @param {number} density @param {{ x: number, y: number, radius: number }} circle px @param {string} colour @param {number} width px */
export const ring = (ink, density, { x, y, radius }, colour, width) => {
  ink.setTransform(density, 0, 0, density, 0, 0);
  ink.beginPath();
  ink.arc(x, y, radius, 0, 2 * Math.PI);
  ink.strokeStyle = colour;
  ink.lineWidth = width;
  ink.stroke();
};
