import assert from "node:assert/strict";
import { test } from "node:test";
import { instantOf, isoOfMicros, microsOf } from "../../static/js/replay/days.js";
import { Difference } from "../../static/js/replay/difference.js";
import { held, placesFile, replayOf, timelineFile } from "./world.mjs";

/** What was known, and its difference to what is known now. */
function difference(then, now) {
  const replay = replayOf(placesFile(), timelineFile({ days: 50, rows: then }));
  const { rows, standings } = timelineFile({ days: 50, rows: now });
  const numbers = standings.map((own) => replay.table.ofOwn(own));
  const standing = Int32Array.from(rows.standing, (at) => numbers[at]);
  const found = new Difference(replay, { ...rows, standing });
  return { found, at: (day) => found.at(day).map((place) => replay.places[place].slug) };
}

test("of places that stand otherwise the innermost are named", () => {
  const first = [0, "land", held("is")];
  const { at, found } = difference(
    [first, [0, "city", held("is")], [0, "east", held("is")], [10, "east", held("sdf")]],
    [first, [0, "city", held("is")], [0, "east", held("is")], [20, "east", held("sdf")]],
  );
  assert.deepEqual(at(9), []);
  assert.deepEqual(at(10), ["east"]);
  assert.deepEqual(found.nowOf(5).holds, [1]);
  assert.deepEqual(at(19), ["east"]);
  assert.deepEqual(at(20), []);
  assert.deepEqual(at(15), ["east"], "and back again");
});

test("a place with a statement of its own that was mended is named beside what lies inside", () => {
  const siege = { ...held("is"), besieges: ["sdf"] };
  const { at } = difference(
    [
      [0, "city", siege],
      [0, "east", held("is")],
    ],
    [
      [0, "city", held("is")],
      [0, "east", held("sdf")],
    ],
  );
  assert.deepEqual(at(0), ["city", "east"]);
});

test("where nothing was mended nothing differs", () => {
  const rows = [
    [0, "land", held("is")],
    [3, "west", held("sdf")],
    [7, "village", held("rebels")],
  ];
  const { at } = difference(rows, rows);
  for (let day = 0; day < 50; day += 1) assert.deepEqual(at(day), []);
});

test("a local time is an instant, on either side of a change of the clocks", () => {
  const day = Date.parse("2017-07-03T00:00:00Z") / 86_400_000;
  assert.equal(
    new Date(instantOf(day, 845, "Asia/Damascus")).toISOString(),
    "2017-07-03T11:05:00.000Z",
  );
  const winter = Date.parse("2017-12-03T00:00:00Z") / 86_400_000;
  assert.equal(
    new Date(instantOf(winter, 845, "Asia/Damascus")).toISOString(),
    "2017-12-03T12:05:00.000Z",
  );
});

test("an instant keeps its microseconds on its way through the address", () => {
  for (const iso of ["2017-07-03T09:00:00.000001Z", "2026-11-27T08:00:00.120034Z"]) {
    assert.equal(isoOfMicros(microsOf(iso, "UTC")), iso);
  }
});
