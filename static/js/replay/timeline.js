// Owns the reading of the standings: the file of now, and those of the timeline, into columns.

import { Columns, FormatError } from "./columns.js";

/** @import { OwnStanding, State, Tally, TimelineRows } from "./files.js" */

/**
 * [state, holds, to, contests, besieges, present, disputed] of a file's head.
 * @param {[State, number[], number[], number[], number[], number[], number][]} rows
 * @returns {OwnStanding[]}
 */
export function standingsOf(rows) {
  return rows.map(([state, holds, to, contests, besieges, present, disputed]) => ({
    state,
    holds,
    to,
    contests,
    besieges,
    present,
    disputed: disputed === 1,
  }));
}

/**
 * Each place's own standing on the last day, as numbers that `number` gives to standings.
 * @param {Uint8Array} bytes
 * @param {(own: OwnStanding) => number} number
 */
export function readNow(bytes, number) {
  const file = new Columns(bytes, "now");
  const numbers = standingsOf(file.head.standings).map(number);
  return translated(file.numbers("standing"), numbers);
}

/** @param {Int32Array} values in place @param {number[]} numbers */
function translated(values, numbers) {
  for (let at = 0; at < values.length; at += 1) {
    if (values[at] >= numbers.length) throw new FormatError("a standing that is not in the table");
    values[at] = numbers[values[at]];
  }
  return values;
}

/**
 * The files of all periods, in the order of time.
 * @param {Uint8Array[]} files
 * @param {(own: OwnStanding) => number} number
 * @param {{places: number, actors: number}} size
 * @returns {{rows: TimelineRows, tally: Tally}}
 */
export function readTimeline(files, number, size) {
  const read = files.map((bytes) => new Columns(bytes, "timeline"));
  const count = read.reduce((sum, file) => sum + file.count("place"), 0);
  const rows = {
    day: new Int32Array(count),
    place: new Int32Array(count),
    standing: new Int32Array(count),
  };
  const tally = new TallyMaker(size.actors);
  let row = 0;
  for (const file of read) row = readPeriod(file, number, rows, row, tally, size.places);
  return { rows, tally: tally.made() };
}

/**
 * @param {Columns} file
 * @param {(own: OwnStanding) => number} number
 * @param {TimelineRows} rows filled from `row` on
 * @param {number} row
 * @param {TallyMaker} tally
 * @param {number} placeCount
 * @returns {number} the row after its last
 */
function readPeriod(file, number, rows, row, tally, placeCount) {
  const own = standingsOf(file.head.standings);
  const numbers = own.map(number);
  const gains = own.map(({ state, holds }) => (state === "held" ? holds[0] : -2));
  const gap = file.numbers("gap");
  const more = file.numbers("more");
  const place = file.numbers("place");
  const standing = file.numbers("standing");
  const rest = new Rest(file);
  let day = file.head.from;
  let at = 0;
  for (let n = 0; n < gap.length; n += 1) {
    day += gap[n];
    rest.until(day, tally);
    let last = -1;
    for (let left = more[n]; left >= 0; left -= 1) {
      last += place[at] + 1;
      if (last >= placeCount || standing[at] >= numbers.length) {
        throw new FormatError("a row of the timeline names what is not there");
      }
      rows.day[row] = day;
      rows.place[row] = last;
      rows.standing[row] = numbers[standing[at]];
      if (gains[standing[at]] >= -1) tally.add(gains[standing[at]], 1);
      at += 1;
      row += 1;
    }
    rest.of(day, tally);
    tally.close(day);
  }
  rest.until(Number.POSITIVE_INFINITY, tally);
  if (at !== place.length) throw new FormatError("rows of the timeline are damaged");
  return row;
}

/** What the rows do not tell of the number of changes: (day, actor, difference). */
class Rest {
  /** @param {Columns} file */
  constructor(file) {
    this.gap = file.numbers("rest_gap");
    this.actor = file.numbers("rest_actor");
    this.times = file.numbers("rest_times");
    this.at = 0;
    this.day = file.head.from + (this.gap[0] ?? 0);
  }

  /** Days before `day`, which have no rows. @param {number} day @param {TallyMaker} tally */
  until(day, tally) {
    while (this.at < this.gap.length && this.day < day) {
      const one = this.day;
      this.of(one, tally);
      tally.close(one);
    }
  }

  /** @param {number} day @param {TallyMaker} tally */
  of(day, tally) {
    while (this.at < this.gap.length && this.day === day) {
      tally.add(this.actor[this.at] - 1, this.times[this.at]);
      this.at += 1;
      this.day += this.gap[this.at] ?? 0;
    }
  }
}

/** Counts changes day by day by the actor who gained; -1 is nobody. */
export class TallyMaker {
  /** @param {number} actors */
  constructor(actors) {
    this.now = new Int32Array(actors + 1);
    /** @type {number[]} */
    this.day = [];
    /** @type {number[]} */
    this.actor = [];
    /** @type {number[]} */
    this.times = [];
  }

  /** @param {number} actor @param {number} times */
  add(actor, times) {
    this.now[actor + 1] += times;
  }

  /** @param {number} day */
  close(day) {
    for (let at = 0; at < this.now.length; at += 1) {
      if (!this.now[at]) continue;
      this.day.push(day);
      this.actor.push(at - 1);
      this.times.push(this.now[at]);
      this.now[at] = 0;
    }
  }

  made() {
    return {
      day: Int32Array.from(this.day),
      actor: Int32Array.from(this.actor),
      times: Int32Array.from(this.times),
    };
  }
}
