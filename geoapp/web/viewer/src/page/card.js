/** The card of the chosen region: the server writes it in full; until its words come the viewer says what it knows. */

import { fill, lines, said } from "./saying.js";
import { overwritten } from "./words.js";

/** @import { Reading } from "./reading.js" */

/** What is known, parted as the page's own card is. @param {Reading} reading */
const cardOf = (reading) => {
  const [head, words] = [said("div", "reading-head", ""), said("div", "reading-words", "")];
  for (const each of lines(reading, "h2")) (/-(name|place|line)$/.test(each.className) ? head : words).append(each, " ");
  return [head, words];
};

/** @param {Document} page */
export const createCard = (page) => {
  let mine = false;
  const own = () => /** @type {HTMLElement | null} */ (page.getElementById("reading"));
  return {
    /** Whether the card is the viewer's, until the server's words come. */
    get waiting() {
      return mine;
    },
    /** @param {Reading | null} reading */
    show(reading) {
      const card = own();
      const served = card?.querySelector(".reading-name")?.textContent === reading?.name;
      mine = Boolean(card && reading && (mine || !served));
      if (!card || !reading || !mine) return;
      fill(card, cardOf(reading));
      overwritten(card);
    },
    /** Say it again with what came meanwhile, if the viewer wrote the card. @param {Reading | null} reading */
    again(reading) {
      if (mine) this.show(reading);
    },
    /** The server's words are here. */
    release() {
      mine = false;
    },
  };
};
