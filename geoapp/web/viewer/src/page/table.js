/**
 * The table as the map's peer: sorted and filtered in place, and its rows tied to the shapes.
 *
 * The order is that of the address bar; its headings are links to the other ones. A row in hand is told to the page as
 * `geoapp:hold` with its code; the same event from elsewhere marks the row. What was typed into the filter outlives an
 * exchange of the table's words.
 */

import { ordered, pressed, read, USUAL, wanted, written } from "./order.js";

/** @import { Key, Wish } from "./order.js" */

/** What stands between the page and the map. */
export const HOLD = "geoapp:hold";

/** @type {Wish} */
let wish = { ...USUAL };

/** Shows the table that is in the page in the order and with the filter wished for. */
let show = () => {};

/** Sort the rows as an address says; gives whether that is another order than before. @param {string} sort */
export const arrange = (sort) => {
  const { key, down } = read(sort);
  if (key === wish.key && down === wish.down) return false;
  wish = { ...wish, key, down };
  show();
  return true;
};

/** The rows as they came, whatever order the server wrote them in. @param {HTMLElement} body */
const rowsOf = (body) =>
  [.../** @type {NodeListOf<HTMLTableRowElement>} */ (body.querySelectorAll("tr"))].map((element, n) => ({
    element,
    at: Number(element.dataset.at ?? n),
    last: "state" in element.dataset ? 2 : Number("partly" in element.dataset),
    name: element.querySelector("th a")?.textContent ?? "",
    parent: element.querySelector(".parent")?.textContent ?? "",
  }));

/** Say on a heading how the rows are sorted by it, and where a press leads. @param {HTMLElement} head */
const mark = (head) => {
  const key = /** @type {Key} */ (head.dataset.sort);
  if (key === wish.key) head.setAttribute("aria-sort", wish.down ? "descending" : "ascending");
  else head.removeAttribute("aria-sort");
  const link = head.querySelector("a");
  if (!link) return;
  const query = new URLSearchParams(link.search);
  const next = written(pressed(wish, key));
  if (next) query.set("sort", next);
  else query.delete("sort");
  link.search = String(query);
};

/** Attach the behaviour to the table part of the page. @param {HTMLElement} part @returns {() => void} */
export const attachTable = (part) => {
  const body = part.querySelector("#figures tbody");
  if (!(body instanceof HTMLElement)) return () => {};
  const lang = document.documentElement.lang;
  const rows = rowsOf(body);
  const status = part.querySelector("[role=status]");
  const heads = [.../** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("[data-sort]"))];
  const caption = part.querySelector(".table-order");

  const own = () => {
    for (const { element } of ordered(rows, wish, lang)) body.append(element);
    let shown = 0;
    for (const row of rows) shown += Number(!(row.element.hidden = !wanted(row, wish)));
    heads.forEach(mark);
    const head = heads.find(({ dataset }) => dataset.sort === wish.key);
    if (caption && head) caption.textContent = (wish.down ? head.dataset.down : head.dataset.up) ?? "";
    say(status, shown, rows.length, lang);
  };
  wish = { ...wish, ...read(new URLSearchParams(location.search).get("sort") ?? "") };
  const letGo = [tools(part, (change) => ((wish = { ...wish, ...change }), own())), tied(body)];
  show = own;
  if (JSON.stringify(wish) !== JSON.stringify(USUAL)) own();
  return () => letGo.forEach((each) => each());
};

/** @param {Element | null} status @param {number} shown @param {number} total @param {string} lang */
const say = (status, shown, total, lang) => {
  if (!(status instanceof HTMLElement)) return;
  const { some = "", none = "" } = status.dataset;
  const { format } = new Intl.NumberFormat(lang === "en" ? "en-GB" : "id-ID");
  const said = shown ? some.replace("{shown}", format(shown)).replace("{total}", format(total)) : none;
  status.textContent = shown === total ? "" : said;
};

/** The filter by name and by parent. @param {HTMLElement} part @param {(change: Partial<Wish>) => void} changed @returns {() => void} */
const tools = (part, changed) => {
  const box = part.querySelector(".table-tools");
  if (!(box instanceof HTMLElement)) {
    wish = { ...wish, text: "", parent: "" };
    return () => {};
  }
  box.hidden = false;
  const [text, parent] = [box.querySelector("input"), box.querySelector("select")];
  if (text) text.value = wish.text;
  if (parent) parent.value = wish.parent;
  if (!parent || parent.value !== wish.parent) {
    wish = { ...wish, parent: "" };
    if (parent) parent.value = "";
  }
  const listen = () => changed({ text: text?.value ?? "", parent: parent?.value ?? "" });
  box.addEventListener("input", listen);
  return () => box.removeEventListener("input", listen);
};

/** Tie the rows to the shapes, both ways. @param {HTMLElement} body @returns {() => void} */
const tied = (body) => {
  /** @type {Map<string, HTMLElement>} */
  const rows = new Map([.../** @type {NodeListOf<HTMLElement>} */ (body.querySelectorAll("tr"))].map((row) => [row.dataset.code ?? "", row]));
  let held = "";
  /** @param {Event} event */
  const take = (event) => {
    const row = event.target instanceof Element ? event.target.closest("tr") : null;
    tell(row?.dataset.code ?? "");
  };
  const drop = () => tell("");
  /** @param {string} code */
  const tell = (code) => {
    if (code !== held) document.dispatchEvent(new CustomEvent(HOLD, { detail: { code, from: "table" } }));
  };
  /** @param {Event} event */
  const heard = (event) => {
    const { code = "" } = /** @type {CustomEvent<{ code?: string }>} */ (event).detail ?? {};
    rows.get(held)?.classList.remove("held");
    rows.get(code)?.classList.add("held");
    held = code;
  };
  body.addEventListener("mouseover", take);
  body.addEventListener("focusin", take);
  body.addEventListener("mouseleave", drop);
  body.addEventListener("focusout", drop);
  document.addEventListener(HOLD, heard);
  return () => document.removeEventListener(HOLD, heard);
};
