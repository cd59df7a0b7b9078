/** The map by keyboard: arrows go to the geographic neighbour, Enter chooses, Escape clears, + and − zoom. */

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

/**
 * @param {HTMLElement} frame takes the focus
 * @param {{ move: (key: string) => void, choose: () => void, clear: () => void, zoom: (step: number) => void, leave: () => void }} deeds
 */
export const listen = (frame, deeds) => {
  frame.addEventListener("keydown", (event) => {
    if (event.target !== frame || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key in DIRECTIONS) deeds.move(event.key);
    else if (event.key === "Enter" || event.key === " ") deeds.choose();
    else if (event.key === "Escape") deeds.clear();
    else if (event.key === "+" || event.key === "=") deeds.zoom(1);
    else if (event.key === "-") deeds.zoom(-1);
    else return;
    event.preventDefault();
  });
  frame.addEventListener("blur", deeds.leave);
};
