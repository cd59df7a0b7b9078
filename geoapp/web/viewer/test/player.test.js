import assert from "node:assert/strict";
import { test } from "node:test";
import { createPlayer } from "../src/page/player.js";

const made = (show) => {
  const told = [];
  const shown = [];
  const player = createPlayer({ show: async (period) => { shown.push(period); await show?.(period, player); }, pause: async () => {}, told: (playing) => told.push(playing) });
  return { player, told, shown };
};

test("playing begins after the period shown and stops at the newest", async () => {
  const { player, told, shown } = made();

  await player.play(["2021", "2022", "2023"], "2021");

  assert.deepEqual(shown, ["2022", "2023"]);
  assert.deepEqual(told, [true, false]);
  assert.equal(player.playing(), false);
});

test("from the newest it begins at the first", async () => {
  const { player, shown } = made();

  await player.play(["2021", "2022"], "2022");

  assert.deepEqual(shown, ["2021", "2022"]);
});

test("stopped, it shows no further period", async () => {
  const { player, told, shown } = made((period, own) => period === "2022" && own.stop());

  await player.play(["2021", "2022", "2023", "2024"], "2021");

  assert.deepEqual(shown, ["2022"]);
  assert.deepEqual(told, [true, false]);
});
