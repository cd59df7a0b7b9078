/** Links to other views of this map, as switches: a plain click repaints instead of loading the page again. */

import { parse } from "./state.js";

/**
 * What a link changes of the view, if it leads to another period or region of this very map; else null.
 * @param {{ pathname: string, search: string, hash: string }} link @param {{ pathname: string, search: string }} here
 * @returns {{ period: string, region: string } | null}
 */
export const turned = (link, here) => {
  if (link.pathname !== here.pathname || link.hash) return null;
  const [to, from] = [link, here].map(({ search }) => new URLSearchParams(search));
  for (const [name, usual] of [["level", ""], ["lang", "id"], ["release", ""]])
    if ((to.get(name) ?? usual) !== (from.get(name) ?? usual)) return null;
  const { period, region } = parse(link.search);
  return { period, region };
};

/**
 * Listens for the whole page, so that links which come later are switches too.
 * @param {Document} page @param {(change: { period: string, region: string }, link: HTMLAnchorElement) => void} choose
 */
export const listenLinks = (page, choose) => {
  page.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const change = link && !link.target && !link.download ? turned(link, page.location) : null;
    if (!link || !change) return;
    event.preventDefault();
    choose(change, link);
  });
};

/** Mark the period that is shown. @param {ParentNode} page @param {string} period */
export const markPeriod = (page, period) => {
  for (const link of /** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("a[data-period]"))) {
    if (link.dataset.period === period) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
};
