// The cases of tests/chronology/test_tree.py, one by one.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ACTORS, held, placesFile, replayOf, timelineFile } from "./world.mjs";

/** Standings as shown, by slug, with actors as slugs. */
function shown(own) {
  const rows = Object.entries(own).map(([slug, standing]) => [0, slug, standing]);
  const replay = replayOf(placesFile(), timelineFile({ days: 1, rows }));
  const slugs = (actors) => actors.map((actor) => ACTORS[actor]);
  return Object.fromEntries(
    replay.places.map((place, at) => {
      const { state, holds, to, contests, besieges, present, disputed, counts } =
        replay.standingOf(at);
      const standing = {
        state,
        holds: slugs(holds),
        to: slugs(to),
        contests: slugs(contests),
        besieges: slugs(besieges),
        present: slugs(present),
        disputed,
        counts: counts.map(([actors, times]) => [slugs(actors), times]),
      };
      return [place.slug, standing];
    }),
  );
}

test("places inside that agree give their standing", () => {
  const found = shown({ east: held("is"), west: held("is") });
  for (const slug of ["city", "province", "land"]) {
    assert.deepEqual([found[slug].state, found[slug].holds], ["held", ["is"]]);
  }
});

test("places inside that differ make it divided, with counts", () => {
  const found = shown({ city: held("is"), east: held("sdf"), west: held("is") });
  assert.deepEqual([found.city.state, found.city.holds], ["divided", ["is", "sdf"]]);
  assert.deepEqual(found.city.counts, [
    [["is"], 1],
    [["sdf"], 1],
  ]);
  assert.equal(found.province.state, "divided");
});

test("a town's own statement speaks for the rest of it", () => {
  const found = shown({ city: held("government"), east: held("rebels"), west: held("rebels") });
  assert.deepEqual([found.city.state, found.city.holds], ["divided", ["government", "rebels"]]);
  assert.deepEqual(found.city.counts, [
    [["rebels"], 2],
    [["government"], 1],
  ]);
});

test("an area's own older statement never contradicts what is inside", () => {
  const found = shown({ province: held("is"), city: held("sdf"), village: held("sdf") });
  assert.deepEqual([found.province.state, found.province.holds], ["held", ["sdf"]]);
});

test("a province is composed of its towns, not of their quarters", () => {
  const found = shown({ east: held("is"), west: held("is"), village: held("sdf") });
  assert.deepEqual(found.province.counts, [
    [["is"], 1],
    [["sdf"], 1],
  ]);
});

test("an area's own standing shows where nothing inside is tracked", () => {
  const found = shown({ province: held("is") });
  assert.deepEqual([found.province.holds, found.land.holds], [["is"], ["is"]]);
  assert.equal(found.city.state, "no_data");
});

test("sites have no say", () => {
  const found = shown({ city: held("is"), airport: held("government") });
  assert.deepEqual([found.city.holds, found.airport.holds], [["is"], ["government"]]);
});

test("places without a statement have no say", () => {
  assert.equal(shown({ east: held("is") }).city.state, "held");
});

test("fighting inside is seen from outside", () => {
  const east = { state: "contested", holds: ["is"], contests: ["sdf"] };
  const { city } = shown({ east, west: held("is") });
  assert.deepEqual([city.state, city.contests], ["contested", ["sdf"]]);
});

test("who entered the city holds it in the end", () => {
  const city = {
    state: "contested",
    holds: ["sdf"],
    contests: ["sdf"],
    besieges: ["government"],
  };
  const found = shown({ city, east: held("sdf"), west: held("sdf") }).city;
  assert.deepEqual([found.state, found.contests, found.besieges], ["held", [], ["government"]]);
});

test("changing hands inside is seen from outside", () => {
  const east = { state: "changing", holds: ["is"], to: ["sdf"] };
  const { city } = shown({ east, west: held("is") });
  assert.deepEqual([city.state, city.holds, city.to], ["changing", ["is"], ["sdf"]]);
});

test("nobody known inside is unclear, not empty", () => {
  const unclear = { state: "unclear" };
  assert.equal(shown({ east: unclear, west: unclear }).city.state, "unclear");
  const { city } = shown({ east: unclear, west: held("is") });
  assert.deepEqual(
    [city.state, city.counts],
    [
      "divided",
      [
        [[], 1],
        [["is"], 1],
      ],
    ],
  );
});

test("a dispute inside is seen from outside", () => {
  assert.equal(shown({ east: { ...held("is"), disputed: true } }).province.disputed, true);
});
