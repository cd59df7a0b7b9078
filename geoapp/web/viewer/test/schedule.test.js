import assert from "node:assert/strict";
import { test } from "node:test";
import { createRunner } from "../src/map/schedule.js";

/** A machine whose steps take `slow` ms each, `late` of them after our code; frames are counted. */
const machine = ({ slow = 1, late = 0 } = {}) => {
  const own = { time: 0, frames: [], done: 0, taken: [] };
  const runner = createRunner({ frame: (go) => own.frames.push(go), now: () => own.time });
  const steps = function* (count) {
    for (let at = 0; at < count; at += 1) {
      own.time += slow;
      own.taken[own.taken.length - 1] += 1;
      yield;
    }
  };
  const turn = (deed) => {
    own.taken.push(0);
    deed();
    own.time += 16 + late * own.taken.at(-1);
  };
  return {
    own,
    start: (count) => turn(() => runner.start(steps(count), () => (own.done += 1))),
    settle: () => {
      while (own.frames.length) turn(own.frames.shift());
    },
  };
};

test("little work is done at once", () => {
  const { own, start } = machine();
  start(2);
  assert.deepEqual([own.done, own.frames.length], [1, 0]);
});

test("much work is spread over frames, none of which takes long", () => {
  const { own, start, settle } = machine({ slow: 4 });
  start(10);
  settle();
  assert.equal(own.done, 1);
  assert.ok(own.taken.every((steps) => steps <= 2) && own.taken.length >= 5);
});

test("where drawing is slow a frame takes fewer steps, where it is quick more", () => {
  const [slow, quick] = [machine({ slow: 0, late: 20 }), machine({ slow: 0 })];
  for (const each of [slow, quick]) {
    each.start(60);
    each.settle();
  }
  assert.equal(Math.max(...slow.own.taken.slice(3)), 1);
  assert.ok(Math.max(...quick.own.taken) >= 16);
});

test("new work drops the old", () => {
  const { own, start, settle } = machine({ slow: 4 });
  start(10);
  start(1);
  settle();
  assert.equal(own.done, 1);
});
