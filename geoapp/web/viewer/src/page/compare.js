/** Comparing two regions: while the list of partners is open, the next region pressed on the map is the other one. */

/** @import { State } from "./state.js" */

/** Whether the next region is meant as the other one. @param {Document} page @param {State} state */
export const comparing = (page, state) => Boolean(state.region && page.querySelector("#compare details[open]"));

/** @param {HTMLElement} part */
export const attachCompare = (part) => {
  const details = part.querySelector("details");
  part.ownerDocument.querySelectorAll('a[href="#compare"]').forEach((link) =>
    link.addEventListener("click", () => {
      if (details) details.open = true;
    }),
  );
};
