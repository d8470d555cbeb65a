import assert from "node:assert/strict";
import { test } from "node:test";
import { Changes } from "../../static/js/replay/changes.js";
import { epochDay } from "../../static/js/replay/days.js";
import { random, timelineFile } from "./world.mjs";

const rows = [
  [0, "is"],
  [3, "sdf"],
  [3, "is"],
  [40, "sdf"],
];
const changes = new Changes(timelineFile({ days: 60, rows: [], changes: rows }).tally, 60);

test("the changes of a day", () => {
  assert.deepEqual(changes.on(3), [1, 3]);
  assert.deepEqual(changes.on(4), [3, 3]);
});

test("the next and the previous day with a change", () => {
  assert.deepEqual(
    [0, 3, 10, 40].map((day) => changes.nearest(day, 1)),
    [3, 40, 40, null],
  );
  assert.deepEqual(
    [0, 3, 10, 60].map((day) => changes.nearest(day, -1)),
    [null, 0, 3, 40],
  );
});

test("the histogram by month follows the calendar and splits by who gained", () => {
  const bins = changes.histogram("month", epochDay("2017-01-01"), 60);
  assert.deepEqual(
    bins.map(({ from, to, total }) => [from, to, total]),
    [
      [0, 31, 3],
      [31, 59, 1],
      [59, 60, 0],
    ],
  );
  assert.deepEqual([...bins[0].byActor].sort(), [
    [0, 1],
    [1, 2],
  ]);
});

test("every change is in one bin, by week and by month", () => {
  const next = random(1);
  const days = Array.from({ length: 500 }, () => Math.floor(next() * 1000)).sort((a, b) => a - b);
  const many = new Changes(
    timelineFile({
      days: 1000,
      rows: [],
      changes: days.map((day) => [day, "is"]),
    }).tally,
    1000,
  );
  for (const unit of ["week", "month"]) {
    const bins = many.histogram(unit, epochDay("2011-03-15"), 1000);
    assert.equal(bins.at(-1).to, 1000);
    for (const { from, to, total } of bins) {
      assert.equal(total, days.filter((day) => day >= from && day < to).length);
    }
  }
});
