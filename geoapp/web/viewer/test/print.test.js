import assert from "node:assert/strict";
import { test } from "node:test";
import { onPaper } from "../src/page/print.js";

test("a wide map is as wide as the sheet, a high one no higher than half of it, and neither is cut or stretched", () => {
  const [wide, high] = [onPaper(1376, 600), onPaper(500, 1000)];

  assert.deepEqual([wide.across, wide.down], [688, 300]);
  assert.deepEqual([high.across, high.down], [235, 470]);
  for (const { width, height, across, down } of [wide, high]) assert.ok(Math.abs(across / width - down / height) < 1e-9);
});
