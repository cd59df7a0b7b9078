import assert from "node:assert/strict";
import { test } from "node:test";
import { createPlan, read } from "../src/map/plan.js";
import { classBytes, planDocument } from "./world.js";

test("classes and marks are told apart by their length", () => {
  const { classes, marks } = read(classBytes("e-1", 0, 1, 251, 0, 0, 4, 0, 0), "e-1", 4);

  assert.deepEqual([...classes], [0, 1, 251, 0]);
  assert.deepEqual([...marks], [0, 4, 0, 0]);
});

test("classes without marks", () => assert.equal(read(classBytes("e", 0, 1), "e", 2).marks, null));

test("a class byte that looks like a line feed is still a class", () => {
  assert.deepEqual([...read(classBytes("e", 10, 10), "e", 2).classes], [10, 10]);
});

test("bytes of another edition are refused", () => assert.throws(() => read(classBytes("old", 0, 1), "new", 2), /old.*new/));

test("bytes of another number of regions are refused", () => assert.throws(() => read(classBytes("e", 0, 1, 1), "e", 2)));

test("each byte has its look", () => {
  const plan = createPlan(planDocument(), { classes: Uint8Array.of(0, 1, 251, 252, 253, 254), marks: Uint8Array.of(0, 4, 4, 0, 0, 0) });

  assert.equal(plan.look(1).fill, "#c2e9cd");
  assert.deepEqual([plan.look(2).fill, plan.look(2).dots], ["#403872", true]);
  assert.deepEqual([3, 4, 5].map((number) => plan.look(number).pattern), ["hatch", "dashes", "crossed"]);
  assert.deepEqual([plan.look(3).dots, plan.look(6).dashed, plan.look(6).fill], [false, true, null]);
});

test("regions that look alike share one look", () => {
  const plan = createPlan(planDocument(), { classes: Uint8Array.of(0, 0, 1), marks: null });

  assert.equal(plan.look(1), plan.look(2));
  assert.notEqual(plan.look(1), plan.look(3));
});

test("a class of its own for zero has rings", () => {
  const document = planDocument({ legend: [{ kind: "zero", byte: 0, count: 1, label: { id: "nol", en: "zero" } }] });

  assert.equal(createPlan(document, { classes: Uint8Array.of(0), marks: null }).look(1).pattern, "rings");
});

test("circles carry the figure, the shapes stay ground", () => {
  const plan = createPlan(planDocument({ kind: "circles" }), { classes: Uint8Array.of(200, 50, 251), marks: null });

  assert.deepEqual([1, 2, 3].map(plan.radius), [1, 0.25, 0]);
  assert.equal(plan.look(1), plan.look(2));
  assert.deepEqual([plan.look(1).fill, plan.look(3).pattern], [null, "hatch"]);
});

test("the legend's row of a region is that of its byte", () => {
  const plan = createPlan(planDocument(), { classes: Uint8Array.of(1, 251), marks: null });

  assert.deepEqual([plan.row(1).label.id, plan.row(2).label.id], ["di atas 5", "tidak ada data"]);
});
