/** What is said of a region as elements: one thing a line, the same in the tip and in the card. */

/** @import { Reading } from "./reading.js" */

/** @param {string} tag @param {string} className @param {string} text */
export const said = (tag, className, text) => {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
};

/** @param {HTMLElement} element @param {Node[]} children */
export const fill = (element, children) => {
  element.textContent = "";
  element.append(...children);
};

/** Figure, unit and period in one line, the estimate's e raised. @param {Reading} reading */
const figureLine = ({ figure, unit, period, sentence, estimated }) => {
  const line = said("p", "reading-line", "");
  line.append(said("strong", figure ? "reading-figure" : "reading-state", figure || sentence));
  if (estimated && figure) line.append(said("sup", "reading-mark", "e"));
  line.append(" ", said("span", "reading-unit", [unit, period].filter(Boolean).join(", ")));
  return line;
};

/** Everything about a region. @param {Reading} reading @param {string} heading tag of the name */
export const lines = (reading, heading) => {
  const { name, place, figure, sentence, marks } = reading;
  const parts = [said(heading, "reading-name", name)];
  if (place) parts.push(said("p", "reading-place", place));
  parts.push(figureLine(reading));
  if (figure && sentence) parts.push(said("p", "reading-class", sentence));
  if (marks.length) parts.push(said("p", "reading-marks", marks.join(", ")));
  return parts;
};
