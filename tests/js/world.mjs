// Owns a small conflict for the tests, in the form in which the readers' files are read.

import { Replay } from "../../static/js/replay/replay.js";

export const ACTORS = ["sdf", "is", "government", "rebels"];

/** The places of tests/chronology/test_tree.py: [slug, kind, parent]. */
export const PLACES = [
  ["land", "country", null],
  ["province", "province", "land"],
  ["district", "district", "province"],
  ["city", "town", "district"],
  ["village", "town", "province"],
  ["east", "neighbourhood", "city"],
  ["west", "neighbourhood", "city"],
  ["airport", "site", "city"],
];

const EMPTY = { holds: [], to: [], contests: [], besieges: [], present: [], disputed: false };

/** A standing from slugs: {state, holds: ["is"]} -> as the timeline has it. */
export function standing(own) {
  const found = { ...EMPTY, ...own };
  for (const role of ["holds", "to", "contests", "besieges", "present"]) {
    found[role] = found[role].map((slug) => ACTORS.indexOf(slug)).sort((a, b) => a - b);
  }
  return found;
}

export const held = (...actors) => ({
  state: actors.length === 1 ? "held" : "joint",
  holds: actors,
});

export function placesFile(places = PLACES) {
  const index = new Map(places.map(([slug], at) => [slug, at]));
  return {
    index,
    actors: ACTORS.map((slug) => ({
      slug,
      name: slug,
      short: slug,
      names: {},
      kind: "state",
      colour: "#123456",
      pattern: "solid",
      note: "",
    })),
    places: places.map(([slug, kind, parent]) => ({
      slug,
      name: slug,
      names: {},
      kind,
      parent: parent === null ? null : index.get(parent),
      lat: 36,
      lon: 38,
      population: null,
      approximate: false,
    })),
  };
}

/** A replay of a gazetteer and a timeline as above. */
export function replayOf(gazetteer, { start, days, rows, standings, tally }) {
  const replay = new Replay(gazetteer, start, days);
  const numbers = standings.map((own) => replay.table.ofOwn(own));
  const standing = Int32Array.from(rows.standing, (at) => numbers[at]);
  replay.complete({ rows: { ...rows, standing }, tally });
  replay.moveTo(0);
  return replay;
}

export const deltas = (values) => values.map((value, at) => value - (at ? values[at - 1] : 0));

/** A timeline from rows [day, place slug, standing], and changes [day, actor slug] sorted by day. */
export function timelineFile({ start = "2017-01-01", days, rows, changes = [], places = PLACES }) {
  const index = new Map(places.map(([slug], at) => [slug, at]));
  const sorted = rows
    .map(([day, slug, own]) => [day, index.get(slug), own])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return {
    start,
    days,
    standings: [standing({ state: "no_data" }), ...sorted.map(([, , own]) => standing(own))],
    rows: {
      day: Int32Array.from(sorted, ([day]) => day),
      place: Int32Array.from(sorted, ([, place]) => place),
      standing: Int32Array.from(sorted, (_, at) => at + 1),
    },
    tally: {
      day: Int32Array.from(changes, ([day]) => day),
      actor: Int32Array.from(changes, ([, actor]) => ACTORS.indexOf(actor)),
      times: Int32Array.from(changes, () => 1),
    },
  };
}

/** Pseudo-random numbers in [0, 1), the same at every run. */
export function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
