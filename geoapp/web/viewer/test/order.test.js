import assert from "node:assert/strict";
import { test } from "node:test";
import { ordered, plain, pressed, read, USUAL, wanted, written } from "../src/page/order.js";

const rows = [
  { name: "Sukamaju", parent: "Kibin", last: 0, at: 0 },
  { name: "RW 10", parent: "Anyar", last: 0, at: 1 },
  { name: "RW 2", parent: "Anyar", last: 0, at: 2 },
  { name: "Águng  Jaya", parent: "Ciomas", last: 2, at: 3 },
  { name: "Baros", parent: "Baros", last: 2, at: 4 },
];
const names = (list) => list.map(({ name }) => name);

test("the usual order is the map's own", () => assert.deepEqual(names(ordered(rows, USUAL, "id")), names(rows)));

test("figures from the lowest leave those without a figure at the end", () => {
  assert.deepEqual(names(ordered(rows, { key: "figure", down: false }, "id")), ["RW 2", "RW 10", "Sukamaju", "Águng  Jaya", "Baros"]);
});

test("figures without a rank stand between those with one and none at all, whichever way", () => {
  const more = [...rows.slice(0, 3), { name: "Cikande", parent: "", last: 1, at: 3 }, { name: "Bandung", parent: "", last: 1, at: 4 }, { ...rows[4], at: 5 }];

  assert.deepEqual(names(ordered(more, USUAL, "id")), names(more));
  assert.deepEqual(names(ordered(more, { key: "figure", down: false }, "id")), ["RW 2", "RW 10", "Sukamaju", "Bandung", "Cikande", "Baros"]);
});

test("names are sorted as people count and read", () => {
  assert.deepEqual(names(ordered(rows, { key: "name", down: false }, "id")), ["Águng  Jaya", "Baros", "RW 2", "RW 10", "Sukamaju"]);
});

test("within one parent the map's order stands, whichever way parents are sorted", () => {
  assert.deepEqual(names(ordered(rows, { key: "parent", down: true }, "id")), ["Sukamaju", "Águng  Jaya", "Baros", "RW 10", "RW 2"]);
});

test("the rows themselves are left as they stood", () => {
  const before = names(rows);
  ordered(rows, { key: "name", down: true }, "id");
  assert.deepEqual(names(rows), before);
});

test("a filter finds every typed word, without case, accents and double spaces", () => {
  const found = (text, parent = "") => names(rows.filter((row) => wanted(row, { text, parent })));

  assert.deepEqual(found("agung j"), ["Águng  Jaya"]);
  assert.deepEqual(found("rw", "Anyar"), ["RW 10", "RW 2"]);
  assert.deepEqual(found("rw", "Kibin"), []);
  assert.equal(found("  ").length, rows.length);
  assert.equal(plain(" KÉBON   Sari "), "kebon sari");
});

test("a heading sorts its usual way first, and back at the second press", () => {
  const once = pressed(USUAL, "name");
  const twice = pressed(once, "name");

  assert.deepEqual([once.down, twice.down, pressed(twice, "figure").down, pressed(USUAL, "figure").down], [false, true, true, false]);
});

test("an order is written into an address and read again, the usual one as nothing", () => {
  for (const text of ["name", "-name", "parent", "-parent", "figure", ""]) assert.equal(written(read(text)), text);
  assert.deepEqual([read("weight"), read("-figure")], [read(""), read("")]);
});
