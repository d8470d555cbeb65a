import assert from "node:assert/strict";
import { test } from "node:test";
import { turningChanges } from "../../static/js/data/turning-changes.js";
import {
  daysOfActor,
  daysOfPlace,
  nearestOf,
  spellsOfDoubt,
  turnsOfPlace,
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

test("a place itself turns where its own standing does, once somebody can say", () => {
  assert.deepEqual(turnsOfPlace(replay, place("city")), [0]);
  assert.deepEqual(turnsOfPlace(replay, place("west")), [20, 33]);
  assert.deepEqual(turnsOfPlace(replay, place("land")), []);
});

test("what made it turn names it, or where nothing does what is next around it", async () => {
  const on = {
    0: [{ id: "around", places: ["province"] }],
    20: [
      { id: "far", places: ["land"] },
      { id: "near", places: ["city", "village"] },
    ],
    33: [
      { id: "itself", places: ["west"] },
      { id: "city", places: ["city"] },
    ],
  };
  const changes = { on: async (/** @type {number} */ day) => on[day] ?? [] };
  /** @param {string} slug */
  const ids = async (slug) =>
    (await turningChanges(replay, changes, place(slug))).map((change) => change.id);
  assert.deepEqual(await ids("west"), ["near", "itself"]);
  assert.deepEqual(await ids("city"), ["around"]);
  assert.deepEqual(await ids("village"), []);
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
