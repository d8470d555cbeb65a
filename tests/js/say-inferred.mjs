// Owns the rule of inference without any cleverness: from whom the territory of each place is inferred of which nothing
// is said, by looking at all. tests/replay/test_inference.py runs it: node say-inferred.mjs < WORLDS.json, each
// {places: [{kind, parent, lon, lat}], said: [bool]}.

import { argv, stdin } from "node:process";
import { json } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

/** @returns {number[]} position of the place from which each is inferred, -1 where it is not */
export function addInferred(places, said) {
  const above = (at, kind) => {
    let up = places[at].parent;
    while (up !== null && places[up].kind !== kind) up = places[up].parent;
    return up;
  };
  const y = (lat) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
  const distance = (a, b) => Math.hypot(((a.lon - b.lon) * Math.PI) / 180, y(a.lat) - y(b.lat));
  const found = places.map(() => -1);
  for (const [kind, around] of [
    ["town", "province"],
    ["neighbourhood", "town"],
  ]) {
    places.forEach((place, at) => {
      if (place.kind !== kind || said[at] || place.lat === null) return;
      const group = above(at, around);
      const others = places
        .map((_, other) => other)
        .filter(
          (other) =>
            said[other] &&
            places[other].kind === kind &&
            places[other].lat !== null &&
            above(other, around) === group,
        );
      if (others.length) {
        // a tie is the first in the list's
        found[at] = others.reduce((best, other) =>
          distance(place, places[other]) < distance(place, places[best]) - 1e-12 ? other : best,
        );
      } else if (kind === "neighbourhood" && group !== null) {
        found[at] = said[group] ? group : found[group];
      }
    });
  }
  return found;
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const worlds = await json(stdin);
  console.log(JSON.stringify(worlds.map(({ places, said }) => addInferred(places, said))));
}
