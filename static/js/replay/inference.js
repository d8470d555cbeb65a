// Owns from whom territory is inferred where nothing is said of its own place: the nearest settlement of the same
// province, for a quarter of the same town, of which something is said on that day (decision 15). events/replay/
// inference.py, in JavaScript.

import { isSettlement } from "./compose.js";

/** @import { Standings } from "./standings.js" */

/** @typedef {{lat: number | null, lon: number | null}} Pointed */
/** Settlements that share out one outline, from west to east. @typedef {{around: number, members: number[]}} Group */

/** Distances that differ by less are equal, and the first in the list of places is taken. */
const ALIKE = 1e-9;
/** @type {ReadonlySet<number>} */
const NONE = new Set();

export class Inference {
  /** @param {Pointed[]} places */
  constructor(places) {
    this.places = places;
    /** Position of the place from which each is inferred; -1: something is said of it, or of none of its neighbours. */
    this.from = new Int32Array(places.length).fill(-1);
    /** Whether anything is said of each. */
    this.said = new Uint8Array(places.length);
    /** @type {Map<number, Set<number>>} */
    this.followers = new Map();
    /** Made when a settlement first lacks a standing: mostly, none does. @type {Group[] | null} */
    this.groups = null;
    /** Settlements of which nothing is said; -1: not counted yet. */
    this.lacking = -1;
  }

  /** The places that are inferred from this one. @param {number} place */
  inferredFrom(place) {
    return this.followers.get(place) ?? NONE;
  }

  /**
   * The standing of these places has changed. Returns the others whose territory looks different by that.
   * @param {Standings} standings @param {number[]} changed
   */
  follow(standings, changed) {
    const { said } = this;
    const { rows } = standings.table;
    if (this.lacking < 0) this.lacking = standings.kind.filter(isSettlement).length;
    /** @type {Set<number>} */
    const stale = new Set();
    for (const place of changed) {
      const now = rows[standings.shown[place]].state === "no_data" ? 0 : 1;
      if (now === said[place] || !isSettlement(standings.kind[place])) continue;
      said[place] = now;
      this.lacking += now ? -1 : 1;
      if (this.groups) this.#touch(place, stale);
    }
    /** @type {Set<number>} */
    const others = new Set();
    if (!this.groups && this.lacking) {
      this.groups = this.#group(standings);
      this.groups.forEach((_, group) => {
        stale.add(group);
      });
    }
    // of a town from whom it is inferred has to be known before its quarters
    for (const group of stale) this.#infer(group, stale, others);
    for (const place of changed) for (const one of this.inferredFrom(place)) others.add(one);
    return [...others];
  }

  /** @param {number} place @param {Set<number>} stale groups: its own, and that of the quarters inside */
  #touch(place, stale) {
    const own = this.groupOf?.[place] ?? -1;
    if (own >= 0) stale.add(own);
    this.#touchInside(place, stale);
  }

  /** Behind all others, also where it has been looked at already. @param {number} place @param {Set<number>} stale */
  #touchInside(place, stale) {
    const inside = this.quartersOf?.get(place);
    if (inside === undefined) return;
    stale.delete(inside);
    stale.add(inside);
  }

  /** @param {Standings} standings towns by province, then quarters by town @returns {Group[]} */
  #group({ kind, parent }) {
    const { places } = this;
    this.x = new Float64Array(places.length);
    this.y = new Float64Array(places.length);
    this.groupOf = new Int32Array(places.length).fill(-1);
    /** @type {Map<number, number>} */
    this.quartersOf = new Map();
    /** @type {Group[]} */
    const groups = [];
    for (const [members, above] of /** @type {const} */ ([
      ["town", "province"],
      ["neighbourhood", "town"],
    ])) {
      /** @type {Map<number, number>} */
      const found = new Map();
      for (let place = 0; place < kind.length; place += 1) {
        if (kind[place] !== members) continue;
        const { lon, lat } = places[place];
        if (lon === null || lat === null) continue;
        let around = parent[place];
        while (around >= 0 && kind[around] !== above) around = parent[around];
        const group = found.get(around) ?? groups.push({ around, members: [] }) - 1;
        found.set(around, group);
        groups[group].members.push(place);
        this.groupOf[place] = group;
        this.x[place] = (lon * Math.PI) / 180;
        this.y[place] = Math.asinh(Math.tan((lat * Math.PI) / 180));
      }
      if (above === "town") this.quartersOf = found;
    }
    const { x } = this;
    for (const { members } of groups) members.sort((a, b) => x[a] - x[b] || a - b);
    return groups;
  }

  /** @param {number} group @param {Set<number>} stale @param {Set<number>} others */
  #infer(group, stale, others) {
    const { said, from, groups } = this;
    const { around, members } = /** @type {Group[]} */ (groups)[group];
    const speaking = members.filter((place) => said[place]);
    let elsewhere = -1;
    if (!speaking.length && around >= 0 && this.quartersOf?.get(around) === group) {
      elsewhere = said[around] ? around : from[around];
    }
    for (const place of members) {
      const now = said[place] ? -1 : speaking.length ? this.#nearest(place, speaking) : elsewhere;
      if (now === from[place]) continue;
      this.#drop(place);
      from[place] = now;
      if (now >= 0) this.followers.set(now, (this.followers.get(now) ?? new Set()).add(place));
      others.add(place);
      this.#touchInside(place, stale);
    }
  }

  /** @param {number} place is not inferred from that one any more */
  #drop(place) {
    this.followers.get(this.from[place])?.delete(place);
  }

  /**
   * Outwards from where it lies between west and east, until what is left is farther off by that alone.
   * @param {number} place @param {number[]} speaking from west to east
   */
  #nearest(place, speaking) {
    const { x, y } = /** @type {{x: Float64Array, y: Float64Array}} */ (this);
    let [low, high] = [0, speaking.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (x[speaking[middle]] < x[place]) low = middle + 1;
      else high = middle;
    }
    let [best, least] = [-1, Number.POSITIVE_INFINITY];
    /** @param {number} at @returns {boolean} whether there may be a nearer one beyond it */
    const look = (at) => {
      const one = speaking[at];
      if (one === undefined) return false;
      const dx = x[one] - x[place];
      if (dx * dx > least * (1 + ALIKE)) return false;
      const distance = dx * dx + (y[one] - y[place]) ** 2;
      const alike = best >= 0 && Math.abs(distance - least) <= ALIKE * least;
      if (alike ? one < best : distance < least) [best, least] = [one, distance];
      return true;
    };
    let [west, east] = [low - 1, low];
    let [more, further] = [true, true];
    while (more || further) {
      if (more) more = look(west--);
      if (further) further = look(east++);
    }
    return best;
  }
}
