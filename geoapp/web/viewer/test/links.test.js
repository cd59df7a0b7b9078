import assert from "node:assert/strict";
import { test } from "node:test";
import { asked, turned } from "../src/page/links.js";

const here = { pathname: "/maps/idm", search: "?level=village&lang=en" };
const link = (pathname, search, hash = "") => ({ pathname, search, hash });

test("a link to another view of this map is a switch, whatever of the view it changes", () => {
  const state = turned(link("/maps/idm", "?period=2023&region=36.04&level=district&classes=jenks-5&lang=en"), here);

  assert.equal(state.period, "2023");
  assert.equal(state.level, "district");
  assert.equal(state.classes, "jenks-5");
  assert.equal(state.area, "");
});

test("another map, language or release is a page of its own", () => {
  const others = [link("/maps/sri", here.search), link("/maps/idm", "?level=village"), link("/maps/idm", `${here.search}&release=2`)];

  assert.deepEqual(others.map((other) => turned(other, here)), [null, null, null]);
});

test("a link within the page, or with parameters that are not of the view, stays a link", () => {
  assert.equal(turned(link("/maps/idm", here.search, "#table"), here), null);
  assert.equal(turned(link("/maps/idm", `${here.search}&shade=red`), here), null);
});

test("a form leaves out what is empty", () => assert.equal(asked([["area", ""], ["period", "2024"]]), "?period=2024"));
