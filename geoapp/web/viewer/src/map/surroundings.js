/** The ground around the area: water, land, borders and names of neighbours, from one compact document. */

/** @typedef {{ name: string, kind: "neighbour" | "sea" | "water", at: [number, number] }} GroundName */
/**
 * @typedef {{ box: [number, number, number, number], grid: [number, number, number], land: number[][][], water: number[][][],
 *   lines: number[][], names: GroundName[], plain?: boolean }} GroundDocument rings and lines are flat: a point, then steps from point to point
 */
/**
 * What is painted, in steps of a grid that begins at `x`, `y` in the square of `mercator.js`.
 * @typedef {{ x: number, y: number, step: number, land: Path2D, water: Path2D, lines: Path2D, names: GroundName[], plain: boolean }} Ground `plain` where all that is no water is land
 */

/** @param {Path2D} path @param {number[]} flat */
const walk = (path, flat) => {
  let [x, y] = flat;
  path.moveTo(x, y);
  for (let at = 2; at + 1 < flat.length; at += 2) path.lineTo((x += flat[at]), (y += flat[at + 1]));
};

/** @param {GroundDocument} document @param {new () => Path2D} Path @returns {Ground} */
export const readGround = ({ grid: [x, y, step], land, water, lines, names, plain = false }, Path) => {
  /** @param {number[][][]} polygons */
  const solid = (polygons) => {
    const path = new Path();
    for (const rings of polygons)
      for (const ring of rings) {
        walk(path, ring);
        path.closePath();
      }
    return path;
  };
  const open = new Path();
  for (const flat of lines) walk(open, flat);
  return { x, y, step, land: solid(land), water: solid(water), lines: open, names, plain };
};
