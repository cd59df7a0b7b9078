/**
 * The tip beside the pointer. It follows while the pointer moves, so that it is never in the way; where the pointer
 * rests, the tip rests too, can be reached and read with the pointer on it, and Escape closes it (WCAG 1.4.13).
 */

import { fill, lines, said } from "./saying.js";

/** @import { Reading } from "./reading.js" */
/** @typedef {{ x: number, y: number }} Spot px in the frame */
/** @typedef {{ left: number, top: number, right: number, bottom: number }} Box px in the frame */

/** Time without a move after which the pointer rests, ms. */
const REST = 350;
/** How near to the tip a pointer is on its way there, px. */
const NEAR = 30;
/** How long it may stay on its way, ms. */
const LATE = 700;
/** Between the pointer and the tip, and between the tip and the frame's edge, px. */
const [AIR, EDGE] = [14, 4];

/** From a spot to a box; 0 inside. @param {Box} box @param {Spot} spot */
export const away = (box, { x, y }) => Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));

/** Whether a pointer that came from `before` is on its way to a box. @param {Box} box @param {Spot} before @param {Spot} now */
export const approaching = (box, before, now) => away(box, now) <= NEAR && away(box, now) < away(box, before);

/** @param {HTMLElement} frame the map @param {(spot: Spot) => void} missed the pointer was on its way here, but rests beside */
export const createTip = (frame, missed) => {
  const tip = said("div", "map-tip", "");
  tip.hidden = true;
  frame.append(tip);
  /** Where the pointer was last; null where no pointer is. @type {Spot | null} */
  let pointer = null;
  let [resting, late] = [0, 0];
  let still = false;
  /** The region told of, and the one whose tip was closed. */
  let [code, closed] = ["", ""];

  const follow = () => {
    clearTimeout(late);
    still = false;
    tip.classList.remove("reached");
  };
  /** @returns {Box} */
  const box = () => ({ left: tip.offsetLeft, top: tip.offsetTop, right: tip.offsetLeft + tip.offsetWidth, bottom: tip.offsetTop + tip.offsetHeight });

  /** Beside a spot, on the side that has room. @param {Spot} at */
  const place = ({ x, y }) => {
    const [width, height] = [tip.offsetWidth, tip.offsetHeight];
    const left = x + AIR + width > frame.clientWidth ? x - AIR - width : x + AIR;
    const top = y + AIR + height > frame.clientHeight ? y - AIR - height : y + AIR;
    tip.style.left = `${Math.max(EDGE, Math.min(left, frame.clientWidth - width - EDGE))}px`;
    tip.style.top = `${Math.max(EDGE, top)}px`;
  };

  const hide = () => {
    follow();
    tip.hidden = true;
  };

  tip.addEventListener("pointerenter", () => clearTimeout(late));
  tip.addEventListener("pointerleave", follow);
  // the map below must not take what is meant for the tip
  for (const name of ["mousemove", "mousedown", "click", "dblclick"]) tip.addEventListener(name, (event) => event.stopPropagation());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || tip.hidden || !pointer) return;
    closed = code;
    hide();
    event.preventDefault();
    event.stopPropagation();
  }, true);

  return {
    /** @param {Reading} reading @param {Spot} at @param {boolean} keyed by keyboard or from the table: there is no pointer to rest */
    show(reading, at, keyed) {
      if (keyed) pointer = null;
      if (reading.code === closed) return;
      [code, closed] = [reading.code, ""];
      fill(tip, lines(reading, "p"));
      tip.hidden = false;
      place(at);
    },
    /** Nothing is in hand. */
    hide() {
      closed = "";
      hide();
    },
    /** A pointer moved on the map; says whether it is on its way to the tip, which then stays. @param {Spot} spot */
    reached(spot) {
      const before = pointer;
      pointer = spot;
      clearTimeout(resting);
      resting = window.setTimeout(() => (still = true), REST);
      if (tip.hidden || !still || !before || !approaching(box(), before, spot)) {
        follow();
        return false;
      }
      tip.classList.add("reached");
      clearTimeout(late);
      late = window.setTimeout(() => (follow(), missed(spot)), LATE);
      return true;
    },
  };
};
