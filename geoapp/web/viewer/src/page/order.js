/** The order and the filter of a table's rows as plain values; the order is a part of the address. */

/** @typedef {"name" | "parent" | "figure"} Key */
/** @typedef {{ name: string, parent: string, last: number, at: number }} Row `at` is its place in the map's order, `last` is 0, or 1 for a figure without a rank, 2 without one */
/** @typedef {{ key: Key, down: boolean, text: string, parent: string }} Wish */

/** The map's own order: figures from the highest, then the states. @type {Readonly<Wish>} */
export const USUAL = Object.freeze({ key: "figure", down: true, text: "", parent: "" });

/** A name made comparable: no case, no accents, one space. @param {string} text */
export const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/\s+/g, " ").trim();

/**
 * Rows in the order wished for; whichever way figures are sorted, those without a rank and those without a figure stay last.
 * @template {Row} T @param {T[]} rows @param {Pick<Wish, "key" | "down">} wish @param {string} lang @returns {T[]}
 */
export const ordered = (rows, { key, down }, lang) => {
  const { compare } = new Intl.Collator(lang, { numeric: true, sensitivity: "base" });
  const turn = down ? -1 : 1;
  /** @type {Record<Key, (a: Row, b: Row) => number>} */
  const by = {
    name: (a, b) => turn * compare(a.name, b.name) || a.at - b.at,
    parent: (a, b) => turn * compare(a.parent, b.parent) || a.at - b.at,
    figure: (a, b) => a.last - b.last || (a.last < 2 ? -turn : 1) * (a.at - b.at),
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

/** An order as an address has it; "" for the usual one. @param {Pick<Wish, "key" | "down">} wish */
export const written = ({ key, down }) => (key === USUAL.key && down === USUAL.down ? "" : `${down ? "-" : ""}${key}`);

/** The order that an address says, the usual one where it says nothing. @param {string} sort @returns {Pick<Wish, "key" | "down">} */
export const read = (sort) => {
  const key = /** @type {Key} */ (sort.replace(/^-/, ""));
  return ["name", "parent", "figure"].includes(key) ? { key, down: sort.startsWith("-") } : { key: USUAL.key, down: USUAL.down };
};
