import assert from "node:assert/strict";
import { test } from "node:test";
import { Answer, createApi } from "../src/map/api.js";

/** An api whose network answers one thing after the other: a status, or "away". */
const scripted = (...answers) => {
  const heard = { asked: 0, pauses: [], trouble: [] };
  const api = createApi({
    fetch: async () => {
      const answer = answers[heard.asked];
      heard.asked += 1;
      if (answer === "away") throw new TypeError("failed to fetch");
      return new Response(answer === 200 ? '{"x":1}' : null, { status: answer });
    },
    pause: async (ms) => void heard.pauses.push(ms),
    trouble: (trying) => heard.trouble.push(trying),
  });
  return { api, heard };
};

test("a broken connection is tried again until an answer comes, and both are told", async () => {
  const { api, heard } = scripted("away", 503, 200);

  assert.deepEqual(await api.json("/x"), { x: 1 });
  assert.equal(heard.asked, 3);
  assert.deepEqual(heard.trouble, [true, true, false]);
  assert.ok(heard.pauses[0] < heard.pauses[1]);
});

test("a plain no is not asked twice", async () => {
  const { api, heard } = scripted(404, 200);

  await assert.rejects(api.bytes("/x"), (problem) => problem instanceof Answer && problem.status === 404);
  assert.equal(heard.asked, 1);
});

test("after the last retry the failure is told", async () => {
  const { api, heard } = scripted("away", "away", "away", "away", 200);

  await assert.rejects(api.bytes("/x"), (problem) => problem.status === 0);
  assert.equal(heard.asked, 4);
});

test("an aborted question is given up at once", async () => {
  const giveUp = new AbortController();
  let asked = 0;
  const api = createApi({ fetch: async (_url, { signal }) => { asked += 1; giveUp.abort(); throw signal.reason; } });

  await assert.rejects(api.bytes("/x", giveUp.signal), { name: "AbortError" });
  assert.equal(asked, 1);
});
