// Owns the standings of all places at one day, and moving from day to day: near days by the rows in
// between, far ones from a checkpoint. What is composed anew is what changed, and what it lies in.

import { compose, isSettlement } from "./compose.js";
import { countUpTo } from "./decode.js";

/** @import { Standing, TimelineRows } from "./files.js" */
/** @import { StandingTable } from "./table.js" */

/** @typedef {{kind: string, parent: number | null}} Node */

/** A checkpoint costs as much memory as there are places, and coming from it as many rows as lie between. */
const LEAST_BETWEEN = 4096;
/** @type {ReadonlyMap<number, number>} */
const NO_VOTES = new Map();
/** @type {number[]} */
const NO_PLACES = [];

export class Standings {
  /**
   * @param {Node[]} places parents before children
   * @param {StandingTable} table
   * @param {TimelineRows} rows sorted by day; standings are numbers of `table`
   */
  constructor(places, table, rows) {
    this.table = table;
    this.rows = rows;
    const count = places.length;
    this.kind = places.map((place) => place.kind);
    this.parent = Int32Array.from(places, (place) => place.parent ?? -1);
    this.isTown = Uint8Array.from(this.kind, (kind) => (kind === "town" ? 1 : 0));
    /** Standing of each place by its own statements: numbers of the table. */
    this.own = new Uint32Array(count);
    /** Standing of each place as shown. */
    this.shown = new Uint32Array(count);
    /** @type {ReadonlyMap<number, number>[]} standings that speak inside each place -> how many */
    this.votes = new Array(count).fill(NO_VOTES);
    /** @type {number[][]} */
    this.inside = new Array(count).fill(NO_PLACES);
    this.parent.forEach((parent, at) => {
      if (parent < 0) return;
      if (this.inside[parent].length) this.inside[parent].push(at);
      else this.inside[parent] = [at];
    });
    /** How many towns are shown in each standing. @type {number[]} */
    this.towns = [];
    this.towns[0] = this.isTown.reduce((sum, one) => sum + one, 0);
    this.dirty = new Uint8Array(count);
    this.between = Math.max(LEAST_BETWEEN, count);
    this.row = 0;
    this.before = this.#replaced();
  }

  /** What each row replaces, so that time runs backwards as well; and the checkpoints on the way. */
  #replaced() {
    const { place, standing } = this.rows;
    const before = new Uint32Array(place.length);
    const own = new Uint32Array(this.parent.length);
    /** @type {Uint32Array[]} */
    this.checkpoints = [];
    for (let row = 0; row < place.length; row += 1) {
      if (row % this.between === 0) this.checkpoints.push(own.slice());
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
    if (Math.abs(target - this.row) > this.between) this.#load(target, touched);
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

  /**
   * Take each place's own standing as given, whatever the rows say: the last day's before there are rows,
   * or, after new rows have come, what is shown now.
   * @param {ArrayLike<number>} own
   * @param {number} [row] how many of the rows that contains
   */
  take(own, row = this.row) {
    /** @type {number[]} */
    const touched = [];
    for (let place = 0; place < own.length; place += 1) {
      if (this.own[place] !== own[place]) this.#set(place, own[place], touched);
    }
    this.row = row;
    return this.#recompose(touched);
  }

  /** @param {number} target @param {number[]} touched */
  #load(target, touched) {
    const at = Math.min(Math.floor(target / this.between), (this.checkpoints?.length ?? 0) - 1);
    const checkpoint = this.checkpoints?.[at];
    if (!checkpoint) return;
    for (let place = 0; place < checkpoint.length; place += 1) {
      if (this.own[place] !== checkpoint[place]) this.#set(place, checkpoint[place], touched);
    }
    this.row = at * this.between;
  }

  /** @param {number} place @param {number} standing @param {number[]} touched */
  #set(place, standing, touched) {
    this.own[place] = standing;
    for (let at = place; at >= 0 && !this.dirty[at]; at = this.parent[at]) {
      this.dirty[at] = 1;
      touched.push(at);
    }
  }

  /** @param {number[]} touched */
  #recompose(touched) {
    // children before parents; of very many, it is quicker to look at all
    const all = touched.length > this.dirty.length / 8;
    if (!all) touched.sort((a, b) => b - a);
    /** @type {number[]} */
    const changed = [];
    const { rows, rank } = this.table;
    const count = all ? this.dirty.length : touched.length;
    for (let n = 0; n < count; n += 1) {
      const at = all ? count - 1 - n : touched[n];
      if (!this.dirty[at]) continue;
      this.dirty[at] = 0;
      const votes = this.#votesIn(at);
      this.votes[at] = votes;
      /** @type {[Standing, number][]} */
      const inside = [];
      for (const [standing, times] of votes) inside.push([rows[standing], times]);
      const shown = votes.size
        ? this.table.of(compose(this.kind[at], rows[this.own[at]], inside, rank))
        : this.own[at];
      if (shown !== this.shown[at]) {
        if (this.isTown[at]) {
          this.towns[this.shown[at]] -= 1;
          this.towns[shown] = (this.towns[shown] ?? 0) + 1;
        }
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
      const kind = this.kind[child];
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
