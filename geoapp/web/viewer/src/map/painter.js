/** Draws a scene on a canvas: pure, everything it needs is handed in, so that a test can record the strokes. */

import { edgesOf, outline } from "./edges.js";

/** @import { Lines } from "./edges.js" */
/** @import { Label } from "./labels.js" */
/** @import { Context, Patterns } from "./patterns.js" */
/** @import { Circle, Placed } from "./picking.js" */
/** @import { Look } from "./plan.js" */
/** @import { Theme } from "./theme.js" */
/** @import { Tile } from "./tiles.js" */

/** A tile on the canvas; `whole` is false where it stands in for one that is still coming and must be cut to `box`. */
/** @typedef {Placed & { box: [number, number, number, number] | null }} Laid */
/**
 * @typedef {{
 *   laid: Laid[], look: (number: number) => Look, looks: object, parentOf: (number: number) => string, parents: object,
 *   emphasis: readonly number[] | null, circles: Circle[], theme: Theme, patterns: Patterns, density: number,
 *   width: number, height: number, origin: [number, number], diagonal: number, flat: boolean,
 *   Path: new () => Path2D,
 * }} Scene lengths in CSS px; `origin` is the canvas corner in the world, `diagonal` the median region's on the screen,
 *   `looks` and `parents` change identity when what they stand for changes; `flat` when circles carry the figures
 */

const FADED = 0.22;
const ISLET = 3;
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

/** @param {Path2D | Context} path @param {Int32Array[]} rings */
const trace = (path, rings) => {
  for (const ring of rings) {
    path.moveTo(ring[0], ring[1]);
    for (let at = 2; at + 3 < ring.length; at += 2) path.lineTo(ring[at], ring[at + 1]);
    path.closePath();
  }
};

/** @param {Scene} scene @param {Lines} lines */
const pathOf = (scene, lines) => {
  const path = new scene.Path();
  for (const line of lines) {
    path.moveTo(line[0], line[1]);
    for (let at = 2; at < line.length; at += 2) path.lineTo(line[at], line[at + 1]);
  }
  return path;
};

/** What was worked out for a tile, kept while it holds. */
/** @type {WeakMap<Tile, { looks?: object, areas?: Map<Look, Path2D>, parents?: object, edges?: Record<"inner" | "parent" | "outer", Path2D> }>} */
const worked = new WeakMap();

/** @param {Tile} tile */
const memory = (tile) => {
  let kept = worked.get(tile);
  if (!kept) worked.set(tile, (kept = {}));
  return kept;
};

/** One path for all regions of a look. @param {Scene} scene @param {Tile} tile @returns {Map<Look, Path2D>} */
const areas = (scene, tile) => {
  const kept = memory(tile);
  if (kept.areas && kept.looks === scene.looks) return kept.areas;
  /** @type {Map<Look, Path2D>} */
  const found = new Map();
  for (const { number, rings } of tile.pieces) {
    const look = scene.look(number);
    let path = found.get(look);
    if (!path) found.set(look, (path = new scene.Path()));
    trace(path, rings);
  }
  [kept.areas, kept.looks] = [found, scene.looks];
  return found;
};

/** @param {Scene} scene @param {Tile} tile */
const edges = (scene, tile) => {
  const kept = memory(tile);
  if (kept.edges && kept.parents === scene.parents) return kept.edges;
  const { inner, parent, outer } = edgesOf(tile, scene.parentOf);
  kept.edges = { inner: pathOf(scene, inner), parent: pathOf(scene, parent), outer: pathOf(scene, outer) };
  kept.parents = scene.parents;
  return kept.edges;
};

/** Draw each tile in its own units. @param {Context} ink @param {Scene} scene @param {(laid: Laid) => void} draw */
const eachTile = (ink, scene, draw) => {
  for (const laid of scene.laid) {
    const { x, y, scale, box } = laid;
    ink.save();
    if (box) {
      ink.setTransform(scene.density, 0, 0, scene.density, 0, 0);
      ink.beginPath();
      ink.rect(box[0], box[1], box[2] - box[0], box[3] - box[1]);
      ink.clip();
    }
    const factor = scale * scene.density;
    ink.setTransform(factor, 0, 0, factor, x * scene.density, y * scene.density);
    draw(laid);
    ink.restore();
  }
};

