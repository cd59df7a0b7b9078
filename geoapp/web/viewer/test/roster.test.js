import assert from "node:assert/strict";
import { test } from "node:test";
import { parentOf, rosterOf } from "../src/map/roster.js";

/** A tile of zoom 1 whose only piece is a square. */
const tile = (x, number, box) => ({ tile: { z: 1, x, y: 0, extent: 100, pieces: [{ number, code: "36.04.01.2001", name: "Desa", rings: [], box }] } });

test("a region is known by its parts in all tiles", () => {
  const roster = rosterOf([tile(0, 7, [80, 0, 100, 20]), tile(1, 7, [0, 10, 30, 40])]);

  assert.deepEqual(roster.place(7)?.box, [0.4, 0, 0.65, 0.2]);
  assert.equal(roster.number("36.04.01.2001"), 7);
  assert.equal(roster.place(7)?.parent, "36.04.01");
});

test("what is known better than tiles know it stays", () => {
  const known = new Map([[7, { number: 7, code: "36.04.01.2001", name: "Desa Satu", neighbours: [8] }]]);
  const roster = rosterOf([tile(0, 7, [0, 0, 10, 10])], known);

  assert.equal(roster.place(7)?.name, "Desa Satu");
  assert.equal([...roster.all()].length, 1);
});

test("the parent is told by a code, dotted or of ten digits", () => {
  assert.deepEqual(["36.04.01.2001", "3604010001", "36"].map(parentOf), ["36.04.01", "3604010", ""]);
});
