/** The level control: automatic by zoom, or fixed; the one shown is marked. */

/**
 * @param {ParentNode} page @param {string} level the level on the map
 * @param {{ fixed: boolean, zooming: boolean }} how whether the address fixes it, and whether the zoom can change it
 */
export const markLevel = (page, level, { fixed, zooming }) => {
  const auto = /** @type {HTMLElement | null} */ (page.querySelector('#levels a[data-level=""]'));
  if (auto) auto.hidden = !zooming;
  for (const link of /** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("#levels a[data-level]"))) {
    const own = link.dataset.level === (fixed || !zooming ? level : "");
    if (own) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    link.classList.toggle("seen", link.dataset.level === level);
  }
};
