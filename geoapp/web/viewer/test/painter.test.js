import assert from "node:assert/strict";
import { test } from "node:test";
import { inkOn, lightness, mixed } from "../src/map/colours.js";
import { paintMarks, typesOf } from "../src/map/marks.js";
import { paintMap, paintSheets, sheetKey } from "../src/map/painter.js";
import { createPatterns } from "../src/map/patterns.js";
import { createPlan } from "../src/map/plan.js";
import { lineWidth } from "../src/map/strokes.js";
import { readTheme } from "../src/map/theme.js";
import { fourSquares, planDocument } from "./world.js";

class FakePath {
  corners = 0;
  moveTo() {}
  closePath() {}
  lineTo() {
    this.corners += 1;
  }
}

/** A context that keeps every fill and stroke with the ink of the moment. */
const fakeInk = () => {
  const strokes = [];
  const own = {
    strokes, globalAlpha: 1,
    fill: (path) => strokes.push({ deed: "fill", ink: ink.fillStyle, path, alpha: ink.globalAlpha }),
    stroke: (path) => strokes.push({ deed: "stroke", ink: ink.strokeStyle, width: ink.lineWidth, path }),
    fillText: (text) => strokes.push({ deed: "text", text, ink: ink.fillStyle }),
    createPattern: (picture) => ({ picture, setTransform() {} }),
    getContext: () => ink,
  };
  const ink = new Proxy(own, { get: (target, name) => (name in target ? target[name] : () => {}) });
  return ink;
};

const theme = readTheme(() => "");

const scene = (bytes, more = {}) => {
  const plan = createPlan(planDocument(more.document), { classes: Uint8Array.of(...bytes), marks: more.marks ?? null });
  return {
    laid: [{ tile: fourSquares(), x: 0, y: 0, scale: 0.5, box: null }],
    look: plan.look, looks: plan, silent: plan.silent, roster: { place: () => undefined }, parentOf: () => "", parents: {}, emphasis: null, circles: [], theme,
    patterns: createPatterns((width, height) => ({ width, height, getContext: fakeInk }), theme, 2),
    pictures: [], ground: null, within: null, world: 1000,
    density: 2, width: 500, height: 500, origin: [0, 0], diagonal: 100, flat: false, Path: FakePath, ...more.scene,
  };
};

/** All steps at once. */
const painted = (ink, what) => [...paintSheets(ink, ink, what), ...paintMap(ink, what, {}, {})];

const fills = (ink) => ink.strokes.filter(({ deed }) => deed === "fill");

test("the largest class is one shape below all, the others are filled on it and stroked in their ink, so that no seam shows", () => {
  const ink = fakeInk();

  painted(ink, scene([0, 1, 1, 1]));

  const [under, over] = fills(ink);
  assert.deepEqual([under.ink, over.ink, fills(ink).length], ["#403872", "#c2e9cd", 2]);
  assert.equal(under.path.corners, 4 * over.path.corners);
  assert.ok(ink.strokes.some((each) => each.deed === "stroke" && each.ink === over.ink && each.path === over.path));
});

test("lines and ground are painted anew for another view or other blanks, not for other colours", () => {
  const usual = scene([0, 0, 1, 251]);
  const key = sheetKey(usual).join();
  const recoloured = scene([1, 1, 0, 251], { scene: { emphasis: [1] } });
  const [blank, moved] = [scene([0, 0, 251, 1]), { ...usual, origin: [3, 0] }];

  assert.equal(sheetKey(recoloured).join(), key);
  for (const other of [blank, moved]) assert.notEqual(sheetKey(other).join(), key);
});

test("a region without a figure gets a pattern, never a colour of the classes", () => {
  const ink = fakeInk();

  painted(ink, scene([0, 0, 0, 251]));

  assert.deepEqual(fills(ink).map((each) => typeof each.ink), ["string", "string", "object"]);
  assert.equal(fills(ink)[1].ink, theme["pattern-ground"]);
});

test("an estimate is its class colour with dots on it", () => {
  const ink = fakeInk();

  painted(ink, scene([1, 1, 1, 1], { marks: Uint8Array.of(4, 4, 4, 4) }));

  assert.equal(fills(ink)[0].ink, "#403872");
  assert.equal(typeof fills(ink)[1].ink, "object");
});

