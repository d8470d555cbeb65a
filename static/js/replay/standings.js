// Owns the standings of all places at one day, and moving from day to day: near days by the rows in
// between, far ones from a checkpoint. What is composed anew is what changed, and what it lies in.

import { compose, isSettlement } from "./compose.js";
import { countUpTo } from "./decode.js";

/** @import { Place, Standing } from "./files.js" */
/** @import { StandingTable } from "./table.js" */

/** @typedef {{day: Int32Array, place: Int32Array, standing: Int32Array}} Rows sorted by day */

const CHECKPOINT_ROWS = 4096;
/** @type {ReadonlyMap<number, number>} */
const NO_VOTES = new Map();

export class Standings {
  /**
   * @param {Place[]} places parents before children
   * @param {StandingTable} table
   * @param {Rows} rows
   */
  constructor(places, table, rows) {
    this.places = places;
    this.table = table;
    this.rows = rows;
    /** Standing of each place by its own statements: numbers of the table. */
    this.own = new Uint32Array(places.length);
    /** Standing of each place as shown. */
    this.shown = new Uint32Array(places.length);
    /** @type {ReadonlyMap<number, number>[]} standings that speak inside each place -> how many */
    this.votes = places.map(() => NO_VOTES);
    /** @type {number[][]} */
    this.inside = places.map(() => []);
    places.forEach((place, at) => {
      if (place.parent !== null) this.inside[place.parent].push(at);
    });
    this.dirty = new Uint8Array(places.length);
    this.row = 0;
    this.before = this.#replaced();
  }

  /** What each row replaces, so that time runs backwards as well; and the checkpoints on the way. */
  #replaced() {
    const { place, standing } = this.rows;
    const before = new Int32Array(place.length);
    const own = new Uint32Array(this.places.length);
    /** @type {Uint32Array[]} */
    this.checkpoints = [];
    for (let row = 0; row < place.length; row += 1) {
      if (row % CHECKPOINT_ROWS === 0) this.checkpoints.push(own.slice());
      before[row] = own[place[row]];
      own[place[row]] = standing[row];
    }
    return before;
  }

  /**
   * Go to the close of `day`. Returns the places whose shown standing differs from the last day's.
   * @param {number} day from the conflict's first
   * @returns {number[]}
   */
  moveTo(day) {
    const target = countUpTo(this.rows.day, day);
    /** @type {number[]} */
    const touched = [];
    if (Math.abs(target - this.row) > CHECKPOINT_ROWS) this.#load(target, touched);
    const { place, standing } = this.rows;
    while (this.row < target) {
      this.#set(place[this.row], standing[this.row], touched);
      this.row += 1;
    }
    while (this.row > target) {
      this.row -= 1;
      this.#set(place[this.row], this.before[this.row], touched);
    }
    return this.#recompose(touched);
  }

  /** @param {number} target @param {number[]} touched */
  #load(target, touched) {
    const at = Math.floor(target / CHECKPOINT_ROWS);
    const checkpoint = this.checkpoints?.[at];
    if (!checkpoint) return;
    for (let place = 0; place < checkpoint.length; place += 1) {
      if (this.own[place] !== checkpoint[place]) this.#set(place, checkpoint[place], touched);
    }
    this.row = at * CHECKPOINT_ROWS;
  }

  /** @param {number} place @param {number} standing @param {number[]} touched */
  #set(place, standing, touched) {
    this.own[place] = standing;
    /** @type {number | null} */
    let at = place;
    while (at !== null && !this.dirty[at]) {
      this.dirty[at] = 1;
      touched.push(at);
      at = this.places[at].parent;
    }
  }

  /** @param {number[]} touched */
  #recompose(touched) {
    touched.sort((a, b) => b - a);
    /** @type {number[]} */
    const changed = [];
    const { rows, rank } = this.table;
    for (const at of touched) {
      this.dirty[at] = 0;
      const votes = this.#votesIn(at);
      this.votes[at] = votes;
      /** @type {[Standing, number][]} */
      const inside = [];
      for (const [standing, times] of votes) inside.push([rows[standing], times]);
      const shown = votes.size
        ? this.table.of(compose(this.places[at].kind, rows[this.own[at]], inside, rank))
        : this.own[at];
      if (shown !== this.shown[at]) {
        this.shown[at] = shown;
        changed.push(at);
      }
    }
    return changed;
  }

  /** @param {number} place @returns {ReadonlyMap<number, number>} */
  #votesIn(place) {
    if (!this.inside[place].length) return NO_VOTES;
    /** @type {Map<number, number>} */
    const votes = new Map();
    for (const child of this.inside[place]) {
      const { kind } = this.places[child];
      if (kind === "site") continue;
      if (isSettlement(kind) || !this.votes[child].size) {
        const standing = this.shown[child];
        if (this.table.rows[standing].state !== "no_data") {
          votes.set(standing, (votes.get(standing) ?? 0) + 1);
        }
      } else {
        for (const [standing, times] of this.votes[child]) {
          votes.set(standing, (votes.get(standing) ?? 0) + times);
        }
      }
    }
    return votes.size ? votes : NO_VOTES;
  }
}
