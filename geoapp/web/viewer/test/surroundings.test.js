import assert from "node:assert/strict";
import { test } from "node:test";
import { readGround } from "../src/map/surroundings.js";

class Path {
  deeds = [];
  moveTo(x, y) { this.deeds.push(["move", x, y]); }
  lineTo(x, y) { this.deeds.push(["line", x, y]); }
  closePath() { this.deeds.push(["close"]); }
}

test("rings and lines are a point and then steps from point to point", () => {
  const ground = readGround({ box: [0, 0, 1, 1], grid: [0.5, 0.25, 0.001], land: [[[1, 2, 3, 0, 0, 4]]], water: [], lines: [[5, 5, -1, -1]], names: [] }, Path);

  assert.deepEqual(ground.land.deeds, [["move", 1, 2], ["line", 4, 2], ["line", 4, 6], ["close"]]);
  assert.deepEqual(ground.lines.deeds, [["move", 5, 5], ["line", 4, 4]]);
  assert.deepEqual([ground.x, ground.y, ground.step], [0.5, 0.25, 0.001]);
  assert.equal(ground.plain, false);
});

test("where nothing is known but water, all else is land", () => {
  const document = { box: [0, 0, 1, 1], grid: [0.5, 0.25, 0.001], land: [], water: [[[1, 2, 3, 0, 0, 4]]], lines: [], names: [], plain: true };

  assert.equal(readGround(document, Path).plain, true);
});
