import assert from "node:assert/strict";
import { test } from "node:test";
import { addMonths, epochDay, isoOfEpochDay } from "../../static/js/replay/days.js";
import { countUpTo, decodeLine, undelta } from "../../static/js/replay/decode.js";
import { deltas } from "./world.mjs";

test("delta-coded columns come back as they were", () => {
  assert.deepEqual([...undelta([3, 0, 2])], [3, 3, 5]);
  const values = [0, 0, 7, 7, 8, 5000];
  assert.deepEqual([...undelta(deltas(values))], values);
  assert.equal(undelta([]).length, 0);
});

test("a line of steps comes back as degrees", () => {
  const line = decodeLine([3_901_234, 3_595_000, -10, 5], 100_000);
  assert.deepEqual([...line], [39.01234, 35.95, 39.01224, 35.95005]);
});

test("countUpTo finds where a day ends", () => {
  const days = [1, 1, 4, 9];
  assert.deepEqual(
    [0, 1, 3, 4, 9, 10].map((day) => countUpTo(days, day)),
    [0, 2, 2, 3, 4, 4],
  );
});

test("days are told from what only looks like one", () => {
  assert.equal(isoOfEpochDay(/** @type {number} */ (epochDay("2016-02-29"))), "2016-02-29");
  for (const text of ["2017-02-30", "2017-02", "", "2017-6-1", "today", "2017-06-30T10:00"]) {
    assert.equal(epochDay(text), null, text);
  }
});

test("a month later is the same day, or the month's last", () => {
  const month = (iso, by) => isoOfEpochDay(addMonths(epochDay(iso), by));
  assert.equal(month("2017-06-30", 1), "2017-07-30");
  assert.equal(month("2017-01-31", 1), "2017-02-28");
  assert.equal(month("2017-01-15", -1), "2016-12-15");
});
