/** Printing: the page itself, with everything that still waits for its words, and the map as large as the sheet. */

/** @import { Words } from "./words.js" */

/** A sheet of A4 between its margins, and how high a map on it may be, CSS px. */
const [ACROSS, DOWN] = [688, 470];

/** @param {HTMLElement} link leads to the picture without a script @param {Words} words */
export const attachPrint = (link, words) => {
  /** @param {Event} event */
  const print = (event) => {
    event.preventDefault();
    void words.complete().then(() => window.print());
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
