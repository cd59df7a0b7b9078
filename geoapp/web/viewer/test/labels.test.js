import assert from "node:assert/strict";
import { test } from "node:test";
import { labelsOf } from "../src/map/labels.js";
import { createPlaces } from "../src/map/places.js";
import { placesDocument } from "./world.js";

/** A world of 3600 px, so that a degree is ten of them; every letter is `letter` px wide. */
const means = (more = {}) => ({
  width: (text) => text.length, size: 4, most: 9, room: [0, 0, 3600, 3600], at: ([x, y]) => [x * 3600, y * 3600], world: 3600, taken: [], ...more,
});
const named = (labels) => labels.map(({ text }) => text);

test("a map of villages names its districts", () => {
  assert.deepEqual(named(labelsOf(createPlaces(placesDocument()), means())).sort(), ["Selatan", "Utara"]);
});

test("a map without districts names its own regions", () => {
  const document = { ...placesDocument(), level: "district" };

  assert.deepEqual(named(labelsOf(createPlaces(document), means())).sort(), ["Dua", "Empat", "Satu", "Tiga"]);
});

test("a name wider than its district is left out", () => {
  assert.deepEqual(named(labelsOf(createPlaces(placesDocument()), means({ width: (text) => text.length * 3 }))), ["Utara"]);
});

test("names touch neither each other nor the edge, and are no more than asked", () => {
  const places = createPlaces(placesDocument());
  const all = labelsOf(places, means());

  assert.equal(labelsOf(places, means({ taken: all.map(({ x, y }) => [x - 2, y - 2, x + 2, y + 2]) })).length, 0);
  assert.equal(labelsOf(places, means({ room: [0, 0, 1, 1] })).length, 0);
  assert.equal(labelsOf(places, means({ most: 1 })).length, 1);
});

test("an edition too large for a list of places has no names", () => assert.deepEqual(labelsOf(null, means()), []));
