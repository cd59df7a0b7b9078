import assert from "node:assert/strict";
import { test } from "node:test";
import { nearestTo, neighbour } from "../src/map/keyboard.js";
import { project } from "../src/map/mercator.js";
import { createPlaces } from "../src/map/places.js";
import { placesDocument } from "./world.js";

test("arrows go to the neighbour that lies that way", () => {
  const places = createPlaces(placesDocument());

  assert.deepEqual([neighbour(places, 1, "ArrowRight"), neighbour(places, 1, "ArrowDown"), neighbour(places, 4, "ArrowUp"), neighbour(places, 4, "ArrowLeft")], [2, 3, 2, 3]);
});

test("at the edge of the area an arrow stays", () => assert.equal(neighbour(createPlaces(placesDocument()), 1, "ArrowLeft"), 1));

test("an island without neighbours is left for the nearest region that way", () => {
  const document = { ...placesDocument(), neighbours: [[], [], [], []] };

  assert.equal(neighbour(createPlaces(document), 1, "ArrowRight"), 2);
});

test("the first key starts with the region nearest to the middle of the view", () => {
  assert.equal(nearestTo(createPlaces(placesDocument()), project(106.9, -6.9)), 4);
});

test("a code finds its number, an unknown one finds none", () => {
  const places = createPlaces(placesDocument());

  assert.deepEqual([places.number("2.1"), places.number("9.9")], [3, 0]);
});
