import assert from "node:assert/strict";
import { test } from "node:test";
import { createFigures, dressed, written } from "../src/map/figures.js";
import { createPlan } from "../src/map/plan.js";
import { readingOf, spoken } from "../src/page/reading.js";
import { periodWord, stringsOf } from "../src/page/strings.js";
import { planDocument, words } from "./world.js";

const indicator = {
  slug: "idm", name: words("IDM"), unit: { id: "indeks", en: "index" }, kind: "index", decimals: 3, polarity: "+",
  categories: [{ slug: "maju", name: { id: "Maju", en: "Advanced" } }],
};

test("a negative figure has a minus as wide as a plus, and nothing has no sign", () => {
  assert.equal(written("id", -0.125, 3), "−0,125");
  assert.equal(written("en", -1234, 0), "−1,234");
  assert.equal(written("id", -0.0004, 2), "0,00");
});

test("figures are written as people read them in each language", () => {
  assert.deepEqual([written("id", 1234567.5, 1), written("en", 1234567.5, 1), written("id", 0, 0)], ["1.234.567,5", "1,234,567.5", "0"]);
});

test("halves go to the even digit, as on the page", () => {
  assert.deepEqual([0.125, 0.135, 2.675].map((figure) => written("id", figure, 2)), ["0,12", "0,14", "2,68"]);
});

test("a category is named, never its slug", () => {
  assert.deepEqual(dressed("en", indicator, { figure: null, category: "maju", state: null, marks: [] }), { figure: "Advanced", unit: "" });
});

test("periods are read out in words", () => {
  const said = ["2024", "2023-2024", "2024-S1", "2024-Q3", "2024-08"].map((period) => periodWord("id", period));

  assert.deepEqual(said, ["2024", "2023/2024", "semester I 2024", "triwulan III 2024", "Agustus 2024"]);
  assert.equal(periodWord("en", "2024-S1"), "half-year 1 of 2024");
});

test("figures of a large edition come per parent, each asked for once", async () => {
  const asked = [];
  const figures = createFigures({
    plan: planDocument(), regions: 5000,
    json: async (url) => (asked.push(url), { numbers: [1, 2], figures: [0.5, null], states: [null, "missing"] }),
    changed: () => {},
  });

  assert.equal(figures.observation(1, "36.04"), undefined);
  figures.observation(2, "36.04");
  await new Promise((turn) => setTimeout(turn));

  assert.deepEqual(asked, ["/values/l/abc/2024/36.04"]);
  assert.deepEqual([figures.observation(1, "36.04").figure, figures.observation(2, "36.04").state], [0.5, "missing"]);
});

const view = () => ({
  language: "id", strings: stringsOf("id"), layer: { indicator }, period: "2024",
  plan: createPlan(planDocument(), { classes: Uint8Array.of(1, 251), marks: null }),
});

test("a reading has name, figure, unit, period and the sentence of its class", () => {
  const reading = readingOf(view(), { number: 1, name: "Cikolelet", code: "36.04.31.2009", kind: "desa", parentName: "Cinangka" }, { figure: 0.781, category: null, state: null, marks: ["estimated"] });

  assert.equal(spoken(reading), "Desa Cikolelet, 0,781 indeks, di atas 5, 2024, angka perkiraan");
  assert.equal(reading.place, "Cinangka, kode 36.04.31.2009");
});

test("a region without a figure says why, and no number", () => {
  const reading = readingOf(view(), { number: 2, name: "Kasin", code: "2" }, { figure: null, category: null, state: "missing", marks: [] });

  assert.deepEqual([reading.figure, reading.unit, reading.sentence], ["", "", "tidak ada data"]);
});
