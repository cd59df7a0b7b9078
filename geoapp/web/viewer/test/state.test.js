import assert from "node:assert/strict";
import { test } from "node:test";
import { UNSET, addressBar, parse, write } from "../src/page/state.js";

/** A window that remembers what was pushed. */
const fakeWindow = (search) => {
  const window = {
    location: { pathname: "/maps/idm", search, hash: "" },
    pushed: [],
    history: {
      pushState: (_state, _title, url) => {
        window.pushed.push(url);
        window.location.search = url.includes("?") ? url.slice(url.indexOf("?")) : "";
      },
    },
    addEventListener: (name, heard) => (window[name] = heard),
  };
  return window;
};

test("a query without our parameters is the unset state", () => assert.deepEqual(parse("?utm_source=wa"), UNSET));

test("what is written is read again", () => {
  const state = { period: "2023-2024", level: "district", region: "36.04.01", lang: "en" };

  assert.deepEqual(parse(write(state)), state);
});

test("a pinned release survives a change of period", () => {
  assert.equal(write({ ...UNSET, period: "2023" }, "?release=4&period=2024"), "?release=4&period=2023");
});

test("an unset state writes nothing, not even a question mark", () => assert.equal(write(UNSET, "?region=1"), ""));

test("a change is pushed once and told once; the same again is silent", () => {
  const told = [];
  const window = fakeWindow("?period=2024");
  const bar = addressBar(window, (state) => told.push(state.period));

  bar.push({ period: "2023" });
  bar.push({ period: "2023" });

  assert.deepEqual(window.pushed, ["/maps/idm?period=2023"]);
  assert.deepEqual(told, ["2023"]);
});

test("Back brings the state of the address before", () => {
  const told = [];
  const window = fakeWindow("?period=2023");
  addressBar(window, (state) => told.push(state.period));

  window.location.search = "?period=2022";
  window.popstate();

  assert.deepEqual(told, ["2022"]);
});
