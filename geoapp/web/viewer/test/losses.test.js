import assert from "node:assert/strict";
import { test } from "node:test";
import { createEvents } from "../src/map/events.js";
import { createLosses } from "../src/map/losses.js";

const world = () => {
  const [events, again, told] = [createEvents(), [], []];
  for (const name of ["lost", "restored"]) events.on(name, (event) => told.push([name, event]));
  return { events, again, told, losses: createLosses({ events, again: (what) => again.push(what) }) };
};

test("a loss is told, also to who comes later, and ends with what was lost", () => {
  const { events, told, losses } = world();
  losses.lose("tiles", null);
  const late = [];
  events.on("lost", (event) => late.push(event));
  losses.restore("classes");
  losses.restore("tiles");
  losses.restore("tiles");
  events.on("lost", () => assert.fail("it is over"));
  losses.stop();

  assert.deepEqual(late, [{ what: "tiles", status: 0 }]);
  assert.deepEqual(told, [["lost", { what: "tiles", status: 0 }], ["restored", { what: "tiles" }]]);
});

test("asking again names what is lost, with the status of the answer", () => {
  const { again, told, losses } = world();
  losses.lose("classes", { status: 410 });
  losses.retry();

  assert.deepEqual([again, told[0][1].status], [["classes"], 410]);
});

test("two losses at once are both asked for, and it is over when both are here", () => {
  const { again, told, events, losses } = world();
  losses.lose("classes", null);
  losses.lose("tiles", null);
  losses.retry();
  losses.restore("tiles");
  const still = [];
  events.on("lost", (event) => still.push(event.what));
  losses.restore("classes");
  events.on("lost", () => assert.fail("it is over"));

  assert.deepEqual(again, ["classes", "tiles"]);
  assert.equal(still.length, 1);
  assert.deepEqual(told.filter(([name]) => name === "restored").map(([, { what }]) => what), ["tiles", "classes"]);
});
