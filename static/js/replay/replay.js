// Owns the replay of one conflict: the days, the standing of every place at each, and the changes.

import { Changes } from "./changes.js";
import { addMonths, epochDay, isoOfEpochDay } from "./days.js";
import { undelta } from "./decode.js";
import { Standings } from "./standings.js";
import { StandingTable } from "./table.js";

/** @import { Place, PlacesFile, Standing, State, TimelineFile } from "./files.js" */

/**
 * `held`: places it holds alone; `shared`: places it holds with others, or part of.
 * @typedef {{held: number, shared: number, contests: number, besieges: number}} ActorCount
 */

export class Replay {
  /** @param {PlacesFile} places @param {TimelineFile} timeline */
  constructor(places, timeline) {
    this.actors = places.actors;
    this.places = places.places;
    this.verbs = places.verbs;
    this.start = timeline.start;
    this.days = timeline.days;
    this.startDay = epochDay(timeline.start) ?? 0;
    this.table = new StandingTable(places.actors.map((actor) => actor.slug));
    const numbers = timeline.standings.map((own) => this.table.ofOwn(own));
    this.rows = {
      day: undelta(timeline.day),
      place: Int32Array.from(timeline.place),
      standing: Int32Array.from(timeline.standing, (at) => numbers[at]),
    };
    this.changes = new Changes(timeline.change);
    /** @type {Map<string, number>} */
    this.placeIndex = new Map(this.places.map((place, at) => [place.slug, at]));
    this.standings = new Standings(this.places, this.table, this.rows);
    /** The day that `standings` is at. */
    this.day = 0;
    this.standings.moveTo(0);
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
   * Go to the close of a day. Returns the places whose shown standing has changed by that.
   * @param {number} day
   */
  moveTo(day) {
    this.day = this.clamp(day);
    return this.standings.moveTo(this.day);
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
    this.places.forEach((place, at) => {
      if (place.kind !== "town") return;
      total += 1;
      const { state, holds, contests, besieges } = this.standingOf(at);
      states[state] = (states[state] ?? 0) + 1;
      for (const actor of holds) {
        if (holds.length === 1 && state !== "divided") actors[actor].held += 1;
        else actors[actor].shared += 1;
      }
      for (const actor of contests) actors[actor].contests += 1;
      for (const actor of besieges) actors[actor].besieges += 1;
    });
    return { actors, states, total };
  }

  /**
   * How one place was shown over the whole war: [first day, standing], oldest first.
   * @param {number} place
   * @returns {[number, Standing][]}
   */
  seriesOf(place) {
    const within = this.within(place);
    const kept = [...this.rows.place.keys()].filter((row) => within.has(this.rows.place[row]));
    const rows = {
      day: Int32Array.from(kept, (row) => this.rows.day[row]),
      place: Int32Array.from(kept, (row) => this.rows.place[row]),
      standing: Int32Array.from(kept, (row) => this.rows.standing[row]),
    };
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
