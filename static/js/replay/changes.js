// Owns how many changes each day has, and whose gains they are: what the time bar and the list's head need.

import { addMonths } from "./days.js";

/** @import { Tally } from "./files.js" */

/** @typedef {{from: number, to: number, total: number, byActor: Map<number, number>}} Bin days [from, to) */

export class Changes {
  /** @param {Tally} tally sorted by day @param {number} days */
  constructor(tally, days) {
    this.tally = tally;
    /** How many changes there are before each day. */
    this.before = new Int32Array(days + 1);
    tally.day.forEach((day, at) => {
      if (day < days) this.before[day + 1] += tally.times[at];
    });
    for (let day = 0; day < days; day += 1) this.before[day + 1] += this.before[day];
  }

  /**
   * Positions [from, to) of the changes of one day.
   * @param {number} day
   * @returns {[number, number]}
   */
  on(day) {
    return [this.before[day] ?? 0, this.before[day + 1] ?? 0];
  }

  /**
   * The nearest day with a change after (or before) `day`, or null.
   * @param {number} day
   * @param {1 | -1} direction
   */
  nearest(day, direction) {
    const days = this.before.length - 1;
    let at = direction === 1 ? Math.max(0, day + 1) : Math.min(days - 1, day - 1);
    while (at >= 0 && at < days && this.before[at] === this.before[at + 1]) at += direction;
    return at >= 0 && at < days ? at : null;
  }

  /**
   * Changes counted by week or by month, each bin split by who gained.
   * @param {"week" | "month"} unit
   * @param {number} start the first day, since 1970-01-01
   * @param {number} days
   * @returns {Bin[]}
   */
  histogram(unit, start, days) {
    /** @type {Bin[]} */
    const bins = [];
    for (let from = 0; from < days; ) {
      const to = unit === "week" ? from + 7 : monthAfter(start + from) - start;
      bins.push({ from, to: Math.min(to, days), total: 0, byActor: new Map() });
      from = to;
    }
    let bin = 0;
    const { day, actor, times } = this.tally;
    for (let at = 0; at < day.length; at += 1) {
      while (bin < bins.length && day[at] >= bins[bin].to) bin += 1;
      if (bin === bins.length) break;
      bins[bin].total += times[at];
      bins[bin].byActor.set(actor[at], (bins[bin].byActor.get(actor[at]) ?? 0) + times[at]);
    }
    return bins;
  }
}

/** @param {number} day since 1970-01-01; returns the first day of the next month, likewise */
function monthAfter(day) {
  const inMonth = new Date(day * 86_400_000).getUTCDate();
  return addMonths(day - inMonth + 1, 1);
}
