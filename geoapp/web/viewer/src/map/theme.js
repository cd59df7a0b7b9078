/** The inks of the map, read from the page's tokens, so that light and dark are decided in one style sheet. */

/** Where the style sheet has no such token: the light ones of the design. */
const LIGHT = {
  ink: "#14212b",
  paper: "#ffffff",
  land: "#f2f0ea",
  water: "#dbe6ec",
  "sea-name": "#456878",
  "neighbour-name": "#6b675c",
  "neighbour-line": "#cfcabd",
  outline: "#3a4650",
  "pattern-ink": "#6f695d",
  "pattern-ground": "#fbfaf7",
  selected: "#10181e",
  casing: "#ffffff",
  circle: "#37689f",
  "region-line": "rgba(255,255,255,.6)",
};

/** @typedef {typeof LIGHT} Theme */

/** @param {(name: string) => string} token the value of a custom property, "" if unset @returns {Theme} */
export const readTheme = (token) =>
  /** @type {Theme} */ (Object.fromEntries(Object.entries(LIGHT).map(([name, usual]) => [name, token(`--${name}`).trim() || usual])));
