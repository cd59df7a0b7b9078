/** Moving the map without dragging: four arrows behind a button, for whoever can press but not draw. */

import { button } from "./buttons.js";

/** @import { MapWords } from "./words.js" */

/** How far a press moves the map, as a share of its width and height. */
export const STRIDE = 0.33;

/** @type {["left" | "up" | "down" | "right", number, number][]} */
const WAYS = [["left", -1, 0], ["up", 0, -1], ["down", 0, 1], ["right", 1, 0]];

/** The arrow keys with Shift move the map as the buttons do. @type {Record<string, [number, number]>} */
export const SHIFTS = { ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowRight: [1, 0] };

/**
 * A button that opens the arrows beside it.
 * @param {MapWords} strings @param {(right: number, down: number) => void} pan in strides
 */
export const createPad = (strings, pan) => {
  const pad = document.createElement("div");
  pad.className = "map-pad";
  pad.hidden = true;
  pad.setAttribute("role", "group");
  pad.setAttribute("aria-label", strings.pan);
  pad.append(...WAYS.map(([name, right, down]) => button(name, strings[name], () => pan(right, down))));
  const opener = button("pan", strings.pan, () => toggle(Boolean(pad.hidden)));
  /** @param {boolean} open */
  const toggle = (open) => {
    pad.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
  };
  toggle(false);
  const box = document.createElement("div");
  box.className = "map-pan-box";
  box.append(opener, pad);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || pad.hidden) return;
    toggle(false);
    opener.focus();
    event.stopPropagation();
  });
  return box;
};
