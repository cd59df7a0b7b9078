import assert from "node:assert/strict";
import { test } from "node:test";
import { turned } from "../src/page/links.js";

const here = { pathname: "/maps/idm", search: "?level=village&lang=en" };
const link = (pathname, search, hash = "") => ({ pathname, search, hash });

test("a link to another period or region of this map is a switch", () => {
  assert.deepEqual(turned(link("/maps/idm", "?period=2023&region=36.04&level=village&lang=en"), here), { period: "2023", region: "36.04" });
});

test("another map, language, level or release is a page of its own", () => {
  const others = [link("/maps/sri", here.search), link("/maps/idm", "?level=village"), link("/maps/idm", "?level=district&lang=en"), link("/maps/idm", `${here.search}&release=2`)];

  assert.deepEqual(others.map((other) => turned(other, here)), [null, null, null, null]);
});

test("a link within the page stays one", () => assert.equal(turned(link("/maps/idm", here.search, "#table"), here), null));
