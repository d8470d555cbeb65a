// Owns the composition of a place's standing from those inside it: events/chronology/tree.py, in JavaScript.

/** @import { OwnStanding, Standing, State } from "./files.js" */

const SETTLEMENTS = new Set(["town", "neighbourhood"]);

/** @param {string} kind */
export const isSettlement = (kind) => SETTLEMENTS.has(kind);

/** @type {Standing} */
export const NOTHING = {
  state: "no_data",
  holds: [],
  to: [],
  contests: [],
  besieges: [],
  present: [],
  disputed: false,
  counts: [],
};

/**
 * @param {number[]} holds
 * @param {number[]} contests
 * @param {boolean} unclear
 * @returns {State}
 */
export function stateOf(holds, contests, unclear) {
  if (contests.length) return "contested";
  if (holds.length) return holds.length === 1 ? "held" : "joint";
  return unclear ? "unclear" : "no_data";
}

/**
 * Compares lists of actors as the Python does: by the text of their slugs, a shorter list first.
 * @param {number[]} rank of each actor, in the order of slugs
 */
export function bySlugs(rank) {
  /** @param {number[]} a @param {number[]} b */
  return (a, b) => {
    for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
      if (a[at] !== b[at]) return rank[a[at]] - rank[b[at]];
    }
    return a.length - b.length;
  };
}

/**
 * The standing of a place from those of the tracked settlements inside it. A town is more than its tracked
 * quarters: its own statement speaks for the rest of it. An area is its settlements, and nothing else.
 * @param {string} kind
 * @param {Standing} own
 * @param {[Standing, number][]} inside distinct standings, and how many places have each
 * @param {number[]} rank of each actor, in the order of slugs
 * @returns {Standing}
 */
export function compose(kind, own, inside, rank) {
  if (!inside.length) return own;
  /** @param {Iterable<number>} actors */
  const inSlugOrder = (actors) => [...new Set(actors)].sort((a, b) => rank[a] - rank[b]);
  const heard = own.state !== "no_data" && (own.holds.length > 0 || !own.contests.length);
  /** @type {[Standing, number][]} */
  const voices = isSettlement(kind) && heard ? [...inside, [own, 1]] : inside;
  const standings = inside.map(([standing]) => standing);
  const speaking = voices.map(([standing]) => standing);
  const divided = count(voices, rank).length > 1 || standings.some((s) => s.state === "divided");
  const holds = inSlugOrder(speaking.flatMap((s) => s.holds));
  const contests = inSlugOrder(
    [own, ...standings].flatMap((s) => s.contests).filter((a) => divided || !holds.includes(a)),
  );
  /** @type {State} */
  let state;
  if (divided) state = "divided";
  else if (speaking.some((s) => s.state === "changing")) state = "changing";
  else if (contests.length) state = "contested";
  else state = stateOf(holds, [], true);
  const counted = standings.some((s) => s.holds.join() === own.holds.join()) ? inside : voices;
  return {
    state,
    holds,
    to: state === "changing" ? inSlugOrder(speaking.flatMap((s) => s.to)) : [],
    contests,
    besieges: own.besieges,
    present: inSlugOrder(own.present.filter((a) => !holds.includes(a))),
    disputed: own.disputed || standings.some((s) => s.disputed),
    counts: count(counted, rank),
  };
}

/**
 * How many are held by whom, most first; one that is itself divided counts for all who hold part of it.
 * @param {[Standing, number][]} inside
 * @param {number[]} rank
 * @returns {[number[], number][]}
 */
export function count(inside, rank) {
  /** @type {Map<string, [number[], number]>} */
  const found = new Map();
  for (const [standing, times] of inside) {
    const key = standing.holds.join();
    const entry = found.get(key);
    if (entry) entry[1] += times;
    else found.set(key, [standing.holds, times]);
  }
  const inOrder = bySlugs(rank);
  return [...found.values()].sort((a, b) => b[1] - a[1] || inOrder(a[0], b[0]));
}
