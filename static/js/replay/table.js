// Owns the table of distinct standings: each gets a number, so that equal ones are told by comparing numbers.

import { NOTHING } from "./compose.js";

/** @import { OwnStanding, Standing } from "./files.js" */

export class StandingTable {
  /** @param {string[]} slugs of the actors, by position */
  constructor(slugs) {
    const order = slugs.map((_, at) => at).sort((a, b) => (slugs[a] < slugs[b] ? -1 : 1));
    /** @type {number[]} */
    this.rank = [];
    order.forEach((actor, at) => {
      this.rank[actor] = at;
    });
    /** @type {Standing[]} */
    this.rows = [];
    /** @type {Map<string, number>} */
    this.index = new Map();
    this.of(NOTHING);
  }

  /**
   * The number of a standing; 0 is "no data".
   * @param {Standing} standing
   */
  of(standing) {
    const { state, holds, to, contests, besieges, present, disputed, counts } = standing;
    const key = JSON.stringify([state, holds, to, contests, besieges, present, disputed, counts]);
    let at = this.index.get(key);
    if (at === undefined) {
      at = this.rows.length;
      this.rows.push(standing);
      this.index.set(key, at);
    }
    return at;
  }

  /**
   * The number of a standing as the file has it, whose actors are in no particular order.
   * @param {OwnStanding} own
   */
  ofOwn(own) {
    /** @param {number[]} actors */
    const sorted = (actors) => [...actors].sort((a, b) => this.rank[a] - this.rank[b]);
    return this.of({
      state: own.state,
      holds: sorted(own.holds),
      to: sorted(own.to),
      contests: sorted(own.contests),
      besieges: sorted(own.besieges),
      present: sorted(own.present),
      disputed: own.disputed,
      counts: [],
    });
  }
}
