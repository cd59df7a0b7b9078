/** Links and forms that lead to other views of this map, as switches: the page repaints instead of loading again. */

import { foreign, parse } from "./state.js";

/** @import { State } from "./state.js" */
/** @typedef {{ pathname: string, search: string, hash: string }} Address */

/**
 * The view an address leads to, if it is one of this very map, language and release; else null.
 * @param {Address} link @param {Omit<Address, "hash">} here @returns {State | null}
 */
export const turned = (link, here) => {
  if (link.pathname !== here.pathname || link.hash || foreign(link.search).length) return null;
  const [to, from] = [parse(link.search), parse(here.search)];
  if ((to.lang || "id") !== (from.lang || "id") || to.release !== from.release) return null;
  return to;
};

/** The view a form asks for; what it leaves empty is unset. @param {Iterable<[string, unknown]>} data @returns {string} a query */
export const asked = (data) => {
  const query = new URLSearchParams();
  for (const [name, value] of data) if (typeof value === "string" && value) query.set(name, value);
  return `?${query}`;
};

/** @param {MouseEvent} event */
const plain = (event) => !(event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button);

/** @param {HTMLFormElement} form @param {HTMLElement | null} [submitter] @returns {Address} */
const target = (form, submitter) => {
  const data = new FormData(form);
  if (submitter instanceof HTMLButtonElement && submitter.name) data.set(submitter.name, submitter.value);
  return { pathname: new URL(form.action).pathname, search: asked(data.entries()), hash: "" };
};

/**
 * Listens for the whole page, so that links and forms which come later are switches too.
 * @param {Document} page @param {(state: State, from: HTMLElement) => void} choose
 */
export const listenLinks = (page, choose) => {
  page.addEventListener("click", (event) => {
    const link = plain(event) && event.target instanceof Element ? event.target.closest("a") : null;
    const hash = link?.closest("[data-sort], .table-pages, .areas") ? "" : link?.hash;
    const state = link && !link.target && !link.download ? turned({ pathname: link.pathname, search: link.search, hash: hash ?? "" }, page.location) : null;
    if (!link || !state) return;
    event.preventDefault();
    choose(state, link);
  });
  page.addEventListener("submit", (event) => {
    const form = event.target instanceof HTMLFormElement && event.target.method === "get" ? event.target : null;
    const state = form && turned(target(form, event.submitter), page.location);
    if (!form || !state) return;
    event.preventDefault();
    choose(state, form);
  });
  page.addEventListener("change", (event) => {
    const field = event.target instanceof HTMLElement ? event.target : null;
    const form = /** @type {HTMLFormElement | null} */ (field?.closest("form[data-switch]") ?? null);
    const state = form && turned(target(form), page.location);
    if (field && state) choose(state, field);
  });
};