/** A repeating picture that keeps its size and its place in the world. @param {Context} ink @param {Scene} scene @param {Laid} laid @param {{ picture: any, x: number, y: number }} cell */
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

/** Fill the regions of one look, and stroke them in the same ink, so that no ground shows between neighbours. */
/** @param {Context} ink @param {Scene} scene @param {Laid} laid @param {Look} look @param {Path2D} path */
const fillArea = (ink, scene, laid, look, path) => {
  ink.globalAlpha = scene.emphasis === null || scene.emphasis.includes(look.byte) ? 1 : FADED;
  const flat = look.fill ?? scene.theme.land;
  const style = look.pattern ? repeated(ink, scene, laid, scene.patterns.state(look.pattern)) : flat;
  ink.fillStyle = style;
  ink.fill(path);
  if (ink.globalAlpha === 1 && !look.pattern) {
    ink.strokeStyle = flat;
    ink.lineWidth = 0.7 / laid.scale;
    ink.stroke(path);
  }
  if (look.dots && look.fill) {
    ink.fillStyle = repeated(ink, scene, laid, scene.patterns.estimate(look.fill));
    ink.fill(path);
  }
};

/** Regions without a figure lie side by side in one pattern: a line that shows on paper parts them. @param {Context} ink @param {Scene} scene @param {Laid} laid @param {number} width */
const partStates = (ink, scene, { tile, scale }, width) => {
  for (const piece of tile.pieces)
    if (scene.look(piece.number).pattern)
      line(ink, pathOf(scene, outline(piece, tile.extent)), scene.theme["neighbour-line"], width, scale);
};

/** Dashed edge of regions that nobody asked about. @param {Context} ink @param {Scene} scene @param {Laid} laid */
const dashEdges = (ink, scene, { tile, scale }) => {
  ink.setLineDash([4 / scale, 3 / scale]);
  for (const piece of tile.pieces)
    if (scene.look(piece.number).dashed)
      line(ink, pathOf(scene, outline(piece, tile.extent)), scene.theme["pattern-ink"], 1.2, scale);
  ink.setLineDash([]);
};

