/** What a script adds to the frame, which is whole without it: reading by hand and keyboard, nearness, periods. */

import { listenTaps } from "./embed/asking.js";
import { createDrawing } from "./embed/drawing.js";
import { listenPeriods } from "./embed/exchange.js";
import { listen } from "./embed/gestures.js";
import { isArrow, neighbour } from "./embed/neighbour.js";
import { createReading } from "./embed/reading.js";
import { listenWayOut } from "./embed/way-out.js";
import { centred, closeness, zoomed } from "./embed/zoom.js";
import { languageOf, stringsOf } from "./embed/strings.js";

const strings = stringsOf(languageOf(document.documentElement.lang));

/** @param {string} className @param {string} sign @param {string} label @param {() => void} deed */
const button = (className, sign, label, deed) => {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className, textContent: sign, title: label });
  made.setAttribute("aria-label", label);
  made.addEventListener("click", deed);
  return made;
};

/** @param {HTMLElement} stage */
const start = (stage) => {
  const svg = () => /** @type {SVGSVGElement | null} */ (stage.querySelector(".embed-picture > svg"));
  const first = svg();
  if (!first) {
    return listenPeriods(document, listenTaps(stage, document));
  }
  let drawing = createDrawing(first);
  const reading = createReading(document, stage, () => drawing);

  const turn = () => {
    const near = closeness(drawing.seen(), drawing.whole);
    whole.hidden = near <= 1.01;
    reading.place();
  };
  const hands = listen(stage, () => drawing, {
    hover: (number) => reading.point(number),
    choose(number, x, y) {
      reading.choose(number);
      if (number && closeness(drawing.seen(), drawing.whole) > 1.01) {
        drawing.see(centred(drawing.seen(), drawing.whole, drawing.point(x, y)));
        turn();
      }
    },
    change: turn,
    two: () => reading.say(strings.two),
  });
  const wholeAgain = () => {
    drawing.see(drawing.whole);
    turn();
    stage.focus({ preventScroll: true });
  };
  const whole = button("embed-whole", "⛶", strings.whole, wholeAgain);
  whole.hidden = true;
  const buttons = document.createElement("div");
  buttons.className = "embed-buttons";
  buttons.append(
    button("embed-in", "+", strings.zoomIn, () => hands.step(true)),
    button("embed-out", "−", strings.zoomOut, () => hands.step(false)),
    whole,
  );
  stage.after(buttons);
  document.body.classList.add("handy");

  stage.tabIndex = 0;
  stage.setAttribute("role", "application");
  stage.setAttribute("aria-label", `${document.title}. ${strings.map}`);
  stage.addEventListener("keydown", (event) => {
    if (event.target !== stage || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isArrow(event.key)) reading.point(neighbour(drawing.centres(), reading.pointed() || reading.chosen(), event.key), true);
    else if (event.key === "Enter" || event.key === " ") reading.choose(reading.pointed());
    else if (event.key === "Escape") reading.clear();
    else if (event.key === "+" || event.key === "=") hands.step(true);
    else if (event.key === "-") hands.step(false);
    else return;
    event.preventDefault();
  });
  stage.addEventListener("blur", () => reading.point(0));

  listenPeriods(document, () => {
    const seen = drawing.seen();
    const next = svg();
    if (!next) return;
    drawing = createDrawing(next);
    drawing.see(zoomed(seen, drawing.whole, 1));
    stage.setAttribute("aria-label", `${document.title}. ${strings.map}`);
    reading.again();
    turn();
  });
};

listenWayOut(document, strings.blocked);
const stage = /** @type {HTMLElement | null} */ (document.querySelector(".embed-map"));
if (stage) start(stage);
