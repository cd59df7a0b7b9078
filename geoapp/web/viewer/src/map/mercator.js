/** Web mercator with the whole world as the square 0…1, x to the east, y to the south. */

/** @param {number} lon degrees @param {number} lat degrees @returns {[number, number]} */
export const project = (lon, lat) => {
  const sine = Math.sin((lat * Math.PI) / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
};

/** @param {number} x @param {number} y @returns {[number, number]} degrees, lon and lat */
export const unproject = (x, y) => [(x - 0.5) * 360, (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI];

/** Pixels of the whole world at a zoom of the map (256 at zoom 0). @param {number} zoom */
export const worldSize = (zoom) => 256 * 2 ** zoom;
