import assert from "node:assert/strict";
import { test } from "node:test";
import { createBoard, shortened } from "../src/map/labels.js";
import { createPlaces } from "../src/map/places.js";
import { placesDocument } from "./world.js";

/** A world of 3600 px, so that a degree is ten of them; every letter is a pixel wide. */
const board = (more = {}) =>
  createBoard({ width: (text) => text.length, size: () => 4, most: 9, room: [0, 0, 3600, 3600], at: ([x, y]) => [x * 3600, y * 3600], world: 3600, ...more });
const named = ({ labels }) => labels.map(({ text }) => text).sort();
const places = () => createPlaces(placesDocument());
const set = (more, deed) => {
  const own = board(more);
  deed(own);
  return named(own);
};

test("a map of villages names its districts", () => assert.deepEqual(set({}, (own) => own.districts(places())), ["Selatan", "Utara"]));

test("a map without districts has none to name", () => {
  const document = { ...placesDocument(), parents: [null, null, null, null], parentNames: [null, null, null, null] };

  assert.deepEqual(set({}, (own) => own.districts(createPlaces(document))), []);
});

test("a name wider than its district is left out", () => {
  assert.deepEqual(set({ width: (text) => text.length * 3 }, (own) => own.districts(places())), ["Utara"]);
});

test("a village is named where the circle inside it holds the name", () => {
  const rooms = new Map([[1, 10], [2, 2], [3, 10]]);

  assert.deepEqual(set({}, (own) => own.villages(places(), rooms)), ["Satu", "Tiga"]);
});

test("names touch neither each other nor the edge, and are no more than asked", () => {
  assert.deepEqual(set({ room: [0, 0, 1, 1] }, (own) => own.districts(places())), []);
  assert.equal(set({ most: 1 }, (own) => own.districts(places())).length, 1);
  assert.deepEqual(set({}, (own) => (own.chosen(places().place(1)), own.districts(places()))), ["Satu", "Selatan"]);
});

test("the chosen region is always named, within the room even where its shape is not", () => {
  const own = board({ room: [2862, 1858, 2900, 1900] });
  own.chosen(places().place(1));

  const [{ x, y }] = own.labels;
  assert.ok(x - 2 >= 2862 && y - 2 >= 1858);
});

test("neighbours stand in capitals and only where their whole name lies beside the area", () => {
  const names = [{ name: "Kota Serang", kind: "neighbour", at: [106, -6] }, { name: "Laut Jawa", kind: "sea", at: [107, -7] }];
  const own = board();
  own.ground(names, ([lon, lat]) => [lon / 360, -lat / 360], ([, top]) => top > 50);

  assert.deepEqual(own.labels.map(({ text, kind }) => [text, kind]), [["KOTA SERANG", "neighbour"], ["Laut Jawa", "sea"]]);
  assert.deepEqual(set({}, (other) => other.ground(names, ([lon, lat]) => [lon / 360, -lat / 360], () => false)), []);
});

test("a neighbour's name steps aside for a name that stands there, a sea's comes in from just out of view", () => {
  const names = [{ name: "Kota Cilegon", kind: "neighbour", at: [106, -6] }, { name: "Laut Jawa", kind: "sea", at: [107, 4] }, { name: "Laut Jauh", kind: "sea", at: [107, 40] }];
  const own = board({ taken: [[1055, 55, 1065, 65]] });
  own.ground(names, ([lon, lat]) => [lon / 360, -lat / 360], () => true);

  assert.deepEqual(own.labels.map(({ text, y }) => [text, y > 0]), [["KOTA CILEGON", true], ["Laut Jawa", true]]);
  assert.ok(Math.abs(own.labels[0].y - 60) > 4);
});

test("a name of two hundred letters is cut, one with markup stays text", () => {
  assert.deepEqual([[...shortened("x".repeat(200))].length, shortened("<b> Dua\n</b>")], [40, "<b> Dua </b>"]);
});

test("the names of two neighbours that are compared do not lie on each other", () => {
  const own = board({ width: (text) => text.length * 12, size: () => 12 });
  own.chosen({ ...places().place(1), name: "Cikolelet", box: [0.5, 0.5, 0.51, 0.51] });
  own.chosen({ ...places().place(2), name: "Umbul Tanjung", box: [0.5, 0.511, 0.51, 0.52] });

  const [first, second] = own.labels;
  assert.ok(Math.abs(first.y - second.y) >= 12 || Math.abs(first.x - second.x) >= 132);
  assert.ok(second.y > 0.52 * 3600, "below, because above lies the other region");
});
