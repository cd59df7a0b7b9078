/**
 * The bottom sheet of a phone. The page is the only scroller: scrolling draws the sheet over the map, which stays where
 * it is. Lower than half, the map itself grows. Handle, button and Escape do the same without scrolling or dragging.
 */

import { beside, nearest, released, scrolled } from "./rests.js";

/** @import { Rest, Tops } from "./rests.js" */

/** Where the sheet exists; the same as in sheet.css. */
const PHONE = "(max-width: 719px) and (min-height: 481px)";
/** What is seen of the map at the highest rest, px. */
const STRIP = 56;
/** A finger that moved less than this pressed, px. */
const STILL = 6;
/** Scrolling that rested for so long has ended, ms. */
const ENDED = 140;

class Sheet {
  /** @param {HTMLElement} head the sheet's first line, with its handle and its button */
  constructor(head) {
    const one = (/** @type {string} */ selector, /** @type {ParentNode} */ within = document) =>
      /** @type {HTMLElement} */ (within.querySelector(selector));
    this.head = head;
    this.panel = /** @type {HTMLElement} */ (head.parentElement);
    this.stage = /** @type {HTMLElement} */ (head.closest(".stage"));
    this.map = one(".map", this.stage);
    this.handle = one(".sheet-handle", head);
    this.step = one(".sheet-step", head);
    this.top = one(".top");
    this.phone = window.matchMedia(PHONE);
    /** @type {{ y: number, top: number, at: number, speed: number, moved: boolean } | null} */
    this.drag = null;
    /** @type {Tops | null} */
    this.kept = null;
    this.touched = false;
    this.direction = 0;
    this.scroll = window.scrollY;
    this.ended = 0;
    this.stop = new AbortController();
    this.#listen();
    this.#told();
  }

  /** @returns {Rest} */
  get rest() {
    return /** @type {Rest} */ (this.stage.dataset.rest || "half");
  }

  /** Where the sheet's top is in each rest, px from the window's top. @returns {Tops} */
  get tops() {
    this.kept ??= this.#measured();
    return this.kept;
  }

