import assert from "node:assert/strict";
import { test } from "node:test";
import { address, covering, createTiles, dataZoom, decode } from "../src/map/tiles.js";

test("tiles of 512 px lie one zoom below the map's, and none are asked for past the last", () => {
  assert.deepEqual([[11, 10], [11.6, 11], [18, 13], [0, 0]].map(([zoom]) => dataZoom(zoom, 0, 13)), [10, 11, 13, 0]);
});

test("the middle of the view comes first", () => {
  const found = covering([0.3, 0.3, 0.7, 0.7], 3);

  assert.equal(found.length, 16);
  assert.deepEqual(new Set(found.slice(0, 4).map(({ key }) => key)), new Set(["3/3/3", "3/3/4", "3/4/3", "3/4/4"]));
});

test("an empty answer is an empty tile", () => assert.deepEqual(decode(new ArrayBuffer(0), address(1, 0, 0)).pieces, []));

test("what is no longer wanted is given up, what is wanted is fetched once", async () => {
  const asked = [];
  const tiles = createTiles({
    template: "/t/{z}/{x}/{y}",
    bytes: (url, signal) => new Promise((done, fail) => {
      asked.push({ url, done, signal });
      signal.addEventListener("abort", () => fail(signal.reason));
    }),
    read: decode,
    changed: () => {},
  });

  tiles.want([address(2, 0, 0), address(2, 1, 0)]);
  tiles.want([address(2, 1, 0)]);
  asked[1].done(new ArrayBuffer(0));
  await new Promise((turn) => setTimeout(turn));

  assert.deepEqual(asked.map(({ url, signal }) => [url, signal.aborted]), [["/t/2/0/0", true], ["/t/2/1/0", false]]);
  assert.equal(tiles.complete(), true);
});

test("a lost tile is asked for again only when forgiven", async () => {
  let asked = 0;
  const tiles = createTiles({ template: "/t", read: decode, bytes: async () => { asked += 1; throw new Error("away"); }, changed: () => {} });
  const wanted = [address(1, 0, 0)];

  for (const forgive of [false, false, true]) {
    if (forgive) tiles.forgive();
    tiles.want(wanted);
    await new Promise((turn) => setTimeout(turn));
  }

  assert.deepEqual([asked, tiles.lost(), tiles.complete()], [2, 1, false]);
});
