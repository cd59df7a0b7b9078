/**
 * The table as the map's peer: sorted and filtered in place, and its rows tied to the shapes.
 *
 * A row in hand is told to the page as `geoapp:hold` with its code; the same event from elsewhere marks the row. What
 * was chosen of order and filter outlives an exchange of the table's words.
 */

/** @typedef {"name" | "parent" | "figure"} Key */
/** @typedef {{ name: string, parent: string, known: boolean, at: number }} Row `at` is its place in the map's order */
/** @typedef {{ key: Key, down: boolean, text: string, parent: string }} Wish */

/** The map's own order: figures from the highest, then the states. @type {Readonly<Wish>} */
export const USUAL = Object.freeze({ key: "figure", down: true, text: "", parent: "" });

/** A name made comparable: no case, no accents, one space. @param {string} text */
export const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/\s+/g, " ").trim();

/**
 * Rows in the order wished for; those without a figure stay last, whichever way figures are sorted.
 * @template {Row} T @param {T[]} rows @param {Pick<Wish, "key" | "down">} wish @param {string} lang @returns {T[]}
 */
export const ordered = (rows, { key, down }, lang) => {
  const { compare } = new Intl.Collator(lang, { numeric: true, sensitivity: "base" });
  const turn = down ? -1 : 1;
  /** @type {Record<Key, (a: Row, b: Row) => number>} */
  const by = {
    name: (a, b) => turn * compare(a.name, b.name) || a.at - b.at,
    parent: (a, b) => turn * compare(a.parent, b.parent) || a.at - b.at,
    figure: (a, b) => Number(b.known) - Number(a.known) || (a.known ? -turn : 1) * (a.at - b.at),
  };
  return [...rows].sort(by[key]);
};

/** Whether a row is wished for: its name holds every word that was typed. @param {Row} row @param {Pick<Wish, "text" | "parent">} wish */
export const wanted = (row, { text, parent }) => {
  const name = plain(row.name);
  return (!parent || row.parent === parent) && plain(text).split(" ").every((word) => name.includes(word));
};

/** What a press on a column's heading wishes for: its usual direction first, the other one next. @param {Wish} wish @param {Key} key @returns {Wish} */
export const pressed = (wish, key) => ({ ...wish, key, down: wish.key === key ? !wish.down : key === "figure" });

/** What stands between the page and the map. */
export const HOLD = "geoapp:hold";

/** @type {Wish} */
let wish = { ...USUAL };

/** Attach the behaviour to the table part of the page. @param {HTMLElement} part @returns {() => void} */
export const attachTable = (part) => {
  const body = part.querySelector("#figures tbody");
  if (!(body instanceof HTMLElement)) return () => {};
  const lang = document.documentElement.lang;
  const rows = [.../** @type {NodeListOf<HTMLTableRowElement>} */ (body.querySelectorAll("tr"))].map((element, at) => ({
    element, at, known: !("state" in element.dataset),
    name: element.querySelector("th a")?.textContent ?? "", parent: element.querySelector(".parent")?.textContent ?? "",
  }));
  const status = part.querySelector("[role=status]");
  const heads = [.../** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("[data-sort]"))];

  const show = () => {
    for (const { element } of ordered(rows, wish, lang)) body.append(element);
    let shown = 0;
    for (const row of rows) shown += Number(!(row.element.hidden = !wanted(row, wish)));
    for (const head of heads) {
      if (head.dataset.sort === wish.key) head.setAttribute("aria-sort", wish.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    say(status, shown, rows.length, lang);
  };
  for (const head of heads) sortable(head, (key) => ((wish = pressed(wish, key)), show()));
  const letGo = [tools(part, (change) => ((wish = { ...wish, ...change }), show())), tied(body)];
  if (JSON.stringify(wish) !== JSON.stringify(USUAL)) show();
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

/** Make a heading a button. @param {HTMLElement} head @param {(key: Key) => void} press */
const sortable = (head, press) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sort";
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => press(/** @type {Key} */ (head.dataset.sort)));
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
  const mark = (event) => {
    const { code = "" } = /** @type {CustomEvent<{ code?: string }>} */ (event).detail ?? {};
    rows.get(held)?.classList.remove("held");
    rows.get(code)?.classList.add("held");
    held = code;
  };
  body.addEventListener("mouseover", take);
  body.addEventListener("focusin", take);
  body.addEventListener("mouseleave", drop);
  body.addEventListener("focusout", drop);
  document.addEventListener(HOLD, mark);
  return () => document.removeEventListener(HOLD, mark);
};
