import assert from "node:assert/strict";
import { test } from "node:test";
import { address, asked, facts, listed, moved } from "../src/page/suggestions.js";

const result = (name, more = {}) => ({ name, kind: "Desa", parent: "Kec. Cinangka, Kab. Serang", href: "/", reason: "", here: false, ...more });

test("one letter asks nothing, and spaces count once", () => {
  assert.equal(asked(" k "), "");
  assert.equal(asked("  kota   malang "), "kota malang");
});

test("an address names the map and the language only where there is one", () => {
  assert.equal(address("/search.json", { q: "a&b", lang: "id", layer: "" }), "/search.json?q=a%26b");
  assert.equal(address("/search.json", { q: "kasin", lang: "en", layer: "idm" }), "/search.json?q=kasin&layer=idm&lang=en");
});

test("what may be meant stands behind what was found", () => {
  const list = listed({ results: [], meant: [result("Cikolelet")], more: 0 });

  assert.deepEqual([list.none, list.meant, list.items.length], [true, 0, 1]);
  assert.equal(listed({ results: [result("A")], meant: [result("B")], more: 0 }).meant, 1);
});

test("the arrows go round through the box", () => {
  assert.deepEqual([moved("ArrowDown", -1, 2), moved("ArrowDown", 0, 2), moved("ArrowDown", 1, 2)], [0, 1, -1]);
  assert.deepEqual([moved("ArrowUp", -1, 2), moved("ArrowUp", 0, 2)], [1, -1]);
  assert.equal(moved("ArrowDown", -1, 0), -1);
});

test("a reason stands behind what tells regions of one name apart", () => {
  assert.equal(facts(result("Kasin", { reason: "dulu Kasin Lama" })), "Desa, Kec. Cinangka, Kab. Serang · dulu Kasin Lama");
  assert.equal(facts(result("IDM", { kind: "" })), "Kec. Cinangka, Kab. Serang");
});
