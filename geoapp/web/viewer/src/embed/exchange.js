/** Another period without a new page: the frame's parts are exchanged for those of the page its link leads to. */

/** What differs between two views of one map. */
const PARTS = [".embed-title", ".embed-picture", ".embed-words", ".embed-foot"];

/** @param {Document} page @param {Document} other */
export const exchange = (page, other) => {
  const pairs = PARTS.map((part) => [page.querySelector(part), other.querySelector(part)]);
  if (pairs.some(([own, its]) => !own || !its)) return false;
  for (const [own, its] of pairs) /** @type {Element} */ (own).replaceWith(page.adoptNode(/** @type {Element} */ (its)));
  page.title = other.title;
  return true;
};

/**
 * Turns the links between periods into switches; what cannot be fetched is opened as the plain link it is.
 * @param {Document} page @param {() => void} exchanged
 */
export const listenPeriods = (page, exchanged) => {
  let asked = "";
  page.addEventListener("click", async (event) => {
    const link = event.target instanceof Element ? /** @type {HTMLAnchorElement | null} */ (event.target.closest(".embed-periods a")) : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const address = (asked = link.href);
    try {
      const answer = await fetch(address, { credentials: "omit" });
      const text = answer.ok ? await answer.text() : "";
      if (address !== asked) return;
      if (!text || !exchange(page, new DOMParser().parseFromString(text, "text/html"))) throw new Error(String(answer.status));
      exchanged();
      /** @type {HTMLElement | null} */ (page.querySelector('.embed-periods [aria-current="true"]'))?.focus({ preventScroll: true });
    } catch {
      page.location.replace(address);
    }
  });
};
