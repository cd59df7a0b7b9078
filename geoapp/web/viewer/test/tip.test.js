import assert from "node:assert/strict";
import { test } from "node:test";
import { approaching, away } from "../src/page/tip.js";

const box = { left: 100, top: 100, right: 300, bottom: 160 };

test("a spot inside a box is not away from it, one beside it by the shortest way", () => {
  assert.equal(away(box, { x: 150, y: 120 }), 0);
  assert.equal(away(box, { x: 90, y: 120 }), 10);
  assert.equal(away(box, { x: 97, y: 96 }), 5);
});

test("a pointer that comes nearer to the tip is on its way, one that leaves or is far is not", () => {
  assert.ok(approaching(box, { x: 86, y: 86 }, { x: 92, y: 92 }));
  assert.ok(!approaching(box, { x: 92, y: 92 }, { x: 86, y: 86 }));
  assert.ok(!approaching(box, { x: 20, y: 20 }, { x: 40, y: 40 }));
});

test("a pointer that jumps into the tip from afar passes through it", () => {
  assert.ok(!approaching(box, { x: 150, y: 120 }, { x: 160, y: 120 }));
});
