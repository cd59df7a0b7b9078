/** Mouse, finger and keys on the map: which region is meant, handed to the view. */

import { listen, nearestTo, neighbour } from "./keyboard.js";
import { project } from "./mercator.js";
import { STRIDE } from "./panning.js";
import { named, step } from "./walking.js";

/** @import { LeafletMouseEvent, Point } from "leaflet" */
/** @import { MapView } from "./view.js" */

/** How far beside a tiny region a pointer may be and still mean it, px. */
export const REACH = { mouse: 6, touch: 24 };
/** A second tap nearer than this to the first asks for what lies below, px. */
const AGAIN = 8;
/** Two presses further apart than this are no double press, px: each means its own region. */
const TWICE = 24;
/** Where a region is found by position alone, the pointer has to rest so long first, ms. */
const REST = 120;
/** Regions nearer to the map's edge than this are brought to its middle, px. */
const EDGE = 24;

/** @typedef {"mouse" | "touch" | "keyboard"} By */

/** Follow mouse and finger. @param {MapView} view */
export const listenPointer = (view) => {
  const { leaflet, live } = view;
  /** @type {"mouse" | "touch"} */
  let by = "mouse";
  /** @type {Point | null} */
  let pointer = null;
  /** @type {{ at: Point, numbers: number[], turn: number } | null} */
  let last = null;

  live.addEventListener("pointerdown", ({ pointerType }) => (by = pointerType === "mouse" ? "mouse" : "touch"), true);
  live.addEventListener("pointermove", ({ pointerType }) => pointerType === "mouse" && (by = "mouse"), true);

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let resting;

  /** @param {Point} at */
  const rested = async (at) => {
    const own = resting;
    const [number = 0] = await view.beneath(at, REACH.mouse);
    if (own === resting) view.take(number, at, "mouse");
  };
  const follow = () => {
    const at = pointer;
    if (!at) return;
    clearTimeout(resting);
    if (view.pictured) resting = setTimeout(() => void rested(at), REST);
    else view.take(view.under(at, REACH.mouse)[0] ?? 0, at, "mouse");
  };
  leaflet.on("mousemove", ({ containerPoint }) => {
    if (by !== "mouse") return;
    const waiting = pointer !== null;
    pointer = containerPoint;
    if (!waiting) requestAnimationFrame(() => (follow(), (pointer = null)));
  });
  leaflet.on("mouseout movestart", () => {
    pointer = null;
    clearTimeout(resting);
    resting = undefined;
    view.take(0, null, "mouse");
  });

  /** The region under a tap; at the same place again, the next one below. @param {Point} at @param {number[]} numbers */
  const meant = (at, numbers) => {
    const same = last !== null && last.at.distanceTo(at) <= AGAIN && String(last.numbers) === String(numbers);
    const turn = same && last ? (last.turn + 1) % Math.max(1, numbers.length) : 0;
    last = { at, numbers, turn };
    return numbers[turn] ?? 0;
  };
  /** Where the last two presses were. @type {Point[]} */
  let presses = [];
  leaflet.on("click", async (/** @type {LeafletMouseEvent} */ { containerPoint }) => {
    const used = by;
    presses = [...presses.slice(-1), containerPoint];
    view.press(meant(containerPoint, await view.beneath(containerPoint, REACH[used])), containerPoint, used);
  });
  leaflet.on("dblclick", ({ containerPoint, originalEvent }) => {
    const [first, second] = presses;
    if (second && first.distanceTo(second) > TWICE) return;
    leaflet.setZoomAround(containerPoint, leaflet.getZoom() + (originalEvent.shiftKey ? -1 : 1));
  });
};

/** Arrows go to the geographic neighbour, letters to a name, Enter chooses, Escape lets go. @param {MapView} view */
export const listenKeys = (view) => {
  const { leaflet } = view;

  /** Take a region in hand and bring it into view. @param {number} number */
  const reach = (number) => {
    if (!number) return;
    const [size, at] = [leaflet.getSize(), view.pointOf(number)];
    if (at.x < EDGE || at.y < EDGE || at.x > size.x - EDGE || at.y > size.y - EDGE) leaflet.panBy(at.subtract(size.divideBy(2)));
    view.take(number, null, "keyboard");
  };
  /** The neighbour that an arrow leads to. @param {string} key */
  const move = (key) => {
    const places = view.roster();
    const { lng, lat } = leaflet.getCenter();
    const from = view.held || view.chosen;
    reach(places.place(from) ? neighbour(places, from, key) : nearestTo(places, project(lng, lat)));
  };

  listen(view.live, {
    move,
    walk: (key) => reach(step(view.roster(), view.held || view.chosen, key)),
    find: (letters) => reach(named(view.roster(), view.held || view.chosen, letters)),
    choose: () => view.held && view.press(view.held, null, "keyboard"),
    clear: () => (view.held ? view.take(0, null, "keyboard") : view.chosen && view.press(0, null, "keyboard")),
    zoom: (steps) => leaflet.setZoom(leaflet.getZoom() + steps),
    pan: (right, down) => leaflet.panBy([right * STRIDE * leaflet.getSize().x, down * STRIDE * leaflet.getSize().y]),
    leave: () => view.take(0, null, "keyboard"),
  });
};
