/** The regions of an open map: which lies at a point, what is known of it, which are in hand, chosen and set apart. */

import { unproject, worldSize } from "./mercator.js";

/** @import { LatLngLiteral, Map as LeafletMap, Point, PointTuple } from "leaflet" */
/** @import { Place } from "./places.js" */
/** @import { By } from "./pointing.js" */
/** @import { Shown } from "./scenery.js" */
/** @import { Surface } from "./surface.js" */

/** Whether a place is an area or lies in it: codes begin with those of what they belong to. @param {{ code: string, parent?: string }} place @param {string} area */
const inside = ({ code, parent }, area) => parent === area || code.startsWith(area);

/** @param {Place[]} places @returns {[number, number, number, number]} west, south, east, north in degrees */
const boxAround = (places) => {
  const [west, south] = unproject(Math.min(...places.map(({ box }) => box[0])), Math.max(...places.map(({ box }) => box[3])));
  const [east, north] = unproject(Math.max(...places.map(({ box }) => box[2])), Math.min(...places.map(({ box }) => box[1])));
  return [west, south, east, north];
};

/** @typedef {{ period: string, level: string, area: string }} Wish "" is the document's own choice; level may be "auto" */

export class Regions {
  /** @param {{ frame: import("./frame.js").Frame, wish: Wish, events: import("./events.js").Events }} means */
  constructor({ frame, wish, events }) {
    this.frame = frame;
    /** @type {Wish} */
    this.wish = wish;
    this.events = events;
    /** Leaflet's own map. @type {LeafletMap} */
    this.leaflet = frame.map;
    /** @type {Surface | null} */
    this.picture = null;
    /** What is known and marked, as the surface paints it; the view fills in the rest. */
    this.shown = /** @type {Shown} */ ({ plan: null, ground: null, emphasis: null, hovered: 0, chosen: 0, compared: 0, within: null });
    /** Code or number of what is chosen and compared: a level or a list of places may come later than the choice. */
    this.wanted = { chosen: /** @type {string | number} */ (0), compared: /** @type {string | number} */ (0) };
    /** @type {{ area: string, places: unknown, rule: (number: number) => boolean } | null} */
    this.fence = null;
  }

  /** @returns {Surface} */
  get surface() {
    return /** @type {Surface} */ (this.picture); // there since the view was made
  }

  /** The element that holds the map and takes the focus. */
  get live() {
    return this.frame.live;
  }

  /** Number of the region in hand, 0 for none. */
  get held() {
    return this.shown.hovered;
  }

  /** Number of the chosen region, 0 for none. */
  get chosen() {
    return this.shown.chosen;
  }

  /** Whether regions are too small for shapes, so that pictures stand in for them. */
  get pictured() {
    return this.surface.pictured;
  }

  /** The places of the level, or those that tiles tell of. */
  roster() {
    return this.surface.roster();
  }

  /** What is known of a region of the level shown. @param {number} number @returns {Place | undefined} */
  place(number) {
    return number ? this.roster().place(number) : undefined;
  }

  /** @param {string | number} region code, or a number already; 0 where no region has this code */
  numberOf(region) {
    return typeof region === "number" ? region : region ? this.roster().number(region) : 0;
  }

  /** The region at a point of the map's element, px; 0 for none. @param {Point | PointTuple} point @param {number} [reach] */
  at(point, reach) {
    return this.under(point, reach)[0] ?? 0;
  }

  /** All regions at a point, the one meant first. @param {Point | PointTuple} point @param {number} [reach] px */
  under(point, reach) {
    return this.surface.under(point, reach);
  }

  /** The number of the region at a position on the earth; 0 for none. @param {LatLngLiteral} position @returns {Promise<number>} */
  locate(position) {
    return this.surface.locate(position);
  }

  /** All regions that a tap means, the first one first; where pictures stand in for shapes, by its position. @param {Point} point @param {number} reach px @returns {Promise<number[]>} */
  async beneath(point, reach) {
    if (!this.pictured) return this.under(point, reach);
    const number = await this.locate(this.leaflet.containerPointToLatLng(point)).catch(() => 0);
    return number ? [number] : [];
  }

  /** Where a region's inside point lies in the map's element, px. @param {number} number @returns {Point} */
  pointOf(number) {
    const [x, y] = this.place(number)?.inside ?? [0.5, 0.5];
    const world = worldSize(this.leaflet.getZoom());
    return this.leaflet.layerPointToContainerPoint([x * world, y * world]).subtract(this.leaflet.getPixelOrigin());
  }

  /** The box of an area in degrees, from its regions of the level shown; null if it has none, or nobody knows all. @param {string} area */
  boxOf(area) {
    const found = [...(this.shown.places?.all() ?? [])].filter((place) => inside(place, area));
    return found.length ? boxAround(found) : null;
  }

  /** Find again what is wanted by code. */
  recall() {
    const { area } = this.wish;
    for (const name of /** @type {const} */ (["chosen", "compared"])) {
      this.shown[name] = this.numberOf(this.wanted[name]);
      if (!this.shown[name] && this.wanted[name]) this.seek(String(this.wanted[name]));
    }
    this.shown.within = area ? this.#within(area) : null;
  }

  /** A code that nothing tells of yet: the view may go and ask. @param {string} _code */
  seek(_code) {}

  /** Whether regions lie in an area; the same rule while nothing changes it, because paths are kept by it. @param {string} area @returns {(number: number) => boolean} */
  #within(area) {
    const { places, codes } = this.shown;
    if (this.fence?.area !== area || this.fence.places !== places)
      this.fence = { area, places, rule: (number) => inside(places?.place(number) ?? { code: codes.get(number) ?? "" }, area) };
    return this.fence.rule;
  }

  /** Dim all classes but these; null shows all alike. @param {readonly number[] | null} bytes */
  emphasise(bytes) {
    this.shown.emphasis = bytes;
    this.surface.repaint("map");
  }

  /** Choose a region by code or number, 0 for none. No event is told. @param {string | number} region */
  choose(region) {
    this.#want("chosen", region);
  }

  /** Choose a second region to compare, 0 for none. @param {string | number} region */
  compare(region) {
    this.#want("compared", region);
  }

  /** @param {"chosen" | "compared"} which @param {string | number} region */
  #want(which, region) {
    this.wanted[which] = region;
    this.recall();
    this.surface.repaint("marks");
  }

  /** Take a region in hand, as if the pointer were on it; 0 lets go. No event is told. @param {number} number */
  hold(number) {
    if (number === this.shown.hovered) return;
    this.shown.hovered = number;
    this.live.classList.toggle("map-pointing", number > 0);
    this.surface.repaint("marks");
  }

  /** Somebody took a region in hand. @param {number} number @param {Point | null} point @param {By} by */
  take(number, point, by) {
    const before = this.shown.hovered;
    this.hold(number);
    if (number || before) this.events.tell("hover", { number, code: this.place(number)?.code ?? "", point, by });
  }

  /** Somebody chose a region, 0 for none. @param {number} number @param {Point | null} point @param {By} by */
  press(number, point, by) {
    const code = this.place(number)?.code ?? "";
    this.choose(code || number);
    this.events.tell("choose", { number, code, point, by });
  }
}
