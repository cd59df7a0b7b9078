import assert from "node:assert/strict";
import { test } from "node:test";
import { lengthWord, step } from "../src/map/lengths.js";

test("the bar is one, two or five of a round length, and never longer than its room", () => {
  assert.deepEqual([9999, 12_345, 4_999, 5_000, 1_999, 730, 1000].map(step), [5000, 10_000, 2000, 5000, 1000, 500, 1000]);
});

test("lengths are said in the larger unit", () => assert.deepEqual([10_000, 500].map(lengthWord), ["10 km", "500 m"]));
