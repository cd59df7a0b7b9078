import assert from "node:assert/strict";
import { test } from "node:test";
import { contains, distance, under } from "../src/map/picking.js";
import { fourSquares, piece, square } from "./world.js";

const pick = (...asked) => under(...asked)[0] ?? 0;
const placed = (tile, scale = 0.5, x = 0, y = 0) => [{ tile, scale, x, y }];

test("a point belongs to the square it lies in", () => {
  const corners = [[10, 10], [400, 10], [10, 400], [400, 400]];

  assert.deepEqual(corners.map(([x, y]) => pick(placed(fourSquares()), [], x, y)), [1, 2, 3, 4]);
});

test("the tile's place and scale on the screen count", () => {
  assert.equal(pick(placed(fourSquares(), 0.1, 200, 300), [], 200 + 75, 300 + 25), 2);
});

test("a hole is outside, and an island in it is not its owner's", () => {
  const ring = [square(0, 0, 100), square(20, 20, 60)];

  assert.equal(contains(ring, 50, 50), false);
  assert.equal(contains(ring, 10, 50), true);
});

test("both parts of a region are the region", () => {
  const tile = { ...fourSquares(), pieces: [piece(7, square(0, 0, 100), square(600, 600, 100))] };

  assert.deepEqual([pick(placed(tile), [], 20, 20), pick(placed(tile), [], 320, 320), pick(placed(tile), [], 150, 150)], [7, 7, 0]);
});

test("a tiny region is found from ten pixels away, a large one is not", () => {
  const tiny = { ...fourSquares(), pieces: [piece(5, square(500, 500, 10))] };
  const large = { ...fourSquares(), pieces: [piece(6, square(500, 500, 400))] };

  assert.equal(pick(placed(tiny), [], 240, 252), 5);
  assert.equal(pick(placed(tiny), [], 230, 252), 0);
  assert.equal(pick(placed(large), [], 240, 300), 0);
});

test("the margin of a tile answers for nothing: its neighbour does", () => {
  const tile = { ...fourSquares(), pieces: [piece(1, square(-16, 0, 1000))] };

  assert.equal(pick(placed(tile, 1), [], -8, 100, 0), 0);
});

test("of circles that cover each other the nearest centre wins, the others follow, and shapes lie below", () => {
  const circles = [{ number: 3, x: 10, y: 10, radius: 30 }, { number: 4, x: 15, y: 10, radius: 6 }];

  assert.deepEqual([under(placed(fourSquares()), circles, 14, 10), under(placed(fourSquares()), circles, 11, 10)], [[4, 3], [3, 4]]);
  assert.deepEqual(under(placed(fourSquares()), circles, 100, 10), [1]);
});

test("the distance to a ring is to its nearest side", () => assert.equal(distance([square(0, 0, 10)], 5, -3), 3));
