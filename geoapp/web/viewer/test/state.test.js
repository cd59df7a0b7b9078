import assert from "node:assert/strict";
import { test } from "node:test";
import { UNSET, addressBar, foreign, parse, turn, write } from "../src/page/state.js";

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

const FULL = {
  period: "2023-2024", level: "district", area: "36.04", region: "36.04.01", compare: "36.04.02", classes: "jenks-7-own",
  palette: "bara", since: "2021", change: "percent", sort: "-name", release: "4", lang: "en",
};

test("a query without our parameters is the unset state", () => assert.deepEqual(parse("?utm_source=wa"), UNSET));

test("everything that is written is read again", () => assert.deepEqual(parse(write(FULL)), FULL));

test("the default language is not written", () => assert.equal(write({ ...UNSET, lang: "id" }), ""));

test("parameters of others stay as they are", () => {
  assert.equal(write({ ...UNSET, period: "2023" }, "?period=2024&shade=red"), "?period=2023&shade=red");
  assert.deepEqual(foreign("?period=2024&shade=red"), ["shade"]);
});

test("an unset state writes nothing, not even a question mark", () => assert.equal(write(UNSET, "?region=1"), ""));

test("what hangs on something else goes with it", () => {
  assert.equal(turn(FULL, { region: "" }).compare, "");
  assert.equal(turn(FULL, { region: FULL.compare }).compare, "");
  assert.equal(turn(FULL, { since: "" }).change, "");
  assert.deepEqual([turn(FULL, { level: "village" }).region, turn(FULL, { level: "village" }).compare], ["", ""]);
  assert.equal(turn(FULL, { period: "2024" }).compare, FULL.compare);
});

test("a change is pushed once and told once; the same again is silent", () => {
  const told = [];
  const window = fakeWindow("?period=2024");
  const bar = addressBar(window, (state) => told.push(state.period));

  bar.push({ period: "2023" });
  bar.push({ period: "2023" });

  assert.deepEqual(window.pushed, ["/maps/idm?period=2023"]);
  assert.deepEqual(told, ["2023"]);
});

test("Back brings the state of the address before; a jump within the page brings none", () => {
  const told = [];
  const window = fakeWindow("?period=2023");
  addressBar(window, (state) => told.push(state.period));

  window.popstate();
  window.location.search = "?period=2022";
  window.popstate();

  assert.deepEqual(told, ["2022"]);
});
