/** The words beside the drawing for the region under the finger or chosen: tip at the shape, line, legend row. */

/** @import { Drawing } from "./drawing.js" */

/** How long a passing remark stays, ms. */
const REMARK = 2500;
const AIR = 6;

/** @param {Document} page @param {HTMLElement} stage @param {() => Drawing} drawing */
export const createReading = (page, stage, drawing) => {
  let pointed = 0, chosen = 0;
  const tip = page.createElement("p");
  tip.className = "embed-tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true"); // the line beside the legend says the same to ears
  stage.append(tip);
  const remark = page.createElement("p");
  remark.className = "embed-remark";
  remark.hidden = true;
  stage.append(remark);
  let ends = 0;

  const line = () => /** @type {HTMLElement | null} */ (page.querySelector(".embed-said"));
  let usual = line()?.textContent ?? "";

  /** Set the tip above its shape, inside the stage. */
  const place = () => {
    const box = drawing().box(pointed || chosen);
    tip.hidden = !box;
    if (!box) return;
    const around = stage.getBoundingClientRect();
    const middle = (Math.max(box.left, around.left) + Math.min(box.right, around.right)) / 2 - around.left;
    const left = Math.min(Math.max(middle - tip.offsetWidth / 2, 4), around.width - tip.offsetWidth - 4);
    const above = box.top - around.top - tip.offsetHeight - AIR;
    const top = above >= 4 ? above : Math.min(box.bottom - around.top + AIR, around.height - tip.offsetHeight - 4);
    Object.assign(tip.style, { left: `${Math.max(left, 4)}px`, top: `${Math.max(top, 4)}px` });
  };

  const show = () => {
    const number = pointed || chosen;
    const words = drawing().words(number);
    tip.textContent = words;
    const said = line();
    if (said) said.textContent = words || usual;
    said?.classList.toggle("found", Boolean(words));
    const byte = words ? drawing().byte(number) : "";
    for (const row of page.querySelectorAll(".embed-words [data-byte]"))
      row.classList.toggle("pointed", row.getAttribute("data-byte") === byte);
    drawing().hold([
      ...(chosen ? [{ number: chosen, name: "held-chosen" }] : []),
      ...(pointed && pointed !== chosen ? [{ number: pointed, name: "held-pointed" }] : []),
    ]);
    stage.classList.toggle("pointing", pointed > 0);
    place();
  };

  return {
    place,
    pointed: () => pointed,
    chosen: () => chosen,
    /** @param {number} number 0 for none @param {boolean} [keys] the keyboard led here: keep it in sight */
    point(number, keys = false) {
      if (number === pointed && !keys) return;
      pointed = number;
      show();
    },
    /** @param {number} number the same again lets go */
    choose(number) {
      chosen = number === chosen ? 0 : number;
      show();
    },
    clear() {
      pointed = chosen = 0;
      show();
    },
    /** The words and shapes around are new. */
    again() {
      usual = line()?.textContent ?? "";
      show();
    },
    /** A remark that passes. @param {string} words */
    say(words) {
      remark.textContent = words;
      remark.hidden = false;
      clearTimeout(ends);
      ends = window.setTimeout(() => (remark.hidden = true), REMARK);
    },
  };
};
