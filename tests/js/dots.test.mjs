// Which places have a dot, where there is room for a part of them.

import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document = /** @type {any} */ ({
  createElement: () => ({ getContext: () => ({}) }),
});
const { Dots } = await import("../../static/js/map/dots.js");

const SIDE = 40;
/** @param {(at: number) => number | null} population */
function field(population) {
  return Array.from({ length: SIDE * SIDE }, (_, at) => ({
    kind: "town",
    lon: (at % SIDE) / 10,
    lat: Math.floor(at / SIDE) / 10,
    population: population(at),
  }));
}

const view = {
  scale: 256 * 2 ** 11,
  left: 2 ** 18,
  top: 0,
  width: 1e5,
  height: 1e6,
  ratio: 1,
  zoom: 9,
};

/** @param {ReturnType<typeof field>} places */
const dotted = (places) =>
  new Dots(/** @type {any} */ ({ places })).inView(/** @type {any} */ (view));

test("of equals those with a dot lie all over the map", () => {
  const dots = dotted(field(() => null));
  assert.equal(dots.length, 600);
  for (const column of [0, 1, 2, 3]) {
    const there = dots.filter(({ place }) => Math.floor((place % SIDE) / 10) === column);
    assert.ok(Math.abs(there.length - 150) < 30, `${there.length} in column ${column}`);
    const rows = dots.filter(({ place }) => Math.floor(place / SIDE / 10) === column);
    assert.ok(Math.abs(rows.length - 150) < 30, `${rows.length} in row ${column}`);
  }
});

test("the largest have a dot before all others", () => {
  const dots = dotted(field((at) => (at < 700 ? 1000 + at : null)));
  assert.deepEqual(
    dots.slice(0, 3).map(({ place }) => place),
    [699, 698, 697],
  );
  assert.ok(dots.every(({ place }) => place >= 100 && place < 700));
});
