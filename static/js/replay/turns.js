// Owns the turning points of one place or one actor, and the spells of doubt: found in the rows of the timeline.

/** @import { Replay } from "./replay.js" */

/**
 * The days on which a place or anything inside it came to stand otherwise, ascending.
 * @param {Replay} replay @param {number} place
 */
export function daysOfPlace(replay, place) {
  const within = new Uint8Array(replay.places.length);
  for (const one of replay.within(place)) within[one] = 1;
  const { place: places } = replay.rows;
  return daysWhere(replay, (row) => within[places[row]] === 1);
}

/**
 * The days on which a place's own standing turned, ascending; not those on which it only began to, which is said of
 * them by the change of a later day.
 * @param {Replay} replay @param {number} place
 */
export function turnsOfPlace(replay, place) {
  const { place: places, standing } = replay.rows;
  const { rows } = replay.table;
  return daysWhere(
    replay,
    (row) => places[row] === place && rows[standing[row]].state !== "changing",
  );
}

/**
 * The days on which an actor came to have a role anywhere, another one, or none, ascending.
 * @param {Replay} replay @param {number} actor
 */
export function daysOfActor(replay, actor) {
  const roles = replay.table.rows.map((one) =>
    [one.holds, one.to, one.contests, one.besieges, one.present]
      .map((actors) => (actors.includes(actor) ? "1" : "0"))
      .join(""),
  );
  const { standing } = replay.rows;
  const { before } = replay.standings;
  return daysWhere(replay, (row) => roles[standing[row]] !== roles[before[row]]);
}

/** @param {Replay} replay @param {(row: number) => boolean} wanted */
function daysWhere({ rows: { day } }, wanted) {
  /** @type {number[]} */
  const found = [];
  for (let row = 0; row < day.length; row += 1) {
    if (day[row] !== found.at(-1) && wanted(row)) found.push(day[row]);
  }
  return found;
}

/**
 * The nearest of some days after (or before) a day, or null.
 * @param {number[]} days ascending @param {number} day @param {1 | -1} direction
 */
export function nearestOf(days, day, direction) {
  if (direction === 1) return days.find((one) => one > day) ?? null;
  const at = days.findIndex((one) => one >= day);
  return days[(at < 0 ? days.length : at) - 1] ?? null;
}

/**
 * When places were changing hands: [from, to) days, by their beginning. A date no more exact than its source
 * is an interval, and within it nobody can say.
 * @param {Replay} replay
 * @returns {[from: number, to: number][]}
 */
export function spellsOfDoubt({ rows: { day, place, standing }, table, places, days }) {
  const changing = table.rows.map(({ state }) => state === "changing");
  const since = new Int32Array(places.length).fill(-1);
  /** @type {[number, number][]} */
  const found = [];
  for (let row = 0; row < day.length; row += 1) {
    const at = place[row];
    if (changing[standing[row]]) {
      if (since[at] < 0) since[at] = day[row];
    } else if (since[at] >= 0) {
      found.push([since[at], day[row]]);
      since[at] = -1;
    }
  }
  for (const from of since) if (from >= 0) found.push([from, days]);
  return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}
