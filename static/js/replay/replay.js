// Owns the replay of one conflict: the days, the standing of every place at each, and the changes.

import { Changes } from "./changes.js";
import { addMonths, epochDay, isoOfEpochDay } from "./days.js";
import { countUpTo } from "./decode.js";
import { Inference } from "./inference.js";
import { Standings } from "./standings.js";
import { StandingTable } from "./table.js";

/** @import { Gazetteer, Standing, State, Tally, TimelineRows } from "./files.js" */

/**
 * `held`: places it holds alone; `shared`: places it holds with others, or part of.
 * @typedef {{held: number, shared: number, contests: number, besieges: number}} ActorCount
 */

const NO_ROWS = { day: new Int32Array(0), place: new Int32Array(0), standing: new Int32Array(0) };
const NO_TALLY = { day: new Int32Array(0), actor: new Int32Array(0), times: new Int32Array(0) };

export class Replay {
  /**
   * Without rows it knows its last day alone: `showNow` says what that is, until `complete` brings the rest.
   * @param {Gazetteer} gazetteer
   * @param {string} start the first day
   * @param {number} days
   */
  constructor(gazetteer, start, days) {
    this.gazetteer = gazetteer;
    this.actors = gazetteer.actors;
    this.places = gazetteer.places;
    this.start = start;
    this.days = days;
    this.startDay = epochDay(start) ?? 0;
    this.table = new StandingTable(gazetteer.actors.map((actor) => actor.slug));
    /** Whether the whole timeline is here. */
    this.whole = false;
    /** @type {TimelineRows} */
    this.rows = NO_ROWS;
    /** @type {Uint8Array | undefined} */
    this.lack = undefined;
    this.changes = new Changes(NO_TALLY, days);
    this.standings = new Standings(this.places, this.table, this.rows);
    /** From whom the territory of places is inferred of which nothing is said on that day. */
    this.inference = new Inference(this.places);
    /** The day that `standings` is at. */
    this.day = days - 1;
  }

  /** Slug -> position of a place, of those whose names have come. @returns {ReadonlyMap<string, number>} */
  get placeIndex() {
    return this.gazetteer.index;
  }

  /** The last day's own standings, as numbers of `table`. @param {ArrayLike<number>} own */
  showNow(own) {
    return this.#withInferred(this.standings.take(own));
  }

  /**
   * The whole timeline, at first or anew, with as many days as there are now. It stays at the day that it is
   * at. Returns the places that now look different there.
   * @param {{rows: TimelineRows, tally: Tally}} timeline
   * @param {number} [days]
   */
  complete({ rows, tally }, days = this.days) {
    const before = this.standings.shown;
    this.days = days;
    this.whole = true;
    this.rows = rows;
    this.lack = undefined;
    this.changes = new Changes(tally, days);
    this.standings = new Standings(this.places, this.table, rows);
    this.day = this.clamp(this.day);
    this.standings.moveTo(this.day);
    const after = this.standings.shown;
    /** @type {number[]} */
    const changed = [];
    for (let at = 0; at < after.length; at += 1) if (after[at] !== before[at]) changed.push(at);
    return this.#withInferred(changed);
  }

  /**
   * 1 for each place of which nothing is said on some of the days. Until the timeline is here that is not known,
   * and taken to be none.
   */
  get mayLack() {
    this.lack ??= this.#lack();
    return this.lack;
  }

