/** What is brought into view: the area asked for, whose box the page's words or its regions say, and a region chosen. */

import { unproject, worldSize } from "../map/mercator.js";

/** @import { MapView } from "../map/view.js" */
/** @typedef {[number, number, number, number]} Box west, south, east, north in degrees */

/** Regions smaller than this are brought nearer when they are searched for, px; with so many of their widths around. */
const [SMALL, AROUND] = [20, 3];
/** The box of an area as the page's words say it. @param {Pick<Document, "getElementById">} page @param {string} area @returns {Box | null} */
export const boxSaid = (page, area) => {
  const { area: said, box = "" } = page.getElementById("title")?.dataset ?? {};
  return area && said === area && box ? /** @type {Box} */ (box.split(",").map(Number)) : null;
};

/** @param {Pick<Document, "getElementById">} page @param {Pick<MapView, "boxOf" | "fit">} map @param {string} area that the map shows already */
export const createFitting = (page, map, area) => {
  let waiting = false;
  const own = {
    /** The box of the area; null for everything, and while nobody knows it. */
    box: () => (area ? (boxSaid(page, area) ?? map.boxOf(area)) : null),
    /** Another area was asked for, "" for everything. @param {string} asked */
    turn(asked) {
      if (asked === area) return;
      area = asked;
      waiting = true;
      own.fit();
    },
    /** Bring it into view, once. */
    fit() {
      const box = own.box();
      if (!waiting || (area && !box)) return;
      waiting = false;
      map.fit(box, { animate: true });
    },
  };
  return own;
};

/** Bring the chosen region into view with its surroundings, if it is not there or too small to be seen. @param {MapView} map */
export const bringChosen = (map) => {
  const place = map.place(map.chosen);
  if (!place) return;
  const [left, top, right, bottom] = place.box;
  const [west, south, east, north] = [...unproject(left, bottom), ...unproject(right, top)];
  const small = Math.max(right - left, bottom - top) * worldSize(map.leaflet.getZoom()) < SMALL;
  if (!small && map.leaflet.getBounds().contains([[south, west], [north, east]])) return;
  const air = AROUND * Math.max(east - west, north - south);
  map.fit([west - air, south - air, east + air, north + air], { animate: true });
};
