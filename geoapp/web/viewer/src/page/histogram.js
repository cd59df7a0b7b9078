/** The histogram over the class bar, live: its solid marker follows the region in hand and returns to the chosen one. */

import { markers } from "./markers.js";

/** @import { Marker, Said } from "./markers.js" */

/** Height of a label's row, and where the lower one stands, in the instrument's units. */
const [ROW, BASE] = [16, 12];

/** @param {Element | null} group @returns {Said | null} what the server wrote on a marker */
const served = (group) => {
  const { figure, label } = /** @type {SVGElement | null} */ (group)?.dataset ?? {};
  return figure && label ? { figure: Number(figure), label } : null;
};

/** @param {Element | null} group @param {Marker | null} marker @param {string} label */
const put = (group, marker, label) => {
  if (!group) return;
  if (!marker) return group.setAttribute("display", "none");
  group.removeAttribute("display");
  const [stem, head, words] = [".marker-stem", ".marker-head", ".marker-label"].map((each) => group.querySelector(each));
  const x = marker.x.toFixed(1);
  const y = BASE - ROW * marker.row;
  stem?.setAttribute("d", `M${x} ${y + 8}V76`);
  head?.setAttribute("d", `M${(marker.x - 5).toFixed(1)} 75h10l-5 9z`);
  words?.setAttribute("x", marker.at.toFixed(1));
  words?.setAttribute("y", String(y));
  words?.setAttribute("text-anchor", marker.anchor);
  if (words) words.textContent = label;
};

/**
 * Show a region's figure on the axis; null: the chosen region's, as the server wrote it.
 * @param {ParentNode} page @param {Said | null} inHand
 */
export const pointAt = (page, inHand) => {
  const instrument = page.querySelector(".histogram[data-low]");
  if (!(instrument instanceof SVGElement)) return;
  const [own, whole] = [instrument.querySelector(".marker.chosen"), instrument.querySelector(".marker.whole")];
  const [said, other] = [inHand ?? served(own), served(whole)];
  const placed = markers(said, other, Number(instrument.dataset.low), Number(instrument.dataset.high));
  put(own, placed.own, said?.label ?? "");
  put(whole, placed.whole, other?.label ?? "");
};
