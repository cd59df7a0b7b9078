import assert from "node:assert/strict";
import { test } from "node:test";
import { createParts } from "../src/page/parts.js";

/** A page of which only the elements matter that are in it. */
const fakePage = (...elements) => {
  const here = new Set(elements);
  return { here, querySelectorAll: () => [...here], contains: (element) => here.has(element) };
};

test("what is in the page at the start is attached once, however often it is renewed", () => {
  const page = fakePage("legend");
  const attached = [];
  const parts = createParts(page);
  parts.register("#legend", (element) => void attached.push(element));

  parts.renew();
  parts.renew();

  assert.deepEqual(attached, ["legend"]);
});

test("what an exchange brings is attached, and what left is let go", () => {
  const page = fakePage("old");
  const told = [];
  const parts = createParts(page);
  parts.register("#legend", (element) => (told.push(`+${element}`), () => told.push(`-${element}`)));
  parts.renew();

  page.here.delete("old");
  page.here.add("new");
  parts.renew();

  assert.deepEqual(told, ["+old", "-old", "+new"]);
});

test("who registers after the start is attached at once", () => {
  const attached = [];
  const parts = createParts(fakePage("map"));
  parts.renew();

  parts.register("#map", (element) => void attached.push(element));

  assert.deepEqual(attached, ["map"]);
});
