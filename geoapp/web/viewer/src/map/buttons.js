/** The buttons of the map: a sign with a name for ears. */

/** Lines of the signs on the buttons, in a square of 20. */
const SIGNS = {
  in: "M10 3.5v13M3.5 10h13", out: "M3.5 10h13", whole: "M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4",
  pan: "M10 2.5v15M2.5 10h15M8 4.5l2-2 2 2M8 15.5l2 2 2-2M4.5 8l-2 2 2 2M15.5 8l2 2-2 2",
  left: "M12.5 4l-6 6 6 6", up: "M4 12.5l6-6 6 6", down: "M4 7.5l6 6 6-6", right: "M7.5 4l6 6-6 6",
  place: "M15.5 10a5.5 5.5 0 1 1-11 0 5.5 5.5 0 1 1 11 0M10 1v3.5M10 15.5V19M1 10h3.5M15.5 10H19M11 10a1 1 0 1 1-2 0 1 1 0 1 1 2 0",
};
const SVG = "http://www.w3.org/2000/svg";

/** @param {keyof typeof SIGNS} name */
const sign = (name) => {
  const [drawing, line] = ["svg", "path"].map((tag) => document.createElementNS(SVG, tag));
  for (const [key, value] of Object.entries({ width: "20", height: "20", viewBox: "0 0 20 20", "aria-hidden": "true" })) drawing.setAttribute(key, value);
  line.setAttribute("d", SIGNS[name]);
  drawing.append(line);
  return drawing;
};

/** A button of the map that is only a sign. @param {keyof typeof SIGNS} name @param {string} label @param {() => void} deed */
export const button = (name, label, deed) => {
  const element = document.createElement("button");
  element.type = "button";
  element.className = `map-${name}`;
  element.append(sign(name));
  element.title = label;
  element.setAttribute("aria-label", label);
  element.addEventListener("click", deed);
  return element;
};
