import assert from "node:assert/strict";
import { test } from "node:test";
import { createPlaces } from "../src/map/places.js";
import { createLetters, named, PAUSE, step, walks } from "../src/map/walking.js";
import { placesDocument } from "./world.js";

const places = createPlaces(placesDocument());

test("Home and End go to the ends of the list, the page keys stay within it", () => {
  assert.deepEqual(["Home", "End", "PageDown", "PageUp"].map((key) => step(places, 2, key)), [1, 4, 4, 1]);
  assert.deepEqual(["Home", "End", "PageDown", "PageUp"].map((key) => step(places, 0, key)), [1, 4, 1, 1]);
});

test("other keys, and a map without regions, lead nowhere", () => {
  const none = { all: () => [], place: () => undefined, number: () => 0 };

  assert.deepEqual([step(places, 1, "x"), step(none, 0, "Home"), named(none, 0, "a")], [0, 0, 0]);
  assert.deepEqual(["Home", "ArrowUp", "a"].map(walks), [true, false, false]);
});

test("a letter goes through the names that begin with it, round and round", () => {
  const document = { ...placesDocument(), names: ["Satu", "Salak", "Sawo", "Éboni"] };
  const orchard = createPlaces(document);

  assert.deepEqual([named(orchard, 0, "s"), named(orchard, 2, "s"), named(orchard, 1, "s"), named(orchard, 3, "s")], [2, 1, 3, 2]);
  assert.equal(named(orchard, 0, "e"), 4);
});

test("more letters stay with the region in hand while it fits", () => {
  const orchard = createPlaces({ ...placesDocument(), names: ["Sawah", "Sawo", "Sawang", "Tiga"] });

  assert.deepEqual([named(orchard, 2, "saw"), named(orchard, 2, "sawa"), named(orchard, 2, "q")], [2, 1, 0]);
});

test("letters are one name until there is a pause", () => {
  let now = 1000;
  const letters = createLetters(() => now);

  assert.equal(letters.open(), false);
  assert.equal(letters.add("k") + letters.add("e"), "kke");
  now += PAUSE + 1;
  assert.equal(letters.open(), false);
  assert.equal(letters.add("b"), "b");
});
