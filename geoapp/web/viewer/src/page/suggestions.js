/** The list under a search box as plain values: what an answer becomes, and how the keys move in it. */

/**
 * @typedef {{
 *   code?: string, layer?: string, name: string, kind: string, parent: string, level?: string, edition?: string,
 *   href: string, reason: string, here: boolean,
 * }} Result
 * @typedef {{ results: Result[], meant: Result[], more: number }} Answer
 * @typedef {{ items: Result[], none: boolean, meant: number }} List  meant: where the proposals begin
 */

/** Fewer letters name half of the country. */
export const LEAST = 2;

/** What is asked for a text: with one space between its words, empty where it is too short. @param {string} typed */
export const asked = (typed) => {
  const text = typed.trim().replace(/\s+/g, " ");
  return text.length < LEAST ? "" : text;
};

/** @param {string} url @param {{ q: string, lang: string, layer: string }} query */
export const address = (url, query) => {
  const said = new URLSearchParams({ q: query.q });
  if (query.layer) said.set("layer", query.layer);
  if (query.lang && query.lang !== "id") said.set("lang", query.lang);
  return `${url}?${said}`;
};

/** What is found, then what may be meant. @param {Answer} answer @returns {List} */
export const listed = (answer) => ({
  items: [...answer.results, ...answer.meant],
  none: answer.results.length === 0,
  meant: answer.results.length,
});

/**
 * Where a key leads in a list of ``length`` items; -1 is the box itself, which stands between the last and the first.
 * @param {string} key @param {number} at @param {number} length
 */
export const moved = (key, at, length) => {
  if (!length) return -1;
  if (key === "ArrowDown") return at + 1 < length ? at + 1 : -1;
  if (key === "ArrowUp") return at < 0 ? length - 1 : at - 1;
  return at;
};

/** What tells a result from others of its name. @param {Result} result */
export const facts = (result) => [result.kind, result.parent].filter(Boolean).join(", ") + (result.reason ? ` · ${result.reason}` : "");
