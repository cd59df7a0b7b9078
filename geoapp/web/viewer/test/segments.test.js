import assert from "node:assert/strict";
import { test } from "node:test";
import { around, bordersOf, cut, trace } from "../src/map/segments.js";
import { fourSquares, piece, square } from "./world.js";

/** A pen that adds up what it draws. */
const pen = () => {
  const own = { long: 0, starts: 0, xs: [], at: [0, 0] };
  return Object.assign(own, {
    moveTo(x, y) { own.starts += 1; own.at = [x, y]; own.xs.push(x); },
    lineTo(x, y) { own.long += Math.hypot(x - own.at[0], y - own.at[1]); own.at = [x, y]; own.xs.push(x); },
  });
};
const drawn = (tile, keep) => {
  const own = pen();
  trace(own, bordersOf(tile).segments, keep);
  return own;
};

test("every border is there once, with the one or two regions it belongs to", () => {
  const lengths = [(_a, b) => b > 0, (_a, b) => b === 0].map((keep) => drawn(fourSquares(), keep).long);

  assert.deepEqual(lengths, [2000, 4000]);
});

test("the outline of some regions leaves out what lies between them", () => {
  assert.equal(drawn(fourSquares(), around((number) => number <= 2)).long, 3000);
  assert.equal(drawn(fourSquares(), around((number) => number === 4)).long, 2000);
});

test("the false line along the margin, where a shape was clipped, is not drawn", () => {
  const outline = drawn({ ...fourSquares(), pieces: [piece(1, square(-16, 100, 500))] }, () => true);

  assert.ok(outline.xs.every((x) => x >= 0));
  assert.equal(outline.long, 500 + 2 * 484);
});

test("an outline is one line, not one a side", () => assert.equal(drawn({ ...fourSquares(), pieces: [piece(1, square(10, 10, 20))] }, () => true).starts, 1));

test("a line that crosses the tile's edge ends exactly there", () => assert.deepEqual(cut(-10, 5, 10, 15, 100), [0, 10, 10, 15]));

test("a line outside is no line", () => assert.equal(cut(-10, 0, -10, 50, 100), null));

test("an islet is a small part that touches nothing; an enclave and a sliver at the margin are none", () => {
  const hole = square(100, 100, 4);
  const pieces = [piece(1, square(50, 50, 200), hole), piece(2, hole, square(600, 600, 5)), piece(3, square(-8, 700, 6))];

  assert.deepEqual(bordersOf({ ...fourSquares(), pieces }).islets, [{ number: 2, x: 602.5, y: 602.5, side: 5 }]);
});
