// Owns a small conflict for the tests, in the form of the readers' files.

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
    format: 1,
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
    verbs: {},
  };
}

export const deltas = (values) => values.map((value, at) => value - (at ? values[at - 1] : 0));

/** A timeline from rows [day, place slug, standing], and changes [day, id, actor slug, place slugs]. */
export function timelineFile({ start = "2017-01-01", days, rows, changes = [], places = PLACES }) {
  const index = new Map(places.map(([slug], at) => [slug, at]));
  const sorted = rows
    .map(([day, slug, own]) => [day, index.get(slug), own])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return {
    format: 1,
    start,
    days,
    standings: [standing({ state: "no_data" }), ...sorted.map(([, , own]) => standing(own))],
    day: deltas(sorted.map(([day]) => day)),
    place: sorted.map(([, place]) => place),
    standing: sorted.map((_, at) => at + 1),
    change: {
      id: changes.map(([, id]) => id),
      day: deltas(changes.map(([day]) => day)),
      first: changes.map(() => 0),
      actor: changes.map(([, , actor]) => ACTORS.indexOf(actor)),
      verb: changes.map(() => "captured"),
      places: changes.map(([, , , slugs]) => slugs.map((slug) => index.get(slug))),
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
