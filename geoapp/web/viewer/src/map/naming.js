/** Which names a painted view bears: the room that the map's controls and its edges leave, and what is to be named in it. */

import { createBoard } from "./labels.js";
import { measure } from "./marks.js";
import { project } from "./mercator.js";
import { borders } from "./paths.js";
import { under } from "./picking.js";
import { clearances, lettersOf } from "./sight.js";

/** @import { Map as LeafletMap } from "leaflet" */
/** @import { Box, Label } from "./labels.js" */
/** @import { Types } from "./marks.js" */
/** @import { Laid, Scene } from "./painter.js" */
/** @import { Shown } from "./scenery.js" */
/** @import { Sight } from "./sight.js" */

/** No name comes nearer to the map's edge, px; a phone (narrower than `PHONE`) shows but a few. */
const [EDGE, FEW] = [16, 5];
/** The same below, where a line of sources lies over the map. */
const FOOT = 26;
export const PHONE = 500;
/** Median diagonal, px, from which names and letters are looked for room. */
const ROOMY = 24;

/** Where buttons and scale lie on the canvas. @param {LeafletMap} map @param {[number, number]} corner of the map's container @returns {Box[]} */
const controls = (map, [left, top]) => {
  const container = map.getContainer();
  const frame = container.getBoundingClientRect();
  return [...container.querySelectorAll(".leaflet-control")].map((control) => {
    const box = control.getBoundingClientRect();
    return [box.left - frame.left + left, box.top - frame.top + top, box.right - frame.left + left, box.bottom - frame.top + top];
  });
};

/** Whether a box on the canvas touches no region. @param {Laid[]} laid @param {Box} box */
const beside = (laid, [left, top, right, bottom]) => {
  for (const y of [top, (top + bottom) / 2, bottom])
    for (let x = left; x < right + 8; x += 8) if (under(laid, [], Math.min(x, right), y, 4).length) return false;
  return true;
};

/**
 * The names of a view, each where it stands on the canvas.
 * @param {{ map: LeafletMap, shown: Shown, sight: Sight, scene: Scene, ink: CanvasRenderingContext2D, types: Types }} means @returns {Label[]}
 */
export const namesOf = ({ map, shown, sight, scene, ink, types }) => {
  const { chosen, compared, plan, language } = shown;
  const { min, max } = map.getPixelBounds();
  if (!min || !max) return [];
  const [left, top] = sight.origin;
  const { roster } = scene;
  const board = createBoard({
    width: measure(ink, types),
    size: (kind) => types[kind].size,
    most: map.getSize().x < PHONE ? FEW : Infinity,
    room: [min.x - left + EDGE, min.y - top + EDGE, max.x - left - EDGE, max.y - top - FOOT],
    at: ([x, y]) => [x * scene.world - left, y * scene.world - top],
    world: scene.world,
    taken: controls(map, [min.x - left, min.y - top]),
  });
  for (const number of [chosen, compared]) {
    const place = number ? roster.place(number) : undefined;
    if (place) board.chosen(place);
  }
  board.districts(roster);
  if (plan && scene.diagonal > ROOMY) {
    const rooms = clearances(sight, scene.laid, roster, (tile) => borders(tile).segments);
    if (plan.document.kind === "category") board.letters(lettersOf(sight, plan, roster, rooms, language));
    else board.villages(roster, rooms);
  }
  if (scene.ground) board.ground(scene.ground.names, ([lon, lat]) => project(lon, lat), (box) => beside(scene.laid, box));
  return board.labels;
};
