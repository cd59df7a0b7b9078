/** Printing: the page itself, with everything that still waits for its words, and the map as large as the sheet. */

import { readTheme } from "../map/theme.js";

/** @import { MapView } from "../map/view.js" */
/** @import { Words } from "./words.js" */

/** A sheet of A4 between its margins, and how high a map on it may be, CSS px. */
const [ACROSS, DOWN] = [688, 470];

/** How long paper waits for a map in other inks, ms. */
const PATIENCE = 2000;

/** Paper is light, whatever the screen is. Ends when the map is painted so. @param {MapView} map */
const inLight = (map) =>
  new Promise((done) => {
    if (!window.matchMedia("(prefers-color-scheme: dark)").matches) return done(null);
    let dyed = false; // who listens is told at once of what is painted already
    const leave = map.on("painted", () => dyed && done(leave()));
    dyed = true;
    map.dye(readTheme(() => ""));
    setTimeout(done, PATIENCE, null);
    window.addEventListener("afterprint", () => map.dye(readTheme((name) => getComputedStyle(map.live).getPropertyValue(name))), { once: true });
  });

/** @param {HTMLElement} link leads to the picture without a script @param {Words} words @param {MapView} map */
export const attachPrint = (link, words, map) => {
  /** @param {Event} event */
  const print = (event) => {
    event.preventDefault();
    void Promise.all([words.complete(), inLight(map)]).then(() => window.print());
  };
  link.addEventListener("click", print);
  return () => link.removeEventListener("click", print);
};

/** What the map is on paper: it keeps its pixels, and is scaled to the sheet. Lengths in CSS px. @param {number} width @param {number} height */
export const onPaper = (width, height) => {
  const scale = Math.min(ACROSS / width, DOWN / height);
  return { width, height, scale, across: width * scale, down: height * scale };
};

/** Tell the sheet for paper how large the map is, whenever somebody prints. @param {HTMLElement} map */
export const attachPaper = (map) => {
  const lay = () => {
    const { width, height, scale, across, down } = onPaper(map.clientWidth, map.clientHeight);
    const said = { width: `${width}px`, height: `${height}px`, scale: String(scale), across: `${across}px`, down: `${down}px` };
    for (const [name, value] of Object.entries(said)) map.style.setProperty(`--paper-${name}`, value);
  };
  window.addEventListener("beforeprint", lay);
  return () => window.removeEventListener("beforeprint", lay);
};