/** Islets too small to see become discs in their colour. @param {Context} ink @param {Scene} scene @param {Laid} laid */
const discs = (ink, scene, { tile, scale }) => {
  if (scene.diagonal < 6) return;
  for (const { number, box } of tile.pieces) {
    if (Math.max(box[2] - box[0], box[3] - box[1]) * scale >= ISLET) continue;
    ink.fillStyle = scene.look(number).fill ?? scene.theme["pattern-ink"];
    ink.beginPath();
    ink.arc((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, ISLET / 2 / scale, 0, 2 * Math.PI);
    ink.fill();
  }
};

/** @param {Context} ink @param {Path2D} path @param {string} colour @param {number} width @param {number} scale */
const line = (ink, path, colour, width, scale) => {
  if (!width) return;
  ink.strokeStyle = colour;
  ink.lineWidth = width / scale;
  ink.stroke(path);
};

/** @param {Context} ink @param {Scene} scene */
const clear = (ink, scene) => {
  ink.setTransform(scene.density, 0, 0, scene.density, 0, 0);
  ink.clearRect(0, 0, scene.width, scene.height);
  ink.lineJoin = "round";
};

/** @param {Context} ink @param {Scene} scene */
const paintCircles = (ink, { circles, theme, density }) => {
  ink.setTransform(density, 0, 0, density, 0, 0);
  for (const { x, y, radius } of [...circles].sort((a, b) => b.radius - a.radius)) {
    ink.beginPath();
    ink.arc(x, y, radius, 0, 2 * Math.PI);
    ink.globalAlpha = 0.72;
    ink.fillStyle = theme.circle;
    ink.fill();
    ink.globalAlpha = 1;
    ink.strokeStyle = theme.paper;
    ink.lineWidth = 0.8;
    ink.stroke();
  }
};

/** The map: casing, fills, patterns, lines from fine to strong, outline, circles. @param {Context} ink @param {Scene} scene */
export const paintMap = (ink, scene) => {
  const { theme } = scene;
  const width = lineWidth(scene.diagonal);
  clear(ink, scene);
  ink.globalAlpha = 0.55;
  eachTile(ink, scene, ({ tile, scale }) => line(ink, edges(scene, tile).outer, theme.casing, 4, scale));
  ink.globalAlpha = 1;
  eachTile(ink, scene, (laid) => {
    for (const [look, path] of areas(scene, laid.tile)) fillArea(ink, scene, laid, look, path);
    ink.globalAlpha = 1;
    discs(ink, scene, laid);
  });
  eachTile(ink, scene, (laid) => {
    const { tile, scale } = laid;
    const { inner, parent, outer } = edges(scene, tile);
    const fine = scene.flat ? theme["neighbour-line"] : theme["region-line"];
    line(ink, inner, fine, width, scale);
    partStates(ink, scene, laid, width);
    dashEdges(ink, scene, laid);
    line(ink, parent, scene.flat ? theme["neighbour-line"] : theme.paper, width && Math.max(0.9, Math.min(1.6, width * 2.4)), scale);
    line(ink, outer, theme.outline, 1.1, scale);
  });
  paintCircles(ink, scene);
};

/** One region's outline in a casing, across all tiles. @param {Context} ink @param {Scene} scene @param {number} number @param {[number, number]} widths line and casing */
const paintOutline = (ink, scene, number, [thin, thick]) => {
  for (const [colour, width] of /** @type {[string, number][]} */ ([[scene.theme.casing, thick], [scene.theme.selected, thin]])) {
    eachTile(ink, scene, ({ tile, scale }) => {
      ink.lineCap = "round";
      for (const piece of tile.pieces)
        if (piece.number === number) line(ink, pathOf(scene, outline(piece, tile.extent)), colour, width, scale);
    });
    const circle = scene.circles.find((each) => each.number === number);
    if (!circle) continue;
    ink.setTransform(scene.density, 0, 0, scene.density, 0, 0);
    ink.beginPath();
    ink.arc(circle.x, circle.y, circle.radius, 0, 2 * Math.PI);
    ink.strokeStyle = colour;
    ink.lineWidth = width;
    ink.stroke();
  }
};

/** A name in a halo. @param {Context} ink @param {Scene} scene @param {Label} label @param {string} font @param {CanvasTextBaseline} line where in the letters `y` is */
const paintLabel = (ink, scene, { text, x, y }, font, line) => {
  ink.setTransform(scene.density, 0, 0, scene.density, 0, 0);
  ink.font = font;
  ink.textAlign = "center";
  ink.textBaseline = line;
  ink.lineWidth = 3;
  ink.strokeStyle = "rgba(255,255,255,.86)";
  ink.strokeText(text, x, y);
  ink.fillStyle = "#14212b";
  ink.fillText(text, x, y);
};

/**
 * What lies above the map: names of places, the region under the pointer, the chosen one and its name.
 * @param {Context} ink @param {Scene} scene
 * @param {{ hovered: number, chosen: number, label: Label | null, font: string, names?: Label[], small?: string }} marked
 */
export const paintMarks = (ink, scene, { hovered, chosen, label, font, names = [], small = font }) => {
  clear(ink, scene);
  for (const name of names) paintLabel(ink, scene, name, small, "middle");
  if (hovered && hovered !== chosen) paintOutline(ink, scene, hovered, [1.5, 3.5]);
  if (chosen) paintOutline(ink, scene, chosen, [2.5, 5.5]);
  if (label) paintLabel(ink, scene, label, font, "bottom");
};
