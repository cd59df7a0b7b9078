import assert from "node:assert/strict";
import { test } from "node:test";
import { createRunner } from "../src/map/schedule.js";

/** A machine whose steps take 4 ms each and whose frames are counted. */
const machine = () => {
  const own = { time: 0, frames: [], done: 0 };
  const runner = createRunner({ frame: (go) => own.frames.push(go), now: () => own.time });
  const steps = function* (count) {
    for (let at = 0; at < count; at += 1) {
      own.time += 4;
      yield;
    }
  };
  return { own, start: (count) => runner.start(steps(count), () => (own.done += 1)), stop: runner.stop };
};

test("little work is done at once", () => {
  const { own, start } = machine();
  start(2);
  assert.deepEqual([own.done, own.frames.length], [1, 0]);
});

test("much work is spread over frames", () => {
  const { own, start } = machine();
  start(10);
  let turns = 0;
  while (own.frames.length) {
    own.frames.shift()();
    turns += 1;
  }
  assert.deepEqual([own.done, turns], [1, 3]);
});

test("new work drops the old", () => {
  const { own, start } = machine();
  start(10);
  start(1);
  own.frames.splice(0).forEach((go) => go());
  assert.deepEqual([own.done, own.frames.length], [1, 0]);
});