  #lack() {
    const { day, place, standing } = this.rows;
    const { rows } = this.table;
    const found = new Uint8Array(this.places.length).fill(this.whole ? 1 : 0);
    for (let row = 0; row < day.length && day[row] === 0; row += 1) found[place[row]] = 0;
    for (let row = 0; row < day.length; row += 1) {
      if (rows[standing[row]].state === "no_data") found[place[row]] = 1;
    }
    return found;
  }

  /** Whether it can show a day. @param {number} day */
  has(day) {
    return this.whole || this.clamp(day) === this.days - 1;
  }

  /**
   * The day of an ISO date, held to the days there are; null where it is not a date.
   * @param {string} iso
   */
  dayOf(iso) {
    const day = epochDay(iso);
    return day === null ? null : this.clamp(day - this.startDay);
  }

  /** @param {number} day */
  clamp(day) {
    return Math.max(0, Math.min(this.days - 1, Math.round(day)));
  }

  /** @param {number} day */
  isoOf(day) {
    return isoOfEpochDay(this.startDay + day);
  }

  /** @param {number} day @param {number} months */
  monthsFrom(day, months) {
    return this.clamp(addMonths(this.startDay + day, months) - this.startDay);
  }

  /**
   * Go to the close of a day. Returns the places that look different by that: their shown standing has changed, or
   * that from which they are inferred.
   * @param {number} day
   */
  moveTo(day) {
    if (!this.whole) return [];
    this.day = this.clamp(day);
    return this.#withInferred(this.standings.moveTo(this.day));
  }

  /** @param {number[]} changed */
  #withInferred(changed) {
    const others = this.inference.follow(this.standings, changed);
    return others.length ? [...new Set([...changed, ...others])] : changed;
  }

  /**
   * Every place's own and shown standing at the close of a day, as numbers of `table`: views, not copies.
   * @param {number} day
   */
  standingsAt(day) {
    this.moveTo(day);
    const { own, shown } = this.standings;
    return { own, shown };
  }

  /**
   * The places whose own standing changed in the days after `from` up to `to`; each may come more than once.
   * @param {number} from @param {number} to
   */
  changedBetween(from, to) {
    const { day, place } = this.rows;
    return place.subarray(countUpTo(day, from), countUpTo(day, to));
  }

  /** @param {number} place @returns {Standing} as shown at the day it is at */
  standingOf(place) {
    return this.table.rows[this.standings.shown[place]];
  }

  /** @param {number} place whether what is shown is composed of tracked places inside */
  isComposed(place) {
    return this.standings.votes[place].size > 0;
  }

  /**
   * For the legend: towns by holder and by state. A city counts once, by what its quarters make it.
   * @param {number} day
   */
  countsAt(day) {
    this.moveTo(day);
    /** @type {ActorCount[]} */
    const actors = this.actors.map(() => ({ held: 0, shared: 0, contests: 0, besieges: 0 }));
    /** @type {Partial<Record<State, number>>} */
    const states = {};
    let total = 0;
    this.standings.towns.forEach((towns, number) => {
      if (!towns) return;
      total += towns;
      const { state, holds, contests, besieges } = this.table.rows[number];
      states[state] = (states[state] ?? 0) + towns;
      for (const actor of holds) {
        if (holds.length === 1 && state !== "divided") actors[actor].held += towns;
        else actors[actor].shared += towns;
      }
      for (const actor of contests) actors[actor].contests += towns;
      for (const actor of besieges) actors[actor].besieges += towns;
    });
    return { actors, states, total };
  }

  /**
   * How one place was shown over the whole war: [first day, standing], oldest first.
   * @param {number} place
   * @returns {[number, Standing][]}
   */
  seriesOf(place) {
    const rows = this.#rowsIn(this.within(place));
    const standings = new Standings(this.places, this.table, rows);
    /** @type {[number, Standing][]} */
    const series = [];
    for (const day of new Set([0, ...rows.day])) {
      const changed = standings.moveTo(day);
      if (series.length && !changed.includes(place)) continue;
      series.push([day, this.table.rows[standings.shown[place]]]);
    }
    return series;
  }

  /** The rows of some places. @param {Set<number>} places @returns {TimelineRows} */
  #rowsIn(places) {
    const wanted = new Uint8Array(this.places.length);
    for (const place of places) wanted[place] = 1;
    /** @type {number[]} */
    const kept = [];
    const { day, place, standing } = this.rows;
    for (let row = 0; row < place.length; row += 1) if (wanted[place[row]]) kept.push(row);
    return {
      day: Int32Array.from(kept, (row) => day[row]),
      place: Int32Array.from(kept, (row) => place[row]),
      standing: Int32Array.from(kept, (row) => standing[row]),
    };
  }

  /** @param {number} place itself and all that lies inside it @returns {Set<number>} */
  within(place) {
    const found = new Set([place]);
    for (const at of found) for (const child of this.standings.inside[at]) found.add(child);
    return found;
  }

  /** @param {number} place from the country down to the place itself @returns {number[]} */
  pathTo(place) {
    /** @type {number[]} */
    const path = [];
    for (let at = /** @type {number | null} */ (place); at !== null; at = this.places[at].parent) {
      path.unshift(at);
    }
    return path;
  }
}