  /** Both heights of the map, as the style sheet has them for this window. @returns {Tops} */
  #measured() {
    const { rest } = this;
    const [low, half] = /** @type {Rest[]} */ (["low", "half"]).map((each) => {
      this.#lay(each);
      return this.#above();
    });
    this.#lay(rest);
    return { low, half, full: this.top.offsetHeight + STRIP };
  }

  /** The sheet's top when nothing is scrolled, px. */
  #above() {
    return this.panel.offsetTop + this.stage.offsetTop;
  }

  /** The sheet's top as the page is scrolled, whatever glides or is dragged meanwhile, px. */
  #now() {
    return this.#above() - window.scrollY;
  }

  /** @param {Rest} rest */
  #lay(rest) {
    this.stage.dataset.rest = rest;
  }

  /** Bring the sheet to a rest, gliding there from where it is. @param {Rest} rest */
  settle(rest) {
    const { panel } = this;
    const before = panel.getBoundingClientRect().top;
    this.#lay(rest);
    const scroll = rest === "full" ? this.#above() - this.top.offsetHeight - STRIP : 0;
    panel.style.transform = "";
    window.scrollTo(0, scroll);
    const way = before - panel.getBoundingClientRect().top;
    if (Math.abs(way) < window.innerHeight) this.#glide(way);
    this.#told();
  }

  /** @param {number} way px from where it was */
  #glide(way) {
    const { panel } = this;
    panel.classList.remove("sheet-settling");
    panel.style.transform = way ? `translateY(${way}px)` : "";
    void panel.offsetHeight;
    panel.classList.add("sheet-settling");
    panel.style.transform = "";
  }

  /** Say on the buttons what they do, and to the map how much room it has. */
  #told() {
    const { head, handle, step, stage, rest } = this;
    const { open = "", close = "" } = head.dataset;
    handle.setAttribute("aria-label", rest === "low" ? open : close);
    /** @type {HTMLElement} */ (step.querySelector("span")).textContent = rest === "full" ? close : open;
    for (const button of [handle, step]) button.setAttribute("aria-expanded", String(rest === "full"));
    for (const button of [handle, step]) button.hidden = false;
    const sides = getComputedStyle(this.map);
    const room = ["top", "right", "bottom", "left"].map((side) => parseFloat(sides.getPropertyValue(`--room-${side}`)) || 0);
    stage.dispatchEvent(new CustomEvent("geoapp:room", { bubbles: true, detail: { rest, room } }));
  }

  #listen() {
    const { signal } = this.stop;
    const { head, map, panel } = this;
    this.step.addEventListener("click", () => this.settle(this.rest === "full" ? "half" : beside(this.rest, 1)), { signal });
    this.handle.addEventListener("click", () => !this.drag?.moved && this.settle(beside(this.rest, this.rest === "low" ? 1 : -1)), { signal });
    head.addEventListener("pointerdown", (event) => this.#take(event), { signal });
    document.addEventListener("pointermove", (event) => this.#follow(event), { signal });
    for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => this.#release(), { signal });
    map.addEventListener("focusin", () => this.#covered() && this.settle("half"), { signal });
    panel.addEventListener("transitionend", () => panel.classList.remove("sheet-settling"), { signal });
    document.addEventListener("keydown", (event) => this.#key(event), { signal });
    for (const [name, touched] of /** @type {const} */ ([["touchstart", true], ["wheel", false], ["keydown", false]]))
      window.addEventListener(name, () => (this.touched = touched), { signal, passive: true });
    window.addEventListener("touchend", (event) => event.touches.length || this.#later(), { signal, passive: true });
    window.addEventListener("scroll", () => this.#scrolled(), { signal, passive: true });
    window.addEventListener("resize", () => (this.kept = null), { signal });
    this.phone.addEventListener?.("change", () => this.phone.matches || this.#lay("half"));
  }

  /** Whether the sheet lies over most of the map. */
  #covered() {
    return this.phone.matches && this.#now() < this.top.offsetHeight + this.map.offsetHeight / 2;
  }

  /** @param {PointerEvent} event */
  #take(event) {
    if (event.button || (event.target instanceof Element && event.target.closest(".sheet-step"))) return;
    this.drag = { y: event.clientY, top: this.head.getBoundingClientRect().top, at: event.timeStamp, speed: 0, moved: false };
    this.panel.classList.remove("sheet-settling");
  }

  /** @param {PointerEvent} event */
  #follow(event) {
    const { drag } = this;
    if (!drag || !event.buttons) return;
    const way = event.clientY - drag.y;
    if (!drag.moved && Math.abs(way) < STILL) return;
    // not before: a press that is captured would not click the handle
    if (!drag.moved) this.head.setPointerCapture(event.pointerId);
    drag.moved = true;
    drag.speed = event.movementY / Math.max(1, event.timeStamp - drag.at);
    drag.at = event.timeStamp;
    const { low, full } = this.tops;
    const top = Math.max(Math.min(full, drag.top), Math.min(low, drag.top + way));
    this.panel.style.transform = `translateY(${top - drag.top}px)`;
  }

  #release() {
    const { drag } = this;
    if (!drag) return;
    // the click that follows still asks whether the finger moved
    setTimeout(() => (this.drag = null));
    if (drag.moved) this.settle(released(this.tops, this.head.getBoundingClientRect().top, drag.speed));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Escape" || event.defaultPrevented || !this.phone.matches) return;
    if (event.target instanceof Element && event.target.closest("input, select, textarea, .top")) return;
    if (this.rest !== "low") this.settle(beside(this.rest, -1));
  }

  #scrolled() {
    if (!this.phone.matches) return;
    const now = window.scrollY;
    if (now !== this.scroll) this.direction = now - this.scroll;
    this.scroll = now;
    const top = this.#now();
    this.head.classList.toggle("stuck", top < this.top.offsetHeight - 1);
    if (this.rest !== "low") {
      const { half, full } = this.tops;
      const rest = top < (half + full) / 2 ? "full" : "half";
      if (rest !== this.rest) {
        this.#lay(rest);
        this.#told();
      }
    }
    this.#later();
  }

  /** Wait until scrolling has ended, then come to rest. */
  #later() {
    clearTimeout(this.ended);
    this.ended = setTimeout(() => this.#came(), ENDED);
  }

  #came() {
    if (!this.phone.matches || this.drag || !this.scroll || !this.direction) return;
    const { tops } = this;
    const top = this.#now();
    const rest = scrolled(tops, top, this.direction);
    if (rest) {
      if (this.touched || this.rest === "low") this.settle(rest === "low" ? nearest(tops, top) : rest);
    } else if (this.rest === "low") {
      this.#lay("full");
      window.scrollBy(0, tops.half - tops.low);
      this.#told();
    }
    this.direction = 0;
  }
}

/** @type {Sheet | null} */
let sheet = null;

/** @param {HTMLElement} head */
export const attachSheet = (head) => {
  const own = (sheet = new Sheet(head));
  return () => own.stop.abort();
};

/** A region was chosen: what is said of it must not stay below the screen. @param {HTMLElement} reading */
export const attachReading = (reading) => {
  if (reading.dataset.region && sheet?.phone.matches && sheet.rest === "low") sheet.settle("half");
};
