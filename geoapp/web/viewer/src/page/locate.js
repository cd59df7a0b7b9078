/** My place: asked for only when the button is pressed; its coordinates stay here, only its region's words are asked for. */

import { button } from "../map/buttons.js";

/** @import { Viewer } from "./viewer.js" */

/** Time a phone has to find itself, ms; a place of up to a minute ago will do. */
const OPTIONS = { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 };
const REFUSED = 1;

/** @returns {Promise<{ lng: number, lat: number }>} fails with the code of what went wrong */
const whereAmI = () =>
  new Promise((found, failed) => {
    if (!navigator.geolocation) return failed({ code: 0 });
    navigator.geolocation.getCurrentPosition(({ coords }) => found({ lng: coords.longitude, lat: coords.latitude }), failed, OPTIONS);
  });

/** Bring a place before the eyes, so that the shapes around it are here. @param {Viewer["map"]} map @param {{ lng: number, lat: number }} at */
const bring = async (map, at) => {
  const [west, south, east, north] = map.layer.edition.box;
  if (at.lng < west || at.lng > east || at.lat < south || at.lat > north) return 0;
  if (!map.leaflet.getBounds().contains(at)) {
    const painted = new Promise((done) => map.leaflet.once("moveend", done));
    map.leaflet.panTo(at, { animate: false });
    await painted;
  }
  return map.locate(at);
};

/** A button among those of the map. @param {Viewer} viewer */
export const attachLocate = ({ map, bar, parts: { element, strings, notice } }) => {
  const here = button("place", strings.place, async () => {
    notice.say(strings.finding);
    try {
      const number = await bring(map, await whereAmI());
      notice.say(number ? "" : strings.outside);
      if (number) bar.push({ region: map.place(number)?.code ?? "" });
    } catch (problem) {
      notice.say(/** @type {{ code?: number }} */ (problem).code === REFUSED ? strings.placeRefused : strings.noPlace);
    }
  });
  element.querySelector(".map-buttons")?.append(here);
};
