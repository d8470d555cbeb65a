import assert from "node:assert/strict";
import { test } from "node:test";
import {
  daysOfActor,
  daysOfPlace,
  nearestOf,
  spellsOfDoubt,
} from "../../static/js/replay/turns.js";
import { ACTORS, held, placesFile, replayOf, timelineFile } from "./world.mjs";

const changing = (from, to) => ({ state: "changing", holds: [from], to: [to] });
const replay = replayOf(
  placesFile(),
  timelineFile({
    days: 100,
    rows: [
      [0, "city", held("is")],
      [10, "east", held("sdf")],
      [20, "west", { ...held("is"), contests: ["sdf"] }],
      [30, "west", changing("is", "sdf")],
      [33, "west", held("sdf")],
      [40, "village", held("rebels")],
      [40, "airport", held("sdf")],
      [90, "village", changing("rebels", "government")],
    ],
  }),
);
const place = (slug) => replay.placeIndex.get(slug);

test("a place turns with what lies inside it, and with nothing else", () => {
  assert.deepEqual(daysOfPlace(replay, place("city")), [0, 10, 20, 30, 33, 40]);
  assert.deepEqual(daysOfPlace(replay, place("west")), [20, 30, 33]);
  assert.deepEqual(daysOfPlace(replay, place("village")), [40, 90]);
  assert.deepEqual(daysOfPlace(replay, place("land")), [0, 10, 20, 30, 33, 40, 90]);
});

test("an actor turns where its role does: it comes, gains, loses or goes", () => {
  assert.deepEqual(daysOfActor(replay, ACTORS.indexOf("sdf")), [10, 20, 30, 33, 40]);
  assert.deepEqual(daysOfActor(replay, ACTORS.indexOf("is")), [0, 20, 33]);
  assert.deepEqual(daysOfActor(replay, ACTORS.indexOf("government")), [90]);
});

test("the nearest turning point is never the day itself", () => {
  const days = [10, 20, 30];
  assert.equal(nearestOf(days, 20, 1), 30);
  assert.equal(nearestOf(days, 20, -1), 10);
  assert.equal(nearestOf(days, 15, -1), 10);
  assert.equal(nearestOf(days, 30, 1), null);
  assert.equal(nearestOf(days, 10, -1), null);
  assert.equal(nearestOf([], 10, 1), null);
});

test("a spell of doubt lasts until somebody can say, or to the end of the record", () => {
  assert.deepEqual(spellsOfDoubt(replay), [
    [30, 33],
    [90, 100],
  ]);
});
