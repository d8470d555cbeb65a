// Owns the timeline as it was known at an earlier instant: today's, less what was said later, with what was
// said then and no longer is.

import { Columns, FormatError } from "./columns.js";
import { readTimeline, standingsOf, TallyMaker } from "./timeline.js";

/** @import { OwnStanding, Tally, TimelineRows } from "./files.js" */

/**
 * @param {Uint8Array[]} timeline files of all periods
 * @param {Uint8Array[]} known files of the same periods, in the same order
 * @param {number} instant microseconds since 1970
 * @param {(own: OwnStanding) => number} number
 * @param {{places: number, actors: number}} size
 * @returns {{rows: TimelineRows, tally: Tally}}
 */
export function readKnown(timeline, known, instant, number, size) {
  const { rows } = readTimeline(timeline, number, size);
  if (known.length !== timeline.length) throw new FormatError("not of the same periods");
  /** @type {[day: number, place: number, standing: number][]} */
  const found = [];
  const tally = new TallyMaker(size.actors);
  let row = 0;
  for (const bytes of known) {
    const file = new Columns(bytes, "known");
    const instants = file.wide("instant");
    for (let at = 1; at < instants.length; at += 1) instants[at] += instants[at - 1];
    for (const at of running(file.numbers("row_since"))) {
      if (instants[at] <= instant) found.push([rows.day[row], rows.place[row], rows.standing[row]]);
      row += 1;
    }
    readPast(file, instants, instant, number, found);
    countChanges(file, instants, instant, tally);
  }
  if (row !== rows.day.length) throw new FormatError("rows of another timeline");
  found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return {
    rows: {
      day: Int32Array.from(found, ([day]) => day),
      place: Int32Array.from(found, ([, place]) => place),
      standing: Int32Array.from(found, ([, , standing]) => standing),
    },
    tally: tally.made(),
  };
}

/** @param {Int32Array} values differences; summed in place */
function running(values) {
  for (let at = 1; at < values.length; at += 1) values[at] += values[at - 1];
  return values;
}

/**
 * @param {Columns} file @param {Float64Array} instants @param {number} instant
 * @param {(own: OwnStanding) => number} number
 * @param {[number, number, number][]} found
 */
function readPast(file, instants, instant, number, found) {
  const numbers = standingsOf(file.head.standings).map(number);
  const days = running(file.numbers("past_gap"));
  const [place, standing, since, until] = ["place", "standing", "since", "until"].map((name) =>
    file.numbers(`past_${name}`),
  );
  days.forEach((day, at) => {
    if (instants[since[at]] <= instant && instant < instants[until[at]]) {
      found.push([file.head.from + day, place[at], numbers[standing[at]]]);
    }
  });
}

/** @param {Columns} file @param {Float64Array} instants @param {number} instant @param {TallyMaker} tally */
function countChanges(file, instants, instant, tally) {
  const days = running(file.numbers("change_gap"));
  const actor = file.numbers("change_actor");
  const since = running(file.numbers("change_since"));
  const until = file.numbers("change_until");
  days.forEach((day, at) => {
    const gone = until[at] > 0 && instants[until[at] - 1] <= instant;
    if (instants[since[at]] <= instant && !gone) tally.add(actor[at] - 1, 1);
    if (days[at + 1] !== day) tally.close(file.head.from + day);
  });
}
