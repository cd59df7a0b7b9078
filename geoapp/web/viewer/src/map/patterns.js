/** Small repeating pictures for states and estimates, in screen pixels whatever the zoom. */

import { lightness } from "./colours.js";

/** @import { Pattern } from "./plan.js" */
/** @import { Theme } from "./theme.js" */

/** Anything that draws like a canvas. @typedef {CanvasRenderingContext2D} Context */
/** @typedef {{ width: number, height: number, draw: (ink: Context) => void }} Motif */

/** @param {Context} ink @param {number[][]} segments */
const strokes = (ink, segments) => {
  ink.beginPath();
  for (const [ax, ay, bx, by] of segments) {
    ink.moveTo(ax, ay);
    ink.lineTo(bx, by);
  }
  ink.stroke();
};

// A pitch of 6 across lines at 45° is a cell of 6·√2 along each axis.
const CELL = 6 * Math.SQRT2;
const RISING = [[-CELL, CELL, CELL, -CELL], [0, CELL, CELL, 0], [0, 2 * CELL, 2 * CELL, 0]];
const FALLING = RISING.map(([ax, ay, bx, by]) => [ax, CELL - ay, bx, CELL - by]);

/** @type {Record<Pattern, Motif>} */
export const MOTIFS = {
  hatch: { width: CELL, height: CELL, draw: (ink) => ((ink.lineWidth = 1.4), strokes(ink, RISING)) },
  crossed: { width: CELL, height: CELL, draw: (ink) => ((ink.lineWidth = 1.2), strokes(ink, [...RISING, ...FALLING])) },
  dashes: {
    width: 10,
    height: 14,
    draw: (ink) => ((ink.lineWidth = 1.3), strokes(ink, [[3, 3.5, 7, 3.5], [-2, 10.5, 2, 10.5], [8, 10.5, 12, 10.5]])),
  },
  rings: {
    width: 9,
    height: 9,
    draw(ink) {
      ink.lineWidth = 1.2;
      ink.beginPath();
      ink.arc(4.5, 4.5, 2.2, 0, 2 * Math.PI);
      ink.stroke();
    },
  },
};

/** @param {Context} ink two dots on the diagonal of a cell of 6 */
const dots = (ink) => {
  for (const at of [1.5, 4.5]) {
    ink.beginPath();
    ink.arc(at, at, 0.9, 0, 2 * Math.PI);
    ink.fill();
  }
};

/**
 * Patterns for a context, made once each. A cell is drawn on whole device pixels, then scaled back by at most half a
 * pixel, so that repeats meet without a seam.
 * @param {(width: number, height: number) => { getContext(kind: "2d"): Context | null }} blank makes an empty canvas
 * @param {Theme} theme @param {number} density device pixels per CSS pixel
 */
export const createPatterns = (blank, theme, density) => {
  /** @type {Map<string, { picture: any, x: number, y: number }>} */
  const made = new Map();

  /** @param {string} name @param {Motif} motif @param {string} ink @param {string} [ground] */
  const cell = (name, { width, height, draw }, ink, ground) => {
    const known = made.get(name);
    if (known) return known;
    const [across, down] = [Math.max(1, Math.round(width * density)), Math.max(1, Math.round(height * density))];
    const picture = blank(across, down);
    const context = /** @type {Context} */ (picture.getContext("2d"));
    if (ground) {
      context.fillStyle = ground;
      context.fillRect(0, 0, across, down);
    }
    context.scale(across / width, down / height);
    context.strokeStyle = ink;
    context.fillStyle = ink;
    draw(context);
    const entry = { picture, x: across, y: down };
    made.set(name, entry);
    return entry;
  };

  return {
    /** @param {Pattern} name */
    state: (name) => cell(name, MOTIFS[name], theme["pattern-ink"], theme["pattern-ground"]),
    /** Dots of an estimate on a class colour. @param {string} colour */
    estimate: (colour) =>
      lightness(colour) <= 60
        ? cell("dots-light", { width: 6, height: 6, draw: dots }, "rgba(255,255,255,.85)")
        : cell("dots-dark", { width: 6, height: 6, draw: dots }, "rgba(16,24,30,.75)"),
  };
};

/** @typedef {ReturnType<typeof createPatterns>} Patterns */
