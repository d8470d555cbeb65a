// Which of the places that changed on a date get a ring.

import assert from "node:assert/strict";
import { test } from "node:test";
import { apart } from "../../static/js/map/rings.js";

/** @param {number} place @param {number} x @param {number} y */
const dot = (place, x, y) => ({ place, x, y, radius: 4, reach: 12, site: false });
/** @param {import("../../static/js/map/dots.js").Dot[]} dots */
const places = (dots) => dots.map(({ place }) => place);

test("rings do not lie across each other: the most important of close places has one", () => {
  const dots = [dot(7, 100, 100), dot(3, 106, 100), dot(5, 100, 114), dot(2, 109, 109)];
  assert.deepEqual(places(apart(dots, 5, 24)), [7, 5]);
});

test("there are no more rings than wanted, the most important first", () => {
  const dots = [dot(1, 0, 0), dot(2, 100, 0), dot(3, 200, 0)];
  assert.deepEqual(places(apart(dots, 5, 2)), [1, 2]);
});
