/** My place: asked for only when the button is pressed, used in the browser alone and kept nowhere. */

/** @import { Strings } from "./strings.js" */

/** Time a phone has to find itself, ms; a place of up to a minute ago will do. */
const OPTIONS = { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 };
const REFUSED = 1;

/**
 * @param {{ geolocation: Pick<Geolocation, "getCurrentPosition"> | undefined, strings: Strings,
 *   locate: (at: { lng: number, lat: number }) => number | Promise<number>, found: (number: number) => void, say: (sentence: string) => void }} means
 *   `locate` gives the region at a place of the earth, 0 for none
 */
export const createLocate = ({ geolocation, strings, locate, found, say }) => {
  /** @param {GeolocationPosition} position */
  const arrived = async ({ coords }) => {
    const number = await locate({ lng: coords.longitude, lat: coords.latitude });
    say(number ? "" : strings.outside);
    if (number) found(number);
  };
  return () => {
    if (!geolocation) return say(strings.noPlace);
    say(strings.finding);
    geolocation.getCurrentPosition(
      (position) => void arrived(position),
      ({ code }) => say(code === REFUSED ? strings.placeRefused : strings.noPlace),
      OPTIONS,
    );
  };
};
