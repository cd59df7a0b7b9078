/** What lies above the map: names, the region under the pointer, the chosen and the compared one. */

import { clear, paintOutline, ring } from "./strokes.js";

/** @import { Kind, Label } from "./labels.js" */
/** @import { Scene } from "./painter.js" */
/** @import { Context } from "./patterns.js" */

/**
 * How names are written. Names on fills are dark in a light halo in either theme, because the fills are the same.
 * @typedef {{ font: string, size: number, spacing: number, ink: string, halo: boolean }} Type
 */
/** @typedef {Record<Kind, Type>} Types */

/** Regions smaller than this (diagonal, px) are marked by a ring of this radius. */
const RING = 10;
const SERIF = 'Georgia, "Noto Serif", serif';

/** @param {string} family @param {boolean} phone @param {import("./theme.js").Theme} theme @returns {Types} */
export const typesOf = (family, phone, theme) => {
  const [large, middle, small] = phone ? [12.5, 10.5, 9] : [13.5, 11.5, 11];
  const dark = "#14212b";
  return {
    chosen: { font: `600 ${large}px ${family}`, size: large, spacing: 0, ink: dark, halo: true },
    district: { font: `500 ${middle}px ${family}`, size: middle, spacing: 0, ink: dark, halo: true },
    village: { font: `400 ${middle - 0.5}px ${family}`, size: middle - 0.5, spacing: 0, ink: dark, halo: true },
    letter: { font: `700 11px ${family}`, size: 11, spacing: 0, ink: dark, halo: false },
    neighbour: { font: `400 ${small}px ${family}`, size: small, spacing: 0.1, ink: theme["neighbour-name"], halo: false },
    sea: { font: `italic 400 13px ${SERIF}`, size: 13, spacing: 0.12, ink: theme["sea-name"], halo: false },
  };
};

/** Set a context up for a type. @param {Context} ink @param {Type} type */
const dress = (ink, { font, size, spacing }) => {
  ink.font = font;
  if ("letterSpacing" in ink) ink.letterSpacing = `${(spacing * size).toFixed(2)}px`;
};

/** How wide a name is, px. @param {Context} ink @param {Types} types @returns {(text: string, kind: Kind) => number} */
export const measure = (ink, types) => (text, kind) => {
  dress(ink, types[kind]);
  return ink.measureText(text).width;
};

/** @param {Context} ink @param {Scene} scene @param {Types} types @param {Label} label */
const paintLabel = (ink, scene, types, { text, x, y, kind, ink: own }) => {
  const type = types[kind];
  ink.setTransform(scene.density, 0, 0, scene.density, 0, 0);
  dress(ink, type);
  ink.textAlign = "center";
  ink.textBaseline = "middle";
  ink.lineWidth = 3;
  if (type.halo) {
    ink.strokeStyle = "rgba(255,255,255,.86)";
    ink.strokeText(text, x, y);
  }
  ink.fillStyle = own ?? type.ink;
  ink.fillText(text, x, y);
};

/**
 * A region's outline; one too small to bear it gets a ring around it.
 * @param {Context} ink @param {Scene} scene @param {number} number @param {{ thin: number, thick: number, dashed?: boolean }} how
 */
const paintMark = (ink, scene, number, how) => {
  const box = scene.circles.length ? undefined : scene.roster.place(number)?.box;
  if (!box || Math.hypot(box[2] - box[0], box[3] - box[1]) * scene.world > RING) return paintOutline(ink, scene, number, how);
  paintOutline(ink, scene, number, { thin: 1, thick: 2 });
  const [x, y] = [0, 1].map((side) => ((box[side] + box[side + 2]) / 2) * scene.world - scene.origin[side]);
  for (const [colour, width] of /** @type {[string, number][]} */ ([[scene.theme.casing, how.thick], [scene.theme.selected, how.thin]]))
    ring(ink, scene.density, { x, y, radius: RING }, colour, width);
};

/**
 * @param {Context} ink @param {Scene} scene
 * @param {{ hovered: number, chosen: number, compared: number, labels: Label[], types: Types }} marked
 */
export const paintMarks = (ink, scene, { hovered, chosen, compared, labels, types }) => {
  clear(ink, scene);
  for (const label of labels) if (label.kind !== "chosen") paintLabel(ink, scene, types, label);
  if (hovered && hovered !== chosen && hovered !== compared) paintMark(ink, scene, hovered, { thin: 1.5, thick: 3.5 });
  if (compared) paintMark(ink, scene, compared, { thin: 2.5, thick: 5.5, dashed: true });
  if (chosen) paintMark(ink, scene, chosen, { thin: 2.5, thick: 5.5 });
  for (const label of labels) if (label.kind === "chosen") paintLabel(ink, scene, types, label);
};
