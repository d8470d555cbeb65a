import assert from "node:assert/strict";
import { test } from "node:test";
import { ACTORS, held, PLACES, placesFile, random, replayOf, timelineFile } from "./world.mjs";

const DAYS = 900;

/** A larger land: `towns` towns with two quarters each, and `changes` rows. */
function large(towns, changes, seed) {
  const next = random(seed);
  const places = [["land", "country", null]];
  for (let at = 0; at < towns / 10; at += 1) places.push([`p${at}`, "province", "land"]);
  for (let at = 0; at < towns; at += 1) places.push([`t${at}`, "town", `p${Math.floor(at / 10)}`]);
  for (let at = 0; at < towns; at += 1) {
    places.push([`e${at}`, "neighbourhood", `t${at}`], [`w${at}`, "neighbourhood", `t${at}`]);
  }
  const standings = [
    ...ACTORS.map((actor) => held(actor)),
    held("is", "sdf"),
    { state: "unclear" },
    { state: "contested", holds: ["is"], contests: ["sdf"] },
    { state: "changing", holds: ["is"], to: ["rebels"] },
    { state: "no_data" },
  ];
  const pick = (list) => list[Math.floor(next() * list.length)];
  const seen = new Set();
  const rows = [];
  while (rows.length < changes) {
    const row = [Math.floor(next() * DAYS), pick(places)[0], pick(standings)];
    const key = `${row[0]} ${row[1]}`;
    if (!seen.has(key)) rows.push(row);
    seen.add(key);
  }
  return [placesFile(places), timelineFile({ days: DAYS, rows, places })];
}

const picture = (replay) => replay.places.map((_, at) => JSON.stringify(replay.standingOf(at)));

test("stepping equals seeking, at random days and over checkpoints", () => {
  const files = large(60, 12_000, 7);
  const stepped = replayOf(...files);
  const byDay = [];
  for (let day = 0; day < DAYS; day += 1) {
    stepped.moveTo(day);
    byDay.push(picture(stepped));
  }
  const sought = replayOf(...files);
  assert.ok(sought.standings.checkpoints.length > 2);
  const next = random(3);
  for (let round = 0; round < 60; round += 1) {
    const day = Math.floor(next() * DAYS);
    sought.moveTo(day);
    assert.deepEqual(picture(sought), byDay[day], `day ${day}`);
  }
  for (let day = DAYS - 1; day >= 0; day -= 37) {
    stepped.moveTo(day);
    assert.deepEqual(picture(stepped), byDay[day], `back at day ${day}`);
  }
});

/** How each place looks: as it stands, or as that from which it is inferred. */
function looks(replay) {
  const shown = picture(replay);
  return shown.map((one, at) => {
    const from = replay.inference.from[at];
    return JSON.stringify([one, from, from < 0 ? null : shown[from]]);
  });
}

test("moving tells exactly the places that look different", () => {
  const replay = replayOf(...large(20, 3000, 11));
  const next = random(5);
  for (let round = 0; round < 80; round += 1) {
    const before = looks(replay);
    const changed = new Set(replay.moveTo(Math.floor(next() * DAYS)));
    const after = looks(replay);
    after.forEach((now, at) => {
      assert.equal(changed.has(at), now !== before[at], replay.places[at].slug);
    });
  }
});

test("days are held to the days there are", () => {
  const replay = replayOf(
    placesFile(),
    timelineFile({ days: 10, rows: [[3, "city", held("is")]] }),
  );
  assert.deepEqual(
    ["2016-01-01", "2017-01-04", "2030-01-01", "2017-02-30"].map((iso) => replay.dayOf(iso)),
    [0, 3, 9, null],
  );
  assert.equal(replay.isoOf(3), "2017-01-04");
  assert.equal(replay.monthsFrom(3, 1), 9);
});

test("the legend counts towns, a city once, by what its quarters make it", () => {
  const rows = [
    [0, "city", held("is")],
    [0, "village", held("sdf")],
    [2, "east", held("sdf")],
    [4, "village", { state: "contested", holds: ["sdf"], contests: ["is"] }],
  ];
  const replay = replayOf(placesFile(), timelineFile({ days: 10, rows }));
  const count = (day, slug) => replay.countsAt(day).actors[ACTORS.indexOf(slug)];
  assert.deepEqual(count(0, "is"), { held: 1, shared: 0, contests: 0, besieges: 0 });
  assert.deepEqual(count(2, "is"), { held: 0, shared: 1, contests: 0, besieges: 0 });
  assert.deepEqual(count(2, "sdf"), { held: 1, shared: 1, contests: 0, besieges: 0 });
  assert.equal(count(4, "is").contests, 1);
  assert.deepEqual(replay.countsAt(4).states, { divided: 1, contested: 1 });
  assert.equal(replay.countsAt(4).total, 2);
});

test("the series of a place is what it shows, day by day", () => {
  const [places, timeline] = large(10, 800, 23);
  const replay = replayOf(places, timeline);
  for (const slug of ["land", "p0", "t3", "e3"]) {
    const place = replay.placeIndex.get(slug);
    const series = replay.seriesOf(place);
    let at = 0;
    for (let day = 0; day < DAYS; day += 1) {
      while (series[at + 1]?.[0] <= day) at += 1;
      replay.moveTo(day);
      assert.equal(JSON.stringify(series[at][1]), JSON.stringify(replay.standingOf(place)), slug);
    }
  }
});

test("a place knows its way up and what lies within", () => {
  const replay = replayOf(placesFile(), timelineFile({ days: 1, rows: [] }));
  const slugs = (list) => [...list].map((at) => PLACES[at][0]);
  assert.deepEqual(slugs(replay.pathTo(5)), ["land", "province", "district", "city", "east"]);
  assert.deepEqual(slugs(replay.within(3)), ["city", "east", "west", "airport"]);
});
