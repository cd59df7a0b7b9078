/** The folds of the page's head on a phone: one open at a time, the search ready to be typed into, Escape closes. */

/** @param {HTMLElement} fold a `details` element */
export const attachFold = (fold) => {
  const own = /** @type {HTMLDetailsElement} */ (fold);
  const stop = new AbortController();
  const { signal } = stop;
  own.addEventListener("toggle", () => {
    if (!own.open) return;
    for (const other of /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll(".top-fold[open]"))) if (other !== own) other.open = false;
    if (own.id === "find") /** @type {HTMLElement | null} */ (document.querySelector(".top-search input[type=search]"))?.focus();
  }, { signal });
  own.closest(".top")?.addEventListener("keydown", (event) => {
    if (!own.open || /** @type {KeyboardEvent} */ (event).key !== "Escape" || event.defaultPrevented) return;
    own.open = false;
    own.querySelector("summary")?.focus();
  }, { signal });
  return () => stop.abort();
};
