// Owns the instants at which something was published or taken back, as the files of what was known tell them.

import { Columns } from "./columns.js";

/**
 * `at`: microseconds since 1970; how many changes were published then, and how many that stood were taken back.
 * @typedef {{at: number, published: number, superseded: number}} Publication
 */

/**
 * @param {Uint8Array[]} known files of all periods
 * @returns {Publication[]} the latest first
 */
export function readPublications(known) {
  /** @type {Map<number, Publication>} */
  const found = new Map();
  /** @param {number} at */
  const of = (at) => {
    const one = found.get(at) ?? { at, published: 0, superseded: 0 };
    found.set(at, one);
    return one;
  };
  for (const bytes of known) {
    const file = new Columns(bytes, "known");
    const instants = file.wide("instant");
    for (let at = 1; at < instants.length; at += 1) instants[at] += instants[at - 1];
    let since = 0;
    for (const step of file.numbers("change_since")) {
      since += step;
      of(instants[since]).published += 1;
    }
    for (const until of file.numbers("change_until")) {
      if (until > 0) of(instants[until - 1]).superseded += 1;
    }
  }
  return [...found.values()].sort((a, b) => b.at - a.at);
}
