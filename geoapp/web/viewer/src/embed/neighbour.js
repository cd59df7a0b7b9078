/** The shape an arrow key leads to: the nearest one that lies that way. */

/** @typedef {{ number: number, x: number, y: number }} Centre */

/** @type {Record<string, [number, number]>} */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
/** How much worse a step aside is than a step ahead. */
const ASIDE = 2;

/** @param {string} key */
export const isArrow = (key) => key in WAYS;

/**
 * @param {Centre[]} centres @param {number} from a number; 0 begins at the topmost @param {string} key an arrow key
 * @returns {number} the number arrived at; `from` where nothing lies that way
 */
export const neighbour = (centres, from, key) => {
  const here = centres.find(({ number }) => number === from);
  if (!here) return centres.reduce((best, each) => (each.y < best.y ? each : best), centres[0])?.number ?? 0;
  const [right, down] = WAYS[key];
  let best = from, least = Infinity;
  for (const { number, x, y } of centres) {
    const [dx, dy] = [x - here.x, y - here.y];
    const ahead = dx * right + dy * down, aside = Math.abs(dx * down) + Math.abs(dy * right);
    const cost = ahead + ASIDE * aside;
    if (number !== from && ahead > 0 && aside <= 2 * ahead && cost < least) [best, least] = [number, cost];
  }
  return best;
};
