import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTH, markers, place } from "../src/page/markers.js";

const said = (figure, label = "Nama 0,5") => ({ figure, label });

test("a figure beyond the axis stands at its end", () => assert.deepEqual([place(-1, 0, 1), place(0.5, 0, 1), place(9, 0, 1)], [0, WIDTH / 2, WIDTH]));

test("two labels lean away from each other", () => {
  const { own, whole } = markers(said(0.6), said(0.4), 0, 1);

  assert.deepEqual([own.anchor, whole.anchor, own.row, whole.row], ["start", "end", 0, 0]);
});

test("labels that would touch stand in two rows, the whole's above", () => {
  const { own, whole } = markers(said(0.02, "Sebuah nama yang panjang"), said(0.03, "Kabupaten"), 0, 1);

  assert.deepEqual([own.row, whole.row], [0, 1]);
});

test("no label leaves the instrument", () => {
  assert.deepEqual(markers(said(0), null, 0, 1).own, { x: 0, at: 0, anchor: "start", row: 0 });
  assert.equal(markers(null, said(1), 0, 1).whole.anchor, "end");
});
