/** The server's drawing as something to point at and to see from nearer; knows nothing of gestures or words. */

import { boxOf, closeness, written } from "./zoom.js";

/** @import { Box } from "./zoom.js" */
/** @import { Centre } from "./neighbour.js" */

const SVG = "http://www.w3.org/2000/svg";
/** A finger that misses a small shape by less finds it, px. */
const REACH = 14;
/** Lengths that stay as they are on screen while the shapes grow. */
const LENGTHS = ["stroke-width", "stroke-dasharray", "font-size"];

/** @param {string} value numbers in a row @param {number} factor */
const times = (value, factor) => value.split(/[ ,]+/).map((each) => Number((parseFloat(each) * factor).toFixed(3))).join(" ");

/** @param {SVGSVGElement} svg */
export const createDrawing = (svg) => {
  const whole = boxOf(svg.getAttribute("viewBox"));
  let seen = whole;
  /** @type {Map<number, { shape: SVGGraphicsElement, words: string }>} */
  const regions = new Map();
  for (const shape of /** @type {NodeListOf<SVGGraphicsElement>} */ (svg.querySelectorAll("[data-number]"))) {
    const title = shape.querySelector("title");
    regions.set(Number(shape.dataset.number), { shape, words: title?.textContent ?? "" });
    title?.remove(); // what is said here is said by us now, and not twice
  }
  const lengths = scaled(svg);
  const overlay = document.createElementNS(SVG, "g");
  overlay.setAttribute("class", "held");
  svg.append(overlay);

  const resize = () => {
    svg.setAttribute("viewBox", written(seen));
    svg.classList.toggle("nearer", closeness(seen, whole) > 1.01);
    for (const set of lengths) set(1 / closeness(seen, whole));
  };

  return {
    whole,
    seen: () => seen,
    /** @param {Box} box */
    see(box) {
      seen = box;
      resize();
    },
    /** @param {number} number */
    words: (number) => regions.get(number)?.words ?? "",
    /** The class or state a region is drawn in, as legend rows name it; "" for none. @param {number} number */
    byte(number) {
      const shape = svg.querySelector(`.regions [data-number="${number}"]`);
      const drawn = shape?.closest(".regions > *"); // alike regions stand in one group
      return /(?:^|\s)c(\d+)(?:\s|$)/.exec(`${shape?.getAttribute("class")} ${drawn?.getAttribute("class")}`)?.[1] ?? "";
    },
    /** @param {number} number @returns {DOMRect | null} where it is in the window */
    box: (number) => regions.get(number)?.shape.getBoundingClientRect() ?? null,
    /** @returns {Centre[]} */
    centres: () => [...regions].map(([number, { shape }]) => {
      const { left, top, width, height } = shape.getBoundingClientRect();
      return { number, x: left + width / 2, y: top + height / 2 };
    }),
    /** The region at a point of the window, or the nearest within a finger's reach; 0 for none. @param {number} x @param {number} y @param {boolean} [near] */
    at(x, y, near = false) {
      for (const reach of near ? [0, REACH / 2, REACH] : [0])
        for (let turn = 0; turn < (reach ? 8 : 1); turn++) {
          const angle = (turn * Math.PI) / 4;
          const found = document.elementFromPoint(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
          const shape = found?.closest("[data-number]");
          if (shape && svg.contains(shape)) return Number(shape.getAttribute("data-number"));
        }
      return 0;
    },
    /** A point of the window in the drawing's units. @param {number} x @param {number} y */
    point(x, y) {
      const to = svg.getScreenCTM();
      const { x: across, y: down } = new DOMPoint(x, y).matrixTransform(to?.inverse());
      return { x: across, y: down };
    },
    /** Draw a line around regions, the last above the others. @param {{ number: number, name: string }[]} held */
    hold(held) {
      overlay.textContent = "";
      for (const { number, name } of held) {
        const shape = regions.get(number)?.shape;
        if (!shape) continue;
        const frame = document.createElementNS(SVG, "g");
        frame.setAttribute("class", name);
        frame.setAttribute("transform", outer(shape, svg));
        for (const line of ["held-casing", "held-line"]) {
          const copy = /** @type {Element} */ (shape.cloneNode(false));
          for (const each of [...copy.attributes]) if (!GEOMETRY.has(each.name)) copy.removeAttribute(each.name);
          copy.setAttribute("class", line);
          frame.append(copy);
        }
        overlay.append(frame);
      }
    },
    regions,
  };
};

/** @typedef {ReturnType<typeof createDrawing>} Drawing */

const GEOMETRY = new Set(["d", "cx", "cy", "r"]);

/** The transformation of the groups a shape stands in. @param {Element} shape @param {Element} svg */
const outer = (shape, svg) => {
  const found = [];
  for (let each = shape.parentElement; each && each !== svg; each = each.parentElement) found.unshift(each.getAttribute("transform") ?? "");
  return found.join(" ").trim();
};

/** Setters for every length that must not grow with the shapes. @param {SVGSVGElement} svg @returns {((factor: number) => void)[]} */
const scaled = (svg) => {
  /** @type {((factor: number) => void)[]} */
  const found = [];
  for (const element of svg.querySelectorAll(LENGTHS.map((each) => `[${each}]`).join())) {
    if (element.closest("defs")) continue;
    for (const name of LENGTHS) {
      const value = element.getAttribute(name);
      if (value && parseFloat(value)) found.push((factor) => element.setAttribute(name, times(value, factor)));
    }
  }
  for (const circle of svg.querySelectorAll(".circles circle[r]")) {
    const radius = circle.getAttribute("r") ?? "0";
    found.push((factor) => circle.setAttribute("r", times(radius, Math.sqrt(factor))));
  }
  for (const pattern of svg.querySelectorAll("defs pattern")) {
    const turned = pattern.getAttribute("patternTransform") ?? "";
    found.push((factor) => pattern.setAttribute("patternTransform", `scale(${factor}) ${turned}`));
  }
  return found;
};
