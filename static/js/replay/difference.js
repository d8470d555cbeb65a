// Owns the difference between what was known at an earlier instant and what is known now: which places stand
// otherwise on a day.

import { Standings } from "./standings.js";

/** @import { Standing, TimelineRows } from "./files.js" */
/** @import { Replay } from "./replay.js" */

export class Difference {
  /**
   * @param {Replay} replay as known then
   * @param {TimelineRows} rows as known now; standings are numbers of the replay's table
   */
  constructor(replay, rows) {
    this.replay = replay;
    this.now = new Standings(replay.places, replay.table, rows);
  }

  /**
   * The places that are shown otherwise on a day than they would be now. A place that differs by what lies inside
   * it alone is left to that: a correction of one quarter is not one of its city, its province and its country too.
   * @param {number} day @returns {number[]} the replay is left at that day
   */
  at(day) {
    const { shown, own } = this.replay.standingsAt(day);
    this.now.moveTo(day);
    const inside = new Uint8Array(shown.length);
    /** @type {number[]} */
    const found = [];
    // children before parents
    for (let at = shown.length - 1; at >= 0; at -= 1) {
      if (shown[at] === this.now.shown[at] && !inside[at]) continue;
      const parent = this.now.parent[at];
      if (parent >= 0) inside[parent] = 1;
      if (shown[at] === this.now.shown[at]) continue;
      if (!inside[at] || own[at] !== this.now.own[at]) found.push(at);
    }
    return found.reverse();
  }

  /** How a place is shown now on the day asked for last. @param {number} place @returns {Standing} */
  nowOf(place) {
    return this.replay.table.rows[this.now.shown[place]];
  }
}
