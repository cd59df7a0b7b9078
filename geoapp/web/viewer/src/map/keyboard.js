/**
 * The map by keyboard: arrows go to the geographic neighbour, Home, End and Page keys walk the list, letters find a
 * name, Enter chooses, Escape clears, + and − zoom, Shift with an arrow moves the map.
 */

import { SHIFTS } from "./panning.js";
import { createLetters, walks } from "./walking.js";

/** @import { Place } from "./places.js" */
/** @import { Roster } from "./roster.js" */

/** @type {Record<string, [number, number]>} */
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
/** How far beside the direction (cosine) a region may lie: 60°, then a right angle for those who share no border. */
const BESIDE = 0.5;

/** How far off a place is in a direction, less when it lies straight ahead; Infinity where it is behind. */
/** @param {Place} from @param {Place} to @param {[number, number]} direction */
const effort = (from, to, [right, down]) => {
  const [dx, dy] = [to.inside[0] - from.inside[0], to.inside[1] - from.inside[1]];
  const away = Math.hypot(dx, dy);
  const straight = away ? (dx * right + dy * down) / away : 0;
  return straight > BESIDE ? away / straight ** 2 : Infinity;
};

/** @param {Place} from @param {Iterable<Place>} others @param {[number, number]} direction */
const easiest = (from, others, direction) => {
  let [found, least] = [0, Infinity];
  for (const place of others) {
    const needed = place.number === from.number ? Infinity : effort(from, place, direction);
    if (needed < least) [found, least] = [place.number, needed];
  }
  return found;
};

/**
 * The region an arrow leads to: the neighbour that lies that way, else the nearest other region there, else itself.
 * @param {Roster} places @param {number} number @param {string} key
 */
export const neighbour = (places, number, key) => {
  const from = places.place(number);
  const direction = DIRECTIONS[key];
  if (!from || !direction) return number;
  const beside = from.neighbours.flatMap((each) => places.place(each) ?? []);
  return easiest(from, beside, direction) || easiest(from, places.all(), direction) || number;
};

/** The region nearest to a point of the square. @param {Roster} places @param {[number, number]} point */
export const nearestTo = (places, [x, y]) => {
  let [found, least] = [0, Infinity];
  for (const { number, inside } of places.all()) {
    const away = Math.hypot(inside[0] - x, inside[1] - y);
    if (away < least) [found, least] = [number, away];
  }
  return found;
};

/** What the keys do. @typedef {{
 *   move: (key: string) => void, walk: (key: string) => void, find: (letters: string) => void, choose: () => void,
 *   clear: () => void, zoom: (step: number) => void, pan: (right: number, down: number) => void, leave: () => void,
 * }} Deeds */

/** @param {HTMLElement} frame takes the focus @param {Deeds} deeds */
export const listen = (frame, deeds) => {
  const letters = createLetters();
  frame.addEventListener("keydown", (event) => {
    const { key } = event;
    if (event.target !== frame || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.shiftKey && key in SHIFTS) deeds.pan(...SHIFTS[key]);
    else if (key in DIRECTIONS) deeds.move(key);
    else if (walks(key)) deeds.walk(key);
    else if (key === "Enter" || (key === " " && !letters.open())) deeds.choose();
    else if (key === "Escape") deeds.clear();
    else if (key === "+" || key === "=") deeds.zoom(1);
    else if (key === "-") deeds.zoom(-1);
    else if (key.length === 1) deeds.find(letters.add(key));
    else return;
    event.preventDefault();
  });
  frame.addEventListener("blur", deeds.leave);
};
