// Owns the changes as columns: those of a day, the days that have any, and the histogram.

import { addMonths } from "./days.js";
import { countUpTo, undelta } from "./decode.js";

/** @import { ChangeColumns } from "./files.js" */

/** @typedef {{from: number, to: number, total: number, byActor: Map<number, number>}} Bin days [from, to) */

export class Changes {
  /** @param {ChangeColumns} columns */
  constructor(columns) {
    this.id = columns.id;
    this.day = undelta(columns.day);
    this.first = columns.first;
    this.actor = columns.actor;
    this.verb = columns.verb;
    this.places = columns.places;
  }

  /**
   * Positions [from, to) of the changes of one day.
   * @param {number} day
   * @returns {[number, number]}
   */
  on(day) {
    return [countUpTo(this.day, day - 1), countUpTo(this.day, day)];
  }

  /**
   * The nearest day with a change after (or before) `day`, or null.
   * @param {number} day
   * @param {1 | -1} direction
   */
  nearest(day, direction) {
    const at = direction === 1 ? countUpTo(this.day, day) : countUpTo(this.day, day - 1) - 1;
    return at >= 0 && at < this.day.length ? this.day[at] : null;
  }

  /**
   * Positions of the changes that name one of `places`, in the order of days.
   * @param {Set<number>} places
   */
  naming(places) {
    return this.id.flatMap((_, at) => (this.places[at].some((p) => places.has(p)) ? [at] : []));
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
    this.day.forEach((day, at) => {
      while (bin < bins.length && day >= bins[bin].to) bin += 1;
      if (bin === bins.length) return;
      const actor = this.actor[at];
      bins[bin].total += 1;
      bins[bin].byActor.set(actor, (bins[bin].byActor.get(actor) ?? 0) + 1);
    });
    return bins;
  }
}

/** @param {number} day since 1970-01-01; returns the first day of the next month, likewise */
function monthAfter(day) {
  const inMonth = new Date(day * 86_400_000).getUTCDate();
  return addMonths(day - inMonth + 1, 1);
}
