import assert from "node:assert/strict";
import { test } from "node:test";
import { beside, nearest, released, scrolled } from "../src/page/rests.js";

const TOPS = { low: 696, half: 420, full: 108 };

test("a step leads to the next rest and never beyond the last", () => {
  assert.deepEqual(["low", "half", "full"].map((rest) => beside(/** @type {any} */ (rest), 1)), ["half", "full", "full"]);
  assert.deepEqual(["low", "half", "full"].map((rest) => beside(/** @type {any} */ (rest), -1)), ["low", "low", "half"]);
});

test("a sheet let go slowly rests where it is nearest", () => {
  assert.equal(nearest(TOPS, 560), "low");
  assert.equal(nearest(TOPS, 550), "half");
  assert.equal(released(TOPS, 250, 0.1), "full");
  assert.equal(released(TOPS, 270, -0.1), "half");
});

test("a thrown sheet goes on to the next rest in its direction", () => {
  assert.equal(released(TOPS, 430, 1), "low");
  assert.equal(released(TOPS, 120, 1), "half");
  assert.equal(released(TOPS, 690, -1), "half");
  assert.equal(released(TOPS, 410, -1), "full");
});

test("a throw beyond the last rest ends at the last", () => {
  assert.equal(released(TOPS, 740, 2), "low");
  assert.equal(released(TOPS, 60, -2), "full");
});

test("scrolling that ends between two rests goes on in its direction, past the highest it stays", () => {
  assert.equal(scrolled(TOPS, 400, 1), "full");
  assert.equal(scrolled(TOPS, 130, -1), "half");
  assert.equal(scrolled(TOPS, 108, 1), null);
  assert.equal(scrolled(TOPS, -500, -1), null);
});
