/** Which names stand on the map, and where: each where it fits, in the order of what matters, none over another. */

import { inkOn } from "./colours.js";

/** @import { Place } from "./places.js" */
/** @import { Roster } from "./roster.js" */
/** @import { GroundName } from "./surroundings.js" */

/** `y` is the middle of the letters; `ink` where the kind has no colour of its own. @typedef {{ text: string, x: number, y: number, kind: Kind, ink?: string }} Label */
/** @typedef {"chosen" | "district" | "village" | "letter" | "neighbour" | "sea"} Kind */
/** A category's letter at the inside point of a region of this colour. @typedef {{ text: string, x: number, y: number, colour: string }} Letter */
/** left, top, right, bottom @typedef {[number, number, number, number]} Box */
/**
 * @typedef {{ width: (text: string, kind: Kind) => number, size: (kind: Kind) => number, most: number, room: Box,
 *   at: (inside: [number, number]) => [number, number], world: number,
 *   taken?: Box[] }} Means
 *   lengths in CSS px; `room` is where names may stand, `taken` what must stay free of them, `most` how many of districts and villages, `world` the width of
 *   the world
 */

/** Part of a district's box that its name may be wide. */
const SHARE = 0.8;
/** Air around a name, px; a name above its region keeps this far off. */
const [AIR, LIFT] = [2, 6];
/** How far a neighbour's name may be moved to stand clear, px right and down. */
const NUDGES = [[0, 0], [0, -14], [0, 14], [-18, 0], [18, 0], [-18, -14], [18, -14], [-18, 14], [18, 14]];
/** A sea's name comes into view from no further off than this, px. */
const OFFING = 120;
/** Letters of a name beyond which it is cut. */
const LONGEST = 40;

/** A district: where its villages lie, and the village in its middle. @typedef {{ name: string, box: number[], middle: Place }} Family */

/** @type {WeakMap<Roster, Family[]>} */
const known = new WeakMap();

/** @param {Place[]} children @returns {Family} */
const family = (children) => {
  const mean = [0, 1].map((side) => children.reduce((sum, { inside }) => sum + inside[side], 0) / children.length);
  /** @param {Place} place */
  const far = ({ inside }) => Math.hypot(inside[0] - mean[0], inside[1] - mean[1]);
  const box = [Math.min, Math.min, Math.max, Math.max].map((choose, side) => children.reduce((least, each) => choose(least, each.box[side]), children[0].box[side]));
  return { name: children[0].parentName, box, middle: children.reduce((best, each) => (far(each) < far(best) ? each : best)) };
};

/** The parents of what is shown, from the largest to the smallest; none where there is only one. @param {Roster} roster @returns {Family[]} */
const families = (roster) => {
  const kept = known.get(roster);
  if (kept) return kept;
  /** @type {Map<string, Place[]>} */
  const by = new Map();
  for (const place of roster.all()) {
    if (!place.parentName) continue;
    const siblings = by.get(place.parent);
    if (siblings) siblings.push(place);
    else by.set(place.parent, [place]);
  }
  /** @param {Family} family */
  const size = ({ box }) => (box[2] - box[0]) * (box[3] - box[1]);
  const found = by.size > 1 ? [...by.values()].map(family).sort((a, b) => size(b) - size(a)) : [];
  known.set(roster, found);
  return found;
};

/** @param {Box} a @param {Box} b */
const meet = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

