// What is drawn where no land is known to be: a sea only beside land that somebody drew.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Base } from "../../static/js/map/base.js";
import { palette } from "../../static/js/map/palette.js";

const SQUARE = [Float64Array.of(0, 0, 4, 0, 4, 4)];

/** A conflict whose places with an outline are of these kinds, and which was given this land. */
function ground(kinds, land = []) {
  const geometry = {
    scale: 1,
    base: { land, water: [], rivers: [] },
    areasOf: (wanted) => kinds.flatMap((_kind, place) => (wanted(place) ? [[place, SQUARE]] : [])),
  };
  return new Base({ places: kinds.map((kind) => ({ kind })) }, geometry);
}

test("beside land is the sea", () => {
  const base = ground(["country"], [{ own: true, rings: SQUARE }]);
  assert.equal(base.paper, palette.sea);
  assert.deepEqual(base.outlines, []);
});

test("without any outline the towns stand on paper, not in a sea", () => {
  assert.equal(ground([]).paper, palette.ownLand);
  assert.equal(ground(["district"]).paper, palette.ownLand);
});

test("without land the outline of the country is the conflict's own ground, else those of its provinces", () => {
  const base = ground(["country", "province"]);
  assert.equal(base.paper, palette.land);
  assert.equal(base.outlines.length, 1);
  assert.equal(ground(["province", "province"]).outlines.length, 2);
  assert.ok(base.outlines.every((one) => one.own));
});
