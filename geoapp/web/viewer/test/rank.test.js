import assert from "node:assert/strict";
import { test } from "node:test";
import { rankOf, rankSaid } from "../src/page/rank.js";

/** @param {number | null} figure @param {string[]} marks */
const said = (figure, marks = []) => ({ figure, category: null, state: figure === null ? "missing" : null, marks });

test("the rank counts the figures above, ties share it", () => {
  const all = [said(5), said(9), said(5), said(1), said(null)];

  assert.deepEqual(all.slice(0, 4).map((own) => rankOf(own, all)?.rank), [2, 1, 2, 4]);
  assert.equal(rankOf(all[0], all)?.known, 4);
});

test("a state and a partial aggregate have no rank and are no rivals", () => {
  const all = [said(5), said(9, ["partial"]), said(null)];

  assert.deepEqual([rankOf(all[1], all), rankOf(all[2], all), rankOf(undefined, all)], [null, null, null]);
  assert.deepEqual(rankOf(all[0], all), { rank: 1, known: 1 });
});

test("while figures are on their way nothing is claimed", () => assert.equal(rankOf(said(5), [said(5), undefined]), null));

test("among very many regions the server's words say the rank of the chosen one, and of no other", () => {
  const words = { '#reading[data-region="36.04.01.2001"] .reading-sentence': " Peringkat 5 dari 7.000 desa. " };
  const viewer = /** @type {any} */ ({ map: { shown: {}, level: { regions: 7000 }, chosen: 5, place: () => ({ code: "36.04.01.2001" }) } });
  const before = [globalThis.document, globalThis.CSS];
  globalThis.document = /** @type {any} */ ({ querySelector: (/** @type {keyof words} */ asked) => asked in words ? { textContent: words[asked] } : null });
  globalThis.CSS = /** @type {any} */ ({ escape: (/** @type {string} */ code) => code });
  try {
    assert.deepEqual([rankSaid(viewer, 5), rankSaid(viewer, 6)], ["Peringkat 5 dari 7.000 desa", ""]);
  } finally {
    [globalThis.document, globalThis.CSS] = before;
  }
});
