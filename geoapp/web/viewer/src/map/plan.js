/** The plan as it comes over the line, one byte a region, and the look each byte means. */

/** @import { PlanDocument, LegendRow } from "./layer.js" */

/** A pattern of `patterns.js`. @typedef {"hatch" | "crossed" | "dashes" | "rings"} Pattern */
/**
 * How a region is drawn. `fill` is a colour, or null for the ground of the map; `dots` marks an estimate; `dashed` is
 * the edge of a region nobody asked about. Looks are shared: the same look is the same object.
 * @typedef {Readonly<{ byte: number, fill: string | null, pattern: Pattern | null, dots: boolean, dashed: boolean }>} Look
 */

export const CIRCLE_STEPS = 200;
export const ESTIMATED = 1 << 2;
const FIRST_STATE = 251;
/** @type {Record<number, Partial<Look>>} */
const STATES = {
  251: { pattern: "hatch" },
  252: { pattern: "dashes" },
  253: { pattern: "crossed" },
  254: { dashed: true },
};

/**
 * @param {ArrayBuffer} body edition id, a line feed, one byte a region, then one byte of marks a region or none
 * @param {string} edition @param {number} regions
 * @returns {{ classes: Uint8Array, marks: Uint8Array | null }}
 * @throws {Error} when the bytes belong to another edition or another number of regions
 */
export const read = (body, edition, regions) => {
  const bytes = new Uint8Array(body);
  const end = bytes.indexOf(10);
  const named = String.fromCharCode(...bytes.subarray(0, Math.max(end, 0)));
  const rest = bytes.length - end - 1;
  if (named !== edition || (rest !== regions && rest !== 2 * regions))
    throw new Error(`the classes are of ${named} with ${rest} bytes, not of ${edition} with ${regions} regions`);
  const classes = bytes.subarray(end + 1, end + 1 + regions);
  return { classes, marks: rest > regions ? bytes.subarray(end + 1 + regions) : null };
};

/** @param {PlanDocument} document @param {{ classes: Uint8Array, marks: Uint8Array | null }} arrays */
export const createPlan = (document, { classes, marks }) => {
  const circles = document.kind === "circles";
  const zero = document.legend.find((row) => row.kind === "zero")?.byte;
  const letters = new Map(document.legend.flatMap(({ byte, letter }) => (letter && byte !== undefined ? [[byte, letter]] : [])));
  /** @type {Map<number, Look>} */
  const looks = new Map();

  /** @type {string | null} */
  let silent = null;

  /** @param {number} byte @param {boolean} dots @returns {Look} */
  const made = (byte, dots) => {
    const plain = { byte, fill: null, pattern: null, dots, dashed: false };
    if (byte >= FIRST_STATE) return Object.freeze({ ...plain, dots: false, ...(STATES[byte] ?? STATES[251]) });
    if (byte === zero) return Object.freeze({ ...plain, pattern: /** @type {Pattern} */ ("rings") });
    if (circles) return Object.freeze({ ...plain, byte: 0, dots: false });
    return Object.freeze({ ...plain, fill: document.colours[byte] ?? null });
  };

  return Object.freeze({
    document,
    circles,
    /** The byte of region `number` (1…N). @param {number} number */
    byte: (number) => classes[number - 1] ?? 254,
    /** @param {number} number */
    isState: (number) => (classes[number - 1] ?? 254) >= FIRST_STATE,
    /** Share of the largest radius, 0…1; 0 for a state. @param {number} number */
    radius: (number) => (circles && classes[number - 1] < FIRST_STATE ? classes[number - 1] / CIRCLE_STEPS : 0),
    /** @param {number} number @returns {Look} */
    look(number) {
      const byte = classes[number - 1] ?? 254;
      const dots = Boolean(marks && marks[number - 1] & ESTIMATED);
      const key = (circles && byte < FIRST_STATE ? 0 : byte) * 2 + Number(dots);
      let look = looks.get(key);
      if (!look) looks.set(key, (look = made(byte, dots)));
      return look;
    },
    /** Which regions have a pattern instead of a colour, in one word: plans that say the same have the same lines. */
    get silent() {
      silent = silent ?? [...classes].flatMap((byte, at) => (byte >= FIRST_STATE || byte === zero ? [`${at}:${byte}`] : [])).join();
      return silent;
    },
    /** The letter of its category, "" where categories have none. @param {number} number @param {"id" | "en"} language */
    letter: (number, language) => letters.get(classes[number - 1])?.[language] ?? "",
    /** The legend's row of region `number`. @param {number} number @returns {LegendRow | undefined} */
    row: (number) => document.legend.find((row) => row.byte === classes[number - 1]),
  });
};

/** @typedef {ReturnType<typeof createPlan>} Plan */
