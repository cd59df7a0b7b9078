/**
 * The search box as a combobox (WAI-ARIA 1.2): suggestions while typing, chosen by keys, pointer or finger. On a map a
 * region of that map is chosen in place, by the event ``geoapp:choose`` on the document, unless nobody takes it.
 */

import { address, asked, facts, listed, moved } from "./suggestions.js";

/** @import { Answer, List, Result } from "./suggestions.js" */

/** Rest between two letters after which is asked, ms. */
const REST = 120;
const EMPTY = { items: /** @type {Result[]} */ ([]), none: false, meant: 0 };

/** @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {Record<string, string>} attributes @param {string} [text] */
const made = (tag, attributes, text) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text) element.textContent = text;
  return element;
};

class SearchBox {
  /** @param {HTMLInputElement} input */
  constructor(input) {
    this.input = input;
    this.said = input.dataset;
    this.list = made("div", { id: `${input.id}-list`, class: "suggestions", role: "listbox", "aria-label": this.said.all ?? "" });
    this.status = made("span", { class: "unseen", role: "status" });
    this.at = -1;
    /** @type {List} */
    this.shown = EMPTY;
    /** What the list answers. */
    this.q = "";
    /** @type {Map<string, Answer>} */
    this.kept = new Map();
    this.turn = 0;
    /** Whether Escape closed the list: an answer that comes later may fill it, not open it. */
    this.dismissed = false;
    this.list.hidden = true;
    input.form?.append(this.list, this.status);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", this.list.id]]) input.setAttribute(name, value);
    this.listen();
  }

  listen() {
    const { input, list } = this;
    let waiting = 0;
    input.addEventListener("input", () => {
      this.dismissed = false;
      // what answers other letters is not to be chosen by a quick key; what answers fewer only becomes shorter
      if (!asked(input.value).startsWith(this.q)) this.show(EMPTY);
      window.clearTimeout(waiting);
      waiting = window.setTimeout(() => void this.ask(), REST);
    });
    input.addEventListener("focus", () => this.shown.items.length && this.open());
    input.addEventListener("blur", () => this.close());
    input.addEventListener("keydown", (event) => this.key(event));
    // the box keeps the focus, so that a press on a suggestion is not taken for leaving
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
      const item = option && this.shown.items[Number(option.getAttribute("data-at"))];
      if (!item) return;
      if (!(event.ctrlKey || event.metaKey || event.shiftKey)) {
        event.preventDefault();
        this.choose(item);
      }
    });
  }

  get layer() {
    const field = this.input.form?.elements.namedItem("layer");
    return field instanceof HTMLInputElement ? field.value : "";
  }

  async ask() {
    const q = asked(this.input.value);
    const turn = ++this.turn;
    if (!q) return this.show(EMPTY);
    const url = address(this.said.search ?? "/search.json", { q, lang: this.said.lang ?? "", layer: this.layer });
    const answer = this.kept.get(url) ?? (await this.fetched(url));
    if (!answer || turn !== this.turn) return undefined;
    this.kept.set(url, answer);
    return this.show(listed(answer), q);
  }

  /** @param {string} url @returns {Promise<Answer | null>} */
  async fetched(url) {
    try {
      const response = await fetch(url, { credentials: "omit" });
      return response.ok ? await response.json() : null;
    } catch (problem) {
      return null; // the form still leads to the page of results
    }
  }

  /** @param {List} shown @param {string} [q] */
  show(shown, q = "") {
    const marked = this.shown.items[this.at];
    this.shown = shown;
    this.q = q;
    this.list.textContent = "";
    const none = shown.none && q ? (this.said.none ?? "").replace("{}", q) : "";
    if (none) this.list.append(made("div", { class: "suggestion-said", role: "presentation" }, none));
    shown.items.forEach((item, n) => {
      if (n === shown.meant) this.list.append(made("div", { class: "suggestion-said", role: "presentation" }, this.said.meant));
      this.list.append(this.option(item, n));
    });
    const count = (this.said.found ?? "").replace("{}", String(shown.items.length));
    this.status.textContent = q ? [none, none && shown.items.length ? this.said.meant : "", shown.items.length ? count : ""].filter(Boolean).join(" ") : "";
    // the one that keys are on stays so: Enter may be on its way
    this.mark(marked ? shown.items.findIndex((item) => item.href === marked.href) : -1);
    if (this.list.childElementCount && document.activeElement === this.input && !this.dismissed) this.open();
    else this.close();
  }

  /** A link for the eye and the middle button; the keys stay in the box. @param {Result} item @param {number} n */
  option(item, n) {
    const option = made("a", { id: `${this.list.id}-${n}`, class: "suggestion", role: "option", "aria-selected": "false", "data-at": String(n), href: item.href, tabindex: "-1" });
    option.append(made("span", { class: "suggestion-name" }, item.name), " ", made("span", { class: "suggestion-facts" }, facts(item)));
    return option;
  }

  open() {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }

  /** @param {number} at */
  mark(at) {
    this.at = at;
    for (const option of this.list.querySelectorAll("[role=option]")) {
      const here = option.getAttribute("data-at") === String(at);
      option.setAttribute("aria-selected", String(here));
      if (here) option.scrollIntoView({ block: "nearest" });
    }
    if (at < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `${this.list.id}-${at}`);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden && this.list.childElementCount) this.open();
      this.mark(moved(event.key, this.at, this.shown.items.length));
    } else if (event.key === "Enter" && this.at >= 0) {
      event.preventDefault();
      this.choose(this.shown.items[this.at]);
    } else if (event.key === "Escape" && !this.list.hidden) {
      // the first Escape closes the list, the next one is the browser's: it empties the box
      event.preventDefault();
      event.stopPropagation();
      this.dismissed = true;
      this.close();
    }
  }

  /** @param {Result} item */
  choose(item) {
    const { code, level, edition } = item;
    const choosing = new CustomEvent("geoapp:choose", { detail: { code, level, edition }, cancelable: true });
    const taken = item.here && !document.dispatchEvent(choosing);
    if (!taken) return window.location.assign(item.href);
    this.input.value = item.name;
    this.close();
    document.getElementById("find")?.removeAttribute("open");
    return this.input.blur();
  }
}

/** On a phone the box of the header is folded; unfolded it takes the focus, Escape folds it. @param {Document} page */
const listenFold = (page) => {
  const fold = /** @type {HTMLDetailsElement | null} */ (page.getElementById("find"));
  const input = /** @type {HTMLInputElement | null} */ (page.querySelector(".top .search-input"));
  if (!fold || !input) return;
  fold.addEventListener("toggle", () => fold.open && input.focus());
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !fold.open) return;
    fold.open = false;
    fold.querySelector("summary")?.focus();
  });
};

/** Make every search box of a page a combobox. @param {Document} page */
export const listenSearch = (page) => {
  for (const input of page.querySelectorAll("input[data-search]")) new SearchBox(/** @type {HTMLInputElement} */ (input));
  listenFold(page);
};
