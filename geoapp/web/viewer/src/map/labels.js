/** Which names stand on the map: districts' or, without districts, the regions' own; the larger first, where they fit. */

/** @import { Place, Places } from "./places.js" */

/** @typedef {{ text: string, x: number, y: number }} Label `y` is the middle of the letters */
/**
 * @typedef {{ width: (text: string) => number, size: number, most: number, room: [number, number, number, number],
 *   at: (inside: [number, number]) => [number, number], world: number, taken: number[][] }} Means
 *   lengths in CSS px; `room` (left, top, right, bottom) is where names may stand, `world` the width of the world,
 *   `taken` are boxes of the same form that must stay free
 */

/** Part of a district's box that its name may be wide. */
const SHARE = 0.8;
/** Air around a name, px. */
const AIR = 2;

/** A district: where its villages lie, and the village in its middle. @typedef {{ name: string, box: number[], middle: Place }} Family */

/** @type {WeakMap<Places, Family[]>} */
const known = new WeakMap();

/** @param {Place[]} children @returns {Family} */
const family = (children) => {
  const mean = [0, 1].map((side) => children.reduce((sum, { inside }) => sum + inside[side], 0) / children.length);
  /** @param {Place} place */
  const far = ({ inside }) => Math.hypot(inside[0] - mean[0], inside[1] - mean[1]);
  const box = [Math.min, Math.min, Math.max, Math.max].map((choose, side) => choose(...children.map((each) => each.box[side])));
  return { name: children[0].parentName, box, middle: children.reduce((best, each) => (far(each) < far(best) ? each : best)) };
};

/** What is named, from the largest to the smallest. @param {Places} places @returns {Family[]} */
const families = (places) => {
  const kept = known.get(places);
  if (kept) return kept;
  /** @type {Map<string, Place[]>} */
  const by = new Map();
  const all = [...places.all()];
  for (const place of all) if (place.parentName) by.set(place.parent, [...(by.get(place.parent) ?? []), place]);
  /** @param {Family} family */
  const size = ({ box }) => (box[2] - box[0]) * (box[3] - box[1]);
  const own = () => all.map((each) => ({ name: each.name, box: each.box, middle: each }));
  const found = (places.level === "village" && by.size > 1 ? [...by.values()].map(family) : own()).sort((a, b) => size(b) - size(a));
  known.set(places, found);
  return found;
};

/** @param {Places | null} places @param {Means} means @returns {Label[]} */
export const labelsOf = (places, { width, size, most, room, at, world, taken }) => {
  /** @type {Label[]} */
  const placed = [];
  /** @param {Label} label */
  const box = ({ text, x, y }) => [x - width(text) / 2 - AIR, y - size / 2 - AIR, x + width(text) / 2 + AIR, y + size / 2 + AIR];
  const boxes = [...taken];
  for (const { name, box: extent, middle } of places ? families(places) : []) {
    if (placed.length >= most) break;
    if (width(name) > (extent[2] - extent[0]) * world * SHARE || size > (extent[3] - extent[1]) * world * SHARE) continue;
    const [x, y] = at(middle.inside);
    const label = { text: name, x, y };
    const own = box(label);
    if (own[0] < room[0] || own[1] < room[1] || own[2] > room[2] || own[3] > room[3]) continue;
    if (boxes.some((other) => own[0] < other[2] && own[2] > other[0] && own[1] < other[3] && own[3] > other[1])) continue;
    boxes.push(own);
    placed.push(label);
  }
  return placed;
};
