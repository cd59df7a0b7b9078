import assert from "node:assert/strict";
import { test } from "node:test";

import { spotOf } from "../src/embed/asking.js";
import { frameAddress } from "../src/embed/frame-address.js";
import { isArrow, neighbour } from "../src/embed/neighbour.js";
import { boxOf, centred, closeness, CLOSEST, moved, written, zoomed } from "../src/embed/zoom.js";
import { dressed, sized } from "../src/page/codes.js";

const SITE = "https://data.contoh.go.id";
const WHOLE = boxOf("0 0 480 300");

test("a map's address and its frame's lead to the same frame", () => {
  for (const path of ["/maps/idm", "/maps/idm/", "/embed/idm"]) assert.equal(frameAddress(SITE + path, SITE), `${SITE}/embed/idm`);
  assert.equal(frameAddress(`${SITE}/maps/idm?period=2023&region=35.73#share`, SITE), `${SITE}/embed/idm?period=2023&region=35.73`);
  assert.equal(frameAddress("/maps/idm", SITE), `${SITE}/embed/idm`);
  assert.equal(frameAddress(`${SITE}/maps/idm?lang=id`, SITE, { lang: "en", theme: "dark", hide: "" }), `${SITE}/embed/idm?lang=en&theme=dark`);
});

test("nothing but a map of the own site is framed", () => {
  for (const other of ["https://lain.example/maps/idm", "javascript:alert(1)", "data:text/html,x", `${SITE}.lain.example/maps/idm`, `${SITE}/maps/idm.png`, `${SITE}/maps/a/b`, `${SITE}/`, "http://[", ""])
    assert.equal(frameAddress(other, SITE), "", other);
});

test("a viewBox is read and written", () => {
  assert.deepEqual({ ...boxOf("1 2.5 30 40") }, { x: 1, y: 2.5, width: 30, height: 40 });
  assert.equal(written(boxOf("1 2.5 30 40")), "1 2.5 30 40");
});

test("the point under the finger stays where it is", () => {
  const point = { x: 120, y: 60 };
  const near = zoomed(WHOLE, WHOLE, 2, point);

  assert.equal(closeness(near, WHOLE), 2);
  assert.equal((point.x - near.x) / near.width, point.x / WHOLE.width);
  assert.equal((point.y - near.y) / near.height, point.y / WHOLE.height);
});

test("nothing is seen from nearer than the drawing bears, nor from farther than whole", () => {
  assert.equal(closeness(zoomed(WHOLE, WHOLE, 1000), WHOLE), CLOSEST);
  assert.deepEqual(zoomed(zoomed(WHOLE, WHOLE, 4, { x: 9, y: 9 }), WHOLE, 0.01), WHOLE);
});

test("what is seen never leaves the drawing", () => {
  const near = zoomed(WHOLE, WHOLE, 4);

  for (const [dx, dy] of [[1e4, 0], [-1e4, 0], [0, 1e4], [0, -1e4]]) {
    const { x, y, width, height } = moved(near, WHOLE, dx, dy);
    assert.ok(x >= 0 && y >= 0 && x + width <= 480 && y + height <= 300);
  }
  assert.deepEqual(moved(WHOLE, WHOLE, 50, 50), WHOLE);
  assert.deepEqual(centred(near, WHOLE, { x: 0, y: 0 }), moved(near, WHOLE, -1e4, -1e4));
});

test("arrows lead to the nearest region that lies that way", () => {
  const centres = [[1, 0, 0], [2, 10, 1], [3, 20, 0], [4, 9, 30], [5, 0, 12]].map(([number, x, y]) => ({ number, x, y }));

  assert.equal(neighbour(centres, 1, "ArrowRight"), 2);
  assert.equal(neighbour(centres, 2, "ArrowRight"), 3);
  assert.equal(neighbour(centres, 1, "ArrowDown"), 5);
  assert.equal(neighbour(centres, 1, "ArrowLeft"), 1);
  assert.equal(neighbour(centres, 0, "ArrowDown"), 1);
  assert.equal(neighbour([], 0, "ArrowDown"), 0);
  assert.ok(isArrow("ArrowUp") && !isArrow("Enter"));
});

test("a code takes another size, and a code without one stays", () => {
  const frame = '<iframe src="x" title="y" width="100%" height="520" loading="lazy"></iframe>';
  assert.equal(sized(frame, "280", "680"), '<iframe src="x" title="y" width="280" height="680" loading="lazy"></iframe>');
  assert.equal(sized('<peta-desa height="520"><a href="x">y</a></peta-desa>', "280", "680"), '<peta-desa height="680"><a href="x">y</a></peta-desa>');
  for (const other of ['<a href="x"><img src="y" alt="z" width="100%"></a>', "https://data.contoh.go.id/maps/idm"])
    assert.equal(sized(other, "280", "680"), other);
});

const LOOK = { release: "", theme: "", hide: "" };

test("a code of a pinned release pins every address in it, the newest one pins none", () => {
  const code = `<a href="${SITE}/maps/idm?period=2023&amp;lang=en"><img src="${SITE}/maps/idm.png?size=1200x630" alt="&lt;b&gt;"></a>`;
  const pinned = dressed(code, { ...LOOK, release: "7" });

  assert.equal(pinned, `<a href="${SITE}/maps/idm?period=2023&amp;lang=en&amp;release=7"><img src="${SITE}/maps/idm.png?size=1200x630&amp;release=7" alt="&lt;b&gt;"></a>`);
  assert.equal(dressed(pinned, LOOK), code);
  assert.equal(dressed(`${SITE}/maps/idm?period=2023`, { ...LOOK, release: "7" }), `${SITE}/maps/idm?period=2023&release=7`);
});

test("theme and parts are said to the frame alone, and by the element", () => {
  const look = { ...LOOK, theme: "dark", hide: "title,periods" };
  const frame = dressed(`<iframe src="${SITE}/embed/idm?period=2023" title="x"></iframe>`, look);
  const element = dressed(`<script src="${SITE}/peta-desa.js" async></script>\n<peta-desa height="520"><a href="${SITE}/maps/idm">x</a></peta-desa>`, look);

  assert.equal(frame, `<iframe src="${SITE}/embed/idm?period=2023&amp;theme=dark&amp;hide=title%2Cperiods" title="x"></iframe>`);
  assert.equal(element, `<script src="${SITE}/peta-desa.js" async></script>\n<peta-desa theme="dark" hide="title,periods" height="520"><a href="${SITE}/maps/idm">x</a></peta-desa>`);
  assert.equal(dressed(`${SITE}/maps/idm`, look), `${SITE}/maps/idm`);
});

test("a spot of a picture is found in an element of another shape, and none beside the picture", () => {
  const box = { left: 10, top: 20, width: 400, height: 200 };
  const own = { width: 480, height: 480 };

  assert.deepEqual(spotOf(box, own, 210, 120), { x: "0.5000", y: "0.5000" });
  assert.deepEqual(spotOf(box, own, 110, 20), { x: "0.0000", y: "0.0000" });
  assert.equal(spotOf(box, own, 100, 120), null);
});
