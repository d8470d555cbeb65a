import assert from "node:assert/strict";
import { test } from "node:test";
import { lookOf } from "../../static/js/map/looks.js";
import { PERIOD, Tiles } from "../../static/js/map/patterns.js";
import { cellOf, rasterise } from "../../static/js/map/raster.js";
import { flat } from "../../static/js/map/shapes.js";
import { Slices } from "../../static/js/map/slices.js";
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

/** Territories from boxes: [rings, x, y, radius in device pixels]. */
function territories(cells) {
  const lines = cells.flatMap(([rings]) => rings);
  return {
    rings: flat(lines),
    first: Uint32Array.from([0, ...cells.map(([rings]) => rings.length)], (_, at) =>
      cells.slice(0, at).reduce((sum, [rings]) => sum + rings.length, 0),
    ),
    x: Float64Array.from(cells, ([, x]) => x),
    y: Float64Array.from(cells, ([, , y]) => y),
    radius: Float64Array.from(cells, ([, , y, reach]) => reach / pixelsOf(view, 1, y)),
  };
}

const idsOf = (cells) =>
  new Slices().now(
    rasterise(
      view,
      territories(cells),
      cells.map((_, at) => at),
    ),
  );
const count = (ids, wanted) => ids.filter((id) => id === wanted).length;

test("cells side by side leave no pixel out and share none", () => {
  const ids = idsOf([
    [[box(0.1, 0.1, 0.507, 0.9)], 0.3, 0.5, 0],
    [[box(0.507, 0.1, 0.9, 0.9)], 0.3, 0.5, 0],
  ]);
  assert.equal(count(ids, 2), 41 * 80);
  assert.equal(count(ids, 4), 39 * 80);
});

test("within reach of the place the fill is evidence, beyond it inference", () => {
  const ids = idsOf([[[box(0, 0, 1, 1)], 0.5, 0.5, 20]]);
  const solid = count(ids, 1);
  assert.ok(Math.abs(solid - Math.PI * 400) < 40, `${solid}`);
  assert.equal(count(ids, 2), 10_000 - solid);
  assert.equal(ids[50 * 100 + 50], 1);
});

test("holes are even-odd, and later cells lie over earlier ones", () => {
  const ids = idsOf([
    [[box(0.1, 0.1, 0.9, 0.9), box(0.4, 0.4, 0.6, 0.6)], 0.2, 0.2, 0],
    [[box(0.45, 0.45, 0.55, 0.55)], 0.5, 0.5, 2],
    [[box(0.85, 0.85, 0.95, 0.95)], 0.5, 0.5, 0],
  ]);
  assert.equal(ids[42 * 100 + 42], 0);
  assert.equal(ids[50 * 100 + 50], 3);
  assert.equal(ids[46 * 100 + 46], 4);
  assert.equal(ids[87 * 100 + 87], 6);
  assert.equal(ids[30 * 100 + 30], 2);
});

test("a row that crosses more edges than there is room for is filled all the same", () => {
  const teeth = [];
  for (let x = 0; x < 40; x += 1) teeth.push(0.1 + x * 0.02, x % 2 ? 0.9 : 0.1);
  const ids = idsOf([[[new Float64Array([...teeth, 0.9, 0.95, 0.1, 0.95])], 0, 0, 0]]);
  let runs = 0;
  for (let x = 1; x < 100; x += 1) if (ids[5000 + x] && !ids[5000 + x - 1]) runs += 1;
  assert.equal(runs, 20);
});

test("more cells than sixteen bits have room for get ids of their own", () => {
  const cells = Array.from({ length: 40_000 }, (_, at) => [
    [box((at % 200) / 200, 0.5, (at % 200) / 200 + 0.005, 0.51)],
    0,
    0,
    0,
  ]);
  const ids = idsOf(cells);
  assert.equal(ids.BYTES_PER_ELEMENT, 4);
  assert.equal(cellOf(ids[50 * 100 + 99]), 39_999);
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
