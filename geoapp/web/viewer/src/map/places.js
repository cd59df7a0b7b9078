/** What is known of every region beside its shape: names, inside points, boxes, parents and neighbours. */

import { project } from "./mercator.js";

/**
 * @typedef {{ edition: string, level: string, numbers: number[], codes: string[], names: string[],
 *   kinds: (string | null)[], parents: (string | null)[], parentNames: (string | null)[],
 *   inside: [number, number][], boxes: [number, number, number, number][], neighbours: number[][] }} PlacesDocument
 */
/**
 * @typedef {{ number: number, code: string, name: string, kind: string, parent: string, parentName: string,
 *   inside: [number, number], box: [number, number, number, number], neighbours: number[] }} Place
 *   `inside` and `box` in the square of `mercator.js` (box: west, north, east, south)
 */

/** @param {PlacesDocument} document */
export const createPlaces = (document) => {
  /** @type {Map<number, Place>} */
  const places = new Map();
  /** @type {Map<string, number>} */
  const numbers = new Map();
  document.numbers.forEach((number, at) => {
    const [west, south, east, north] = document.boxes[at];
    places.set(number, {
      number,
      code: document.codes[at],
      name: document.names[at],
      kind: document.kinds[at] ?? "",
      parent: document.parents[at] ?? "",
      parentName: document.parentNames[at] ?? "",
      inside: project(...document.inside[at]),
      box: [...project(west, north), ...project(east, south)],
      neighbours: document.neighbours[at] ?? [],
    });
    numbers.set(document.codes[at], number);
  });
  const diagonals = [...places.values()].map(({ box }) => Math.hypot(box[2] - box[0], box[3] - box[1])).sort((a, b) => a - b);

  return Object.freeze({
    size: places.size,
    level: document.level,
    all: () => places.values(),
    /** @param {number} number @returns {Place | undefined} */
    place: (number) => places.get(number),
    /** 0 where no region has this code. @param {string} code */
    number: (code) => numbers.get(code) ?? 0,
    /** Diagonal of the median region, in widths of the world. */
    diagonal: diagonals[Math.floor(diagonals.length / 2)] ?? 0,
  });
};

/** @typedef {ReturnType<typeof createPlaces>} Places */