/** A name as it is written on the map: not endless, on one line. @param {string} name */
export const shortened = (name) => {
  const letters = [...name.replace(/\s+/g, " ").trim()];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join("").trimEnd()}…` : letters.join("");
};

/**
 * A board on which names are set one after the other.
 * @param {Means} means
 */
export const createBoard = (means) => {
  /** @type {Label[]} */
  const labels = [];
  /** @type {Box[]} */
  const taken = [...(means.taken ?? [])];
  let counted = 0;

  /** @param {Label} label @returns {Box} */
  const boxOf = ({ text, x, y, kind }) => {
    const [half, high] = [means.width(text, kind) / 2 + AIR, means.size(kind) / 2 + AIR];
    return [x - half, y - high, x + half, y + high];
  };
  /** @param {Box} box */
  const fits = (box) => {
    const [left, top, right, bottom] = means.room;
    return box[0] >= left && box[1] >= top && box[2] <= right && box[3] <= bottom && !taken.some((other) => meet(box, other));
  };
  /** @param {Label} label @param {(box: Box) => boolean} [allowed] */
  const put = (label, allowed = () => true) => {
    const box = boxOf(label);
    if (!fits(box) || !allowed(box)) return false;
    taken.push(box);
    labels.push(label);
    return true;
  };
  /** The nearest place in the room for a name; its own where that is too far off. @param {string} text @param {Kind} kind @param {number} x @param {number} y @returns {[number, number]} */
  const coming = (text, kind, x, y) => {
    const [left, top, right, bottom] = means.room;
    const [half, high] = [means.width(text, kind) / 2 + AIR, means.size(kind) / 2 + AIR];
    const [u, v] = [Math.max(left + half, Math.min(right - half, x)), Math.max(top + high, Math.min(bottom - high, y))];
    return Math.hypot(u - x, v - y) > OFFING ? [x, y] : [u, v];
  };
  /** @param {Label} label */
  const counting = (label) => counted < means.most && put(label) && (counted += 1);

  return {
    labels,
    /** The name of a chosen region, always, as far as its shape is in view: above it, or where it meets nothing. @param {Place} place */
    chosen({ name, box }) {
      const [left, top, right, bottom] = means.room;
      const [[west, north], [east, south]] = [means.at([box[0], box[1]]), means.at([box[2], box[3]])];
      if (east < left || west > right || south < top || north > bottom) return;
      const text = shortened(name);
      const [half, high] = [means.width(text, "chosen") / 2, means.size("chosen") / 2];
      const [middle, centre] = [(west + east) / 2, (north + south) / 2];
      /** @type {[number, number][]} */
      const spots = [[middle, north - LIFT - high], [middle, south + LIFT + high], [east + LIFT + half, centre], [west - LIFT - half, centre]];
      const inside = spots.map(([x, y]) => /** @type {Label} */ ({
        text, kind: "chosen",
        x: Math.max(left + half, Math.min(right - half, x)),
        y: Math.max(top + high, Math.min(bottom - high, y)),
      }));
      // none is left unnamed: where no place is free, a name over shapes is better than one over another name
      const clear = inside.find((each) => !taken.some((box) => meet(boxOf(each), box)));
      const label = clear ?? inside.find((each) => !labels.some((other) => meet(boxOf(each), boxOf(other)))) ?? inside[0];
      labels.push(label);
      taken.push(boxOf(label), [west, Math.max(north, label.y), east, south]);
    },
    /** Districts by area, where the name fits into the box. @param {Roster} roster */
    districts(roster) {
      for (const { name, box, middle } of families(roster)) {
        const text = shortened(name);
        if (means.width(text, "district") > (box[2] - box[0]) * means.world * SHARE) continue;
        if (means.size("district") > (box[3] - box[1]) * means.world * SHARE) continue;
        const [x, y] = means.at(middle.inside);
        counting({ text, x, y, kind: "district" });
      }
    },
    /** Regions whose inside circle holds the name. @param {Roster} roster @param {Map<number, number>} rooms radius of the circle, px */
    villages(roster, rooms) {
      for (const [number, room] of [...rooms].sort((a, b) => b[1] - a[1])) {
        const place = roster.place(number);
        if (!place || room < means.size("village")) continue;
        const text = shortened(place.name);
        if (Math.hypot(means.width(text, "village"), means.size("village")) / 2 > room) continue;
        const [x, y] = means.at(place.inside);
        counting({ text, x, y, kind: "village" });
      }
    },
    /** Letters of categories, where no name stands. @param {Letter[]} letters */
    letters(letters) {
      for (const { text, x, y, colour } of letters) put({ text, x, y, kind: "letter", ink: inkOn(colour) });
    },
    /** Neighbours and seas, where the whole name lies beside the area. @param {GroundName[]} names @param {(lonlat: [number, number]) => [number, number]} project @param {(box: Box) => boolean} beside */
    ground(names, project, beside) {
      for (const { name, kind, at } of names) {
        const [x, y] = means.at(project(at));
        const text = shortened(kind === "neighbour" ? name.toUpperCase() : name);
        /** @type {Kind} */
        const as = kind === "neighbour" ? "neighbour" : "sea";
        const spots = as === "sea" ? [[x, y], coming(text, as, x, y)] : NUDGES.map(([right, down]) => [x + right, y + down]);
        spots.some(([right, down]) => put({ text, x: right, y: down, kind: as }, beside));
      }
    },
  };
};
