/** The level control: automatic by zoom, or fixed; the one shown is marked. */

/** @param {ParentNode} page @param {string} level the level on the map @param {boolean} fixed */
export const markLevel = (page, level, fixed) => {
  for (const link of /** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("#levels a[data-level]"))) {
    const own = link.dataset.level === (fixed ? level : "");
    if (own) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    link.classList.toggle("seen", link.dataset.level === level);
  }
};
