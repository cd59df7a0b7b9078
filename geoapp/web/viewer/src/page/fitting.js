/** The area asked for, brought into view: the page's words say its box, or its regions tell it. */

/** @import { MapView } from "../map/view.js" */
/** @typedef {[number, number, number, number]} Box west, south, east, north in degrees */

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
