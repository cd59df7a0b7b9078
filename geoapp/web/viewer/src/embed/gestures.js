/** What hands do on the drawing: one finger and the wheel belong to the page around the frame, two fingers to the map. */

import { closeness, moved, zoomed } from "./zoom.js";

/** @import { Drawing } from "./drawing.js" */

const STEP = 2;
/** Pixels a mouse moves before it drags. */
const DRAG = 4;

/** @param {TouchList} touches */
const fingers = ([one, two]) => ({
  x: (one.clientX + two.clientX) / 2,
  y: (one.clientY + two.clientY) / 2,
  apart: Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY) || 1,
});

/**
 * @param {HTMLElement} stage around the drawing @param {() => Drawing} drawing
 * @param {{ hover: (number: number) => void, choose: (number: number, x: number, y: number) => void, change: () => void, two: () => void }} deeds
 */
export const listen = (stage, drawing, { hover, choose, change, two }) => {
  let dragged = false;

  /** @param {number} factor @param {number} x @param {number} y px */
  const zoom = (factor, x, y) => {
    const now = drawing();
    now.see(zoomed(now.seen(), now.whole, factor, now.point(x, y)));
    change();
  };
  /** @param {{ x: number, y: number }} from @param {{ x: number, y: number }} to px */
  const move = (from, to) => {
    const now = drawing();
    const [a, b] = [now.point(from.x, from.y), now.point(to.x, to.y)];
    now.see(moved(now.seen(), now.whole, a.x - b.x, a.y - b.y));
    change();
  };
  const near = () => closeness(drawing().seen(), drawing().whole) > 1.01;

  stage.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return; // the page's own
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 100), event.clientX, event.clientY);
  }, { passive: false });

  pinch(stage, zoom, move, () => near() && two());

  /** @type {{ x: number, y: number } | null} */
  let held = null;
  stage.addEventListener("pointerdown", (event) => {
    dragged = false;
    if (event.pointerType === "mouse" && !event.button && near()) held = { x: event.clientX, y: event.clientY };
  });
  stage.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch") return;
    if (!held || !event.buttons) return hover(drawing().at(event.clientX, event.clientY));
    const to = { x: event.clientX, y: event.clientY };
    if (!dragged && Math.hypot(to.x - held.x, to.y - held.y) < DRAG) return;
    dragged = true;
    stage.setPointerCapture(event.pointerId);
    move(held, to);
    held = to;
  });
  for (const end of ["pointerup", "pointercancel"]) stage.addEventListener(end, () => (held = null));
  stage.addEventListener("pointerleave", (event) => event.pointerType === "touch" || hover(0));
  stage.addEventListener("click", (event) => {
    if (dragged || /** @type {Element} */ (event.target).closest("button")) return;
    choose(drawing().at(event.clientX, event.clientY, true), event.clientX, event.clientY);
  });
  return {
    /** @param {boolean} nearer */
    step(nearer) {
      const { left, top, width, height } = stage.getBoundingClientRect();
      zoom(nearer ? STEP : 1 / STEP, left + width / 2, top + height / 2);
    },
  };
};

/**
 * @param {HTMLElement} stage @param {(factor: number, x: number, y: number) => void} zoom
 * @param {(from: { x: number, y: number }, to: { x: number, y: number }) => void} move @param {() => void} alone one finger moved
 */
const pinch = (stage, zoom, move, alone) => {
  /** @type {ReturnType<typeof fingers> | null} */
  let before = null;
  stage.addEventListener("touchstart", ({ touches }) => (before = touches.length === 2 ? fingers(touches) : null), { passive: true });
  stage.addEventListener("touchmove", (event) => {
    if (event.touches.length !== 2 || !before) return void (event.touches.length === 1 && alone());
    if (event.cancelable) event.preventDefault();
    const now = fingers(event.touches);
    zoom(now.apart / before.apart, before.x, before.y);
    move(before, now);
    before = now;
  }, { passive: false });
  stage.addEventListener("touchend", ({ touches }) => (before = touches.length === 2 ? fingers(touches) : null), { passive: true });
};
