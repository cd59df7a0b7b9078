/** Which region lies under a point: exactly by the tiles' shapes, else the nearest tiny one. */

/** @import { Tile } from "./tiles.js" */

/** A tile on the screen: tile unit u is drawn at x + u × scale. @typedef {{ tile: Tile, x: number, y: number, scale: number }} Placed */
/** @typedef {{ number: number, x: number, y: number, radius: number }} Circle */

/** Regions smaller than this on the screen (diagonal, px) are found from a distance. */
const TINY = 24;

/** Even-odd, so holes and parts count right. @param {Int32Array[]} rings @param {number} x @param {number} y */
export const contains = (rings, x, y) => {
  let inside = false;
  for (const ring of rings)
    for (let at = 0; at + 3 < ring.length; at += 2) {
      const [ax, ay, bx, by] = [ring[at], ring[at + 1], ring[at + 2], ring[at + 3]];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  return inside;
};

/** From a point to the nearest ring. @param {Int32Array[]} rings @param {number} x @param {number} y */
export const distance = (rings, x, y) => {
  let least = Infinity;
  for (const ring of rings)
    for (let at = 0; at + 3 < ring.length; at += 2) {
      const [dx, dy] = [ring[at + 2] - ring[at], ring[at + 3] - ring[at + 1]];
      const along = dx || dy ? ((x - ring[at]) * dx + (y - ring[at + 1]) * dy) / (dx * dx + dy * dy) : 0;
      const share = Math.max(0, Math.min(1, along));
      least = Math.min(least, Math.hypot(x - ring[at] - share * dx, y - ring[at + 1] - share * dy));
    }
  return least;
};

/** Whether a box, made larger by `reach`, holds a point. @param {[number, number, number, number]} box @param {number} x @param {number} y @param {number} reach */
const near = (box, x, y, reach) => x >= box[0] - reach && x <= box[2] + reach && y >= box[1] - reach && y <= box[3] + reach;

/** The region that holds a point of the screen; 0 if none does. @param {Placed[]} placed @param {number} x @param {number} y */
const exact = (placed, x, y) => {
  for (const { tile, x: left, y: top, scale } of placed) {
    const [u, v] = [(x - left) / scale, (y - top) / scale];
    if (u < 0 || v < 0 || u > tile.extent || v > tile.extent) continue;
    const piece = tile.pieces.find(({ box, rings }) => near(box, u, v, 0) && contains(rings, u, v));
    if (piece) return piece.number;
  }
  return 0;
};

/** The nearest tiny region within `reach` px; 0 if none. @param {Placed[]} placed @param {number} x @param {number} y @param {number} reach */
const nearest = (placed, x, y, reach) => {
  let [found, least] = [0, reach];
  for (const { tile, x: left, y: top, scale } of placed) {
    const [u, v] = [(x - left) / scale, (y - top) / scale];
    for (const { number, box, rings } of tile.pieces) {
      if (Math.hypot(box[2] - box[0], box[3] - box[1]) * scale > TINY || !near(box, u, v, reach / scale)) continue;
      const away = distance(rings, u, v) * scale;
      if (away <= least) [found, least] = [number, away];
    }
  }
  return found;
};

/**
 * The regions under a point, the one meant first: circles lie above the shapes, the one with the nearest centre wins.
 * @param {Placed[]} placed @param {Circle[]} circles @param {number} x @param {number} y @param {number} [reach] px
 * @returns {number[]}
 */
export const under = (placed, circles, x, y, reach = 12) => {
  /** @param {Circle} circle */
  const away = (circle) => Math.hypot(x - circle.x, y - circle.y);
  const hit = circles.filter((circle) => away(circle) <= circle.radius).sort((a, b) => away(a) - away(b));
  if (hit.length) return hit.map(({ number }) => number);
  const found = exact(placed, x, y) || nearest(placed, x, y, reach);
  return found ? [found] : [];
};
