/** Comparing two regions: while the list of partners is open, the next region pressed on the map is the other one. */

/** @import { State } from "./state.js" */

const OPEN = "open";

/** Whether the next region is meant as the other one. @param {Document} page @param {State} state */
export const comparing = (page, state) => Boolean(state.region && page.querySelector(`#compare.${OPEN}`));

/** The list of partners, opened and closed by the links that lead to it. @param {HTMLElement} part */
export const attachCompare = (part) => {
  const page = part.ownerDocument;
  /** @param {MouseEvent} event */
  const turn = (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href="#compare"]') : null;
    if (!link) return;
    event.preventDefault();
    const open = part.classList.toggle(OPEN);
    link.setAttribute("aria-expanded", String(open));
    if (open) part.scrollIntoView({ block: "nearest" });
    if (open) /** @type {HTMLElement | null} */ (part.querySelector("select"))?.focus({ preventScroll: true });
  };
  page.addEventListener("click", turn);
  return () => page.removeEventListener("click", turn);
};
