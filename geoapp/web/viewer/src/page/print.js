/** Printing: the page itself, with everything that still waits for its words. */

/** @import { Words } from "./words.js" */

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