test("a pressed class stays, the others are mixed with the land, so that no seam shows through", () => {
  const ink = fakeInk();

  painted(ink, scene([0, 0, 1, 1], { scene: { emphasis: [1] } }));

  assert.deepEqual(fills(ink).map((each) => each.ink), [mixed("#c2e9cd", theme.land, 0.22), "#403872"]);
  assert.ok(fills(ink).every(({ alpha }) => alpha === 1));
});

test("outside of an area everything steps back, and the area has an outline", () => {
  const ink = fakeInk();

  painted(ink, scene([0, 0, 0, 0], { scene: { within: (number) => number === 1 } }));

  assert.deepEqual(fills(ink).map((each) => each.ink), ["#c2e9cd", mixed("#c2e9cd", theme.land, 0.22)]);
  assert.equal(ink.strokes.filter((each) => each.ink === theme.outline).at(-1).width * 0.5, 2);
});

test("letters of categories are written in an ink that can be read on their colour", () => {
  assert.deepEqual(["#332288", "#ddcc77"].map(inkOn), ["#ffffff", "#10181e"]);
});

test("lines keep their width on the screen at every scale", () => {
  const widths = [0.5, 4].map((scale) => {
    const ink = fakeInk();
    painted(ink, scene_at(scale));
    return ink.strokes.find((each) => each.ink === theme.outline).width * scale;
  });

  assert.deepEqual(widths, [1.1, 1.1]);
});

const scene_at = (scale) => {
  const made = scene([0, 0, 0, 0]);
  return { ...made, laid: [{ ...made.laid[0], scale }] };
};

test("village lines vanish where villages are a few pixels", () => {
  assert.deepEqual([3, 10, 30, 100].map(lineWidth), [0, 0.35, 0.6, 0.8]);
});

test("circles are painted large first, so that small ones stay on top", () => {
  const ink = fakeInk();
  const radii = [];
  ink.arc = (_x, _y, radius) => radii.push(radius);

  painted(ink, scene([0, 0, 0, 0], { document: { kind: "circles" }, scene: { flat: true, circles: [{ number: 1, x: 1, y: 1, radius: 3 }, { number: 2, x: 1, y: 1, radius: 9 }] } }));

  assert.deepEqual(radii, [9, 3]);
});

test("the chosen region is outlined in a casing, the compared one in dashes, and a name is text", () => {
  const ink = fakeInk();
  const dashes = [];
  ink.setLineDash = (pattern) => dashes.push(pattern.length);
  const label = { text: "<b>Dua</b>", x: 1, y: 1, kind: "chosen" };

  paintMarks(ink, scene([0, 0, 0, 0]), { hovered: 0, chosen: 2, compared: 3, labels: [label], types: typesOf("serif", false, theme) });

  const lines = ink.strokes.filter(({ deed }) => deed === "stroke").map(({ ink: colour }) => colour);
  assert.deepEqual(lines, [theme.casing, theme.selected, theme.casing, theme.selected]);
  assert.ok(dashes.includes(2));
  assert.equal(ink.strokes.at(-1).text, "<b>Dua</b>");
});

test("a region too small for its outline is marked by a ring around it", () => {
  const ink = fakeInk();
  const rings = [];
  ink.arc = (x, y, radius) => rings.push([x, y, radius]);
  const place = () => ({ box: [0.1, 0.2, 0.102, 0.202] });

  paintMarks(ink, scene([0, 0, 0, 0], { scene: { roster: { place }, origin: [50, 50] } }), { hovered: 2, chosen: 0, compared: 0, labels: [], types: typesOf("serif", false, theme) });

  assert.deepEqual(rings.map((each) => each.map(Math.round)), [[51, 151, 10], [51, 151, 10]]);
});

test("lightness is that of CIELAB", () => {
  assert.deepEqual(["#000000", "#ffffff", "#c2e9cd", "#37659e"].map((colour) => Math.round(lightness(colour))), [0, 100, 89, 42]);
});

test("regions nobody asked about keep the ground and get a dashed edge, without the tile's own edge", () => {
  const ink = fakeInk();
  const dashes = [];
  ink.setLineDash = (pattern) => dashes.push(pattern.length);
  const made = scene([0, 0, 0, 254]);
  made.laid[0].tile.pieces[3].rings = [Int32Array.from([500, 500, 1016, 500, 1016, 1016, 500, 1016, 500, 500])];

  painted(ink, made);

  const edge = ink.strokes.find((each) => each.ink === theme["pattern-ink"] && each.deed === "stroke");
  assert.deepEqual(dashes, [2, 0]);
  assert.equal(edge.path.corners, 2);
});
