import assert from "node:assert/strict";
import { test } from "node:test";
import { cut, edgesOf, outline } from "../src/map/edges.js";
import { fourSquares, piece, square } from "./world.js";

/** The total length of lines. */
const long = (lines) =>
  lines.reduce((sum, line) => {
    for (let at = 2; at < line.length; at += 2) sum += Math.hypot(line[at] - line[at - 2], line[at + 1] - line[at - 1]);
    return sum;
  }, 0);

test("every border is drawn once, told apart by what it divides", () => {
  const { inner, parent, outer } = edgesOf(fourSquares(), (number) => (number <= 2 ? "north" : "south"));

  assert.deepEqual([long(inner), long(parent), long(outer)], [1000, 1000, 4000]);
});

test("without parents all shared borders are alike", () => {
  const { inner, parent } = edgesOf(fourSquares(), () => "");

  assert.deepEqual([long(inner), long(parent)], [2000, 0]);
});

test("the false line along the margin, where a shape was clipped, is not drawn", () => {
  const tile = { ...fourSquares(), pieces: [piece(1, square(-16, 100, 500))] };
  const { outer } = edgesOf(tile, () => "");

  assert.ok(outer.flat().every((value) => value >= 0));
  assert.equal(long(outer), 500 + 2 * 484);
});

test("a line that crosses the tile's edge ends exactly there", () => assert.deepEqual(cut(-10, 5, 10, 15, 100), [0, 10, 10, 15]));

test("a line outside is no line", () => assert.equal(cut(-10, 0, -10, 50, 100), null));

test("the outline of a whole piece is one closed line", () => {
  const [line, ...others] = outline(piece(1, square(10, 10, 20)), 1000);

  assert.deepEqual([others.length, line.slice(0, 2), line.slice(-2)], [0, [10, 10], [10, 10]]);
});
