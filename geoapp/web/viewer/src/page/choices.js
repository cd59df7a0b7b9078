/** The visitor's choices of classes, colours and change: the map follows each press, and no page is loaded. */

/** @import { State } from "./state.js" */

/** @param {FormData} data @returns {Partial<State>} what the form of classes and colours chooses */
export const look = (data) => {
  /** @param {string} name */
  const said = (name) => String(data.get(name) ?? "");
  const classes = said("method") && said("count") ? `${said("method")}-${said("count")}${said("breaks") === "own" ? "-own" : ""}` : "";
  return { classes, palette: said("palette"), since: "", change: "" };
};

/** @param {FormData} data @returns {Partial<State>} what the form of change chooses */
export const change = (data) => {
  const way = String(data.get("change") ?? "");
  return { since: String(data.get("since") ?? ""), change: way === "percent" ? way : "", classes: "", palette: "" };
};

/**
 * Listens for the whole page. The change since a period is shown when asked for; classes and colours follow each press.
 * @param {Document} page @param {(chosen: Partial<State>) => void} choose
 */
export const chosenLook = (page, choose) => {
  /** @param {Event} event */
  const form = ({ target }) => (target instanceof Element ? /** @type {HTMLFormElement | null} */ (target.closest("#choices form[data-form]")) : null);
  page.addEventListener("change", (event) => {
    const changed = form(event);
    if (changed?.dataset.form === "look") choose(look(new FormData(changed)));
    else if (changed && new URLSearchParams(page.location.search).get("since")) choose(change(new FormData(changed)));
  });
  page.addEventListener("submit", (event) => {
    const sent = form(event);
    if (!sent) return;
    event.preventDefault();
    choose((sent.dataset.form === "look" ? look : change)(new FormData(sent)));
  });
};
