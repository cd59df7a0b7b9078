import assert from "node:assert/strict";
import { test } from "node:test";
import { boxSaid, createFitting } from "../src/page/fitting.js";

/** A page whose title tells of an area, and a map that notes what it was fitted to. */
const world = ({ told = {}, known = {} } = {}) => {
  const fitted = [];
  const page = { getElementById: () => ({ dataset: told }) };
  return { fitted, page, told, map: { boxOf: (area) => known[area] ?? null, fit: (box) => fitted.push(box) } };
};

test("the box of an area is what the page says of this very area", () => {
  const { page } = world({ told: { area: "36.04", box: "105.8,-6.4,106.5,-5.9" } });
  assert.deepEqual(boxSaid(page, "36.04"), [105.8, -6.4, 106.5, -5.9]);
  assert.equal(boxSaid(page, "36.05"), null);
  assert.equal(boxSaid(page, ""), null);
});

test("an area is fitted once, as soon as its regions or the page's words tell its box", () => {
  const { fitted, page, told, map } = world({ known: { near: [1, 2, 3, 4] } });
  const fitting = createFitting(page, map, "");
  fitting.turn("near");
  fitting.turn("far");
  fitting.fit();
  assert.deepEqual(fitted, [[1, 2, 3, 4]]);

  Object.assign(told, { area: "far", box: "5,6,7,8" });
  fitting.fit();
  fitting.fit();
  assert.deepEqual(fitted, [[1, 2, 3, 4], [5, 6, 7, 8]]);

  fitting.turn("");
  assert.equal(fitted.at(-1), null);
});
