/** The visitor's choices of classes, colours and change: the map follows each press, and no page is loaded. */

/** @import { State } from "./state.js" */

/** What is marked in a group of buttons, and whether it was marked when the page came. @param {HTMLFormElement} form @param {string} name */
const marked = (form, name) => {
  const box = /** @type {HTMLInputElement | null} */ (form.querySelector(`[name=${name}]:checked`));
  return { value: box?.value ?? "", usual: !box || box.defaultChecked };
};

/**
 * What the form of classes and colours chooses; what was not touched stays as the view has it.
 * @param {HTMLFormElement} form @param {State} now @returns {Partial<State>}
 */
const look = (form, now) => {
  const [method, count, breaks, palette] = ["method", "count", "breaks", "palette"].map((name) => marked(form, name));
  const usual = method.usual && count.usual && breaks.usual;
  return {
    classes: usual ? now.classes : `${method.value}-${count.value}${breaks.value === "own" ? "-own" : ""}`,
    palette: palette.usual ? now.palette : palette.value,
    since: "",
  };
};

/** What the form of change chooses. @param {HTMLFormElement} form @returns {Partial<State>} */
const change = (form) => {
  const data = new FormData(form);
  return { since: String(data.get("since") ?? ""), change: data.get("change") === "percent" ? "percent" : "", classes: "", palette: "" };
};

/**
 * Listens for the whole page. The change since a period is shown when asked for; classes and colours follow each press.
 * @param {Document} page @param {{ state: () => State, push: (change: Partial<State>) => void }} bar
 */
export const listenChoices = (page, bar) => {
  /** @param {Event} event */
  const formOf = ({ target }) => (target instanceof Element ? /** @type {HTMLFormElement | null} */ (target.closest("#choices form[data-form]")) : null);
  /** @param {HTMLFormElement} form */
  const choose = (form) => bar.push(form.dataset.form === "look" ? look(form, bar.state()) : change(form));
  page.addEventListener("change", (event) => {
    const form = formOf(event);
    if (form && (form.dataset.form === "look" || bar.state().since)) choose(form);
  });
  page.addEventListener("submit", (event) => {
    const form = formOf(event);
    if (!form) return;
    event.preventDefault();
    choose(form);
  });
};
