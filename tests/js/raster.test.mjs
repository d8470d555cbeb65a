import assert from "node:assert/strict";
import { test } from "node:test";
import { lookOf } from "../../static/js/map/looks.js";
import { PERIOD, Tiles } from "../../static/js/map/patterns.js";
import { INFERRED, rasterise, runsOf } from "../../static/js/map/raster.js";
import { pixelsOf, worldX, worldY } from "../../static/js/map/view.js";
import { placesFile } from "./world.mjs";

const view = {
  scale: 100,
  left: 0,
  top: 0,
  width: 100,
  height: 100,
  ratio: 1,
  zoom: 5,
  covered: [0, 0, 0, 0],
};
const box = (west, north, east, south) =>
  new Float64Array([west, north, east, north, east, south, west, south]);

test("cells side by side leave no pixel out and share none", () => {
  const cells = [box(0.1, 0.1, 0.507, 0.9), box(0.507, 0.1, 0.9, 0.9)].map((ring) => ({
    rings: [ring],
    x: 0.3,
    y: 0.5,
    inferredBeyond: 0,
  }));
  const ids = rasterise(view, cells);
  const own = ids.map((id) => id & ~INFERRED);
  assert.equal(own.filter((id) => id === 1).length, 41 * 80);
  assert.equal(own.filter((id) => id === 2).length, 39 * 80);
});

test("within reach of the place the fill is evidence, beyond it inference", () => {
  const cells = [{ rings: [box(0, 0, 1, 1)], x: 0.5, y: 0.5, inferredBeyond: 20 }];
  const ids = rasterise(view, cells);
  const solid = ids.filter((id) => id === 1).length;
  assert.ok(Math.abs(solid - Math.PI * 400) < 40, `${solid}`);
  assert.equal(ids.filter((id) => id === (1 | INFERRED)).length, 10_000 - solid);
  assert.equal(ids[50 * 100 + 50], 1);
});

test("holes are even-odd, and runs cover exactly the pixels of their cell", () => {
  const cells = [
    {
      rings: [box(0.1, 0.1, 0.9, 0.9), box(0.4, 0.4, 0.6, 0.6)],
      x: 0.2,
      y: 0.2,
      inferredBeyond: 15,
    },
    { rings: [box(0.45, 0.45, 0.55, 0.55)], x: 0.5, y: 0.5, inferredBeyond: 2 },
  ];
  const ids = rasterise(view, cells);
  assert.equal(ids[42 * 100 + 42], 0);
  const runs = runsOf(ids, view.width, cells.length);
  const again = new Uint16Array(ids.length);
  for (let group = 0; group < cells.length * 2; group += 1) {
    const value = ((group >> 1) + 1) | (group & 1 ? INFERRED : 0);
    for (let run = runs.start[group]; run < runs.start[group + 1]; run += 1) {
      again.fill(value, runs.from[run], runs.from[run] + runs.length[run]);
    }
  }
  assert.deepEqual(again, ids);
});

test("metres become pixels by latitude", () => {
  const world = { ...view, scale: 256 * 2 ** 10 };
  assert.ok(Math.abs(pixelsOf(world, 1000, worldY(0)) - 6.54) < 0.01);
  assert.ok(pixelsOf(world, 1000, worldY(60)) / pixelsOf(world, 1000, worldY(0)) > 1.99);
  assert.equal(worldX(0), 0.5);
});

test("looks: no data is blank, a divided place is banded in proportion", () => {
  const none = {
    holds: [],
    to: [],
    contests: [],
    besieges: [],
    present: [],
    disputed: false,
    counts: [],
  };
  assert.equal(lookOf({ ...none, state: "no_data" }), null);
  const divided = lookOf({
    ...none,
    state: "divided",
    holds: [0, 1],
    counts: [
      [[1], 6],
      [[0], 2],
    ],
  });
  assert.deepEqual(divided.bands, [
    [1, 0.75],
    [0, 0.25],
  ]);
  const changing = lookOf({ ...none, state: "changing", holds: [0], to: [1] });
  assert.deepEqual(changing.bands, [
    [0, 0.5],
    [1, 0.5],
  ]);
  const contested = lookOf({ ...none, state: "contested", holds: [0], contests: [2] });
  assert.deepEqual([contested.bands, contested.hatch], [[[0, 1]], 2]);
});

test("patterns differ by more than colour, and inferred is lighter", () => {
  const { actors } = placesFile();
  const patterns = ["solid", "diagonal", "dots", "horizontal"];
  actors.forEach((actor, at) => {
    actor.pattern = patterns[at];
  });
  const tiles = new Tiles(actors, 1);
  assert.equal(tiles.size, PERIOD);
  const look = (actor) => ({ key: String(actor), bands: [[actor, 1]], narrow: false, hatch: null });
  const pictures = actors.map((_, at) => tiles.of(look(at), false).join());
  assert.equal(new Set(pictures).size, actors.length);
  const red = (tile) => tile.reduce((sum, pixel) => sum + (pixel & 255), 0);
  assert.ok(red(tiles.of(look(1), true)) > red(tiles.of(look(1), false)));
});
