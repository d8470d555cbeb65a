import assert from "node:assert/strict";
import { test } from "node:test";
import { addInferred } from "./say-inferred.mjs";
import {
  ACTORS,
  held,
  PLACES,
  placesFile,
  random,
  replayOf,
  standing,
  timelineFile,
} from "./world.mjs";

/** A replay of a hundred days in which places lose and regain their standing, at points of a coarse grid. */
function world(seed) {
  const next = random(seed);
  const pick = (from) => from[Math.floor(next() * from.length)];
  const places = [["land", "country", null]];
  for (const province of ["north", "south"]) places.push([province, "province", "land"]);
  for (let at = 0; at < 24; at += 1)
    places.push([`town${at}`, "town", pick(["north", "south", "land"])]);
  for (let at = 0; at < 12; at += 1)
    places.push([`quarter${at}`, "neighbourhood", `town${at % 3}`]);
  const gazetteer = placesFile(places);
  for (const place of gazetteer.places) {
    place.lat = 33 + Math.floor(next() * 6) / 2;
    place.lon = 36 + Math.floor(next() * 6) / 2;
    if (next() < 0.05) place.lat = place.lon = null;
  }
  const rows = Array.from({ length: 400 }, () => [
    Math.floor(next() * 100),
    places[3 + Math.floor(next() * 36)][0],
    next() < 0.45 ? held(pick(ACTORS)) : { state: "no_data" },
  ]);
  const unique = [...new Map(rows.map((row) => [`${row[0]} ${row[1]}`, row])).values()];
  return replayOf(gazetteer, timelineFile({ days: 100, rows: unique, places }));
}

test("whatever the way to a day, its inference is that of the nearest of which something is said", () => {
  let inferred = 0;
  for (const seed of [1, 2, 3, 4]) {
    const replay = world(seed);
    const next = random(seed);
    for (let step = 0; step < 60; step += 1) {
      replay.moveTo(Math.floor(next() * 100));
      const { shown } = replay.standings;
      const said = [...shown].map((number) => replay.table.rows[number].state !== "no_data");
      const expected = addInferred(replay.places, said);
      assert.deepEqual([...replay.inference.from], expected);
      inferred += expected.filter((from) => from >= 0).length;
      replay.inference.followers.forEach((places, from) => {
        for (const place of places) assert.equal(expected[place], from);
      });
    }
  }
  assert.ok(inferred > 1000, `${inferred}`);
});

test("a day tells of all whose territory looks different, and of no evidence that is not there", () => {
  const places = PLACES.filter(([slug]) => slug !== "airport");
  const gazetteer = placesFile([...places, ["hamlet", "town", "district"]]);
  const hamlet = gazetteer.places.length - 1;
  const city = gazetteer.index.get("city");
  gazetteer.places[gazetteer.index.get("village")].lon = 40;
  const rows = [
    [1, "city", held("is")],
    [2, "city", held("sdf")],
    [3, "hamlet", held("rebels")],
  ];
  const replay = replayOf(
    gazetteer,
    timelineFile({ days: 4, rows, places: [...places, ["hamlet", "town", "district"]] }),
  );
  assert.equal(replay.inference.from[hamlet], -1);
  assert.ok(replay.moveTo(1).includes(hamlet));
  assert.equal(replay.inference.from[hamlet], city);
  assert.equal(replay.standingOf(hamlet).state, "no_data");
  assert.equal(replay.countsAt(1).states.held, 1);
  assert.ok(replay.moveTo(2).includes(hamlet), "it is inferred from another standing now");
  replay.moveTo(3);
  assert.equal(replay.inference.from[hamlet], -1);
  assert.deepEqual([...replay.inference.inferredFrom(city)].includes(hamlet), false);
  assert.deepEqual(standing(held("rebels")).holds, replay.standingOf(hamlet).holds);
});

test("a quarter of which nothing is said is as its town is, be that itself inferred", () => {
  const replay = replayOf(
    placesFile(),
    timelineFile({ days: 2, rows: [[1, "village", held("is")]] }),
  );
  const { index } = placesFile();
  replay.moveTo(1);
  const { from } = replay.inference;
  assert.equal(from[index.get("city")], index.get("village"));
  assert.equal(from[index.get("east")], index.get("village"));
});

test("where something is said of every settlement, no neighbours are looked for", () => {
  const rows = PLACES.filter(([, kind]) => ["town", "neighbourhood"].includes(kind)).map(
    ([slug]) => [0, slug, held("is")],
  );
  const replay = replayOf(placesFile(), timelineFile({ days: 2, rows }));
  replay.moveTo(1);
  assert.equal(replay.inference.lacking, 0);
  assert.equal(replay.inference.groups, null);
  const lacking = PLACES.filter((_, at) => replay.mayLack[at]).map(([slug]) => slug);
  assert.deepEqual(lacking, ["land", "province", "district", "airport"]);
});
