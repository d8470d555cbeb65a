// Owns what is painted at a date: for each id of a view the tile of its pixels, and who holds it.

import { lookOf } from "./looks.js";
import { Tiles } from "./patterns.js";
import { valuesOf } from "./raster.js";
import { AREA, TOWN } from "./shapes.js";

/** @import { Replay } from "../replay/replay.js" */
/** @import { Territories } from "./shapes.js" */

/** How a standing is painted: offsets into the atlas, or NOTHING; `holder` 0 where no front can run. */
/** @typedef {{solid: number, inferred: number, holder: number}} Painted */

/** In `tile`: nothing is painted, the ground shows. */
export const NOTHING = -1;
const BLANK = { solid: NOTHING, inferred: NOTHING, holder: 0 };

/** The tiles of all looks so far, end to end: an offset is its first pixel. */
export class Atlas {
  /** @param {Replay} replay @param {number} ratio */
  constructor(replay, ratio) {
    this.replay = replay;
    this.ratio = ratio;
    this.tiles = new Tiles(replay.actors, ratio);
    this.size = this.tiles.size;
    this.area = this.size * this.size;
    this.pixels = new Uint32Array(this.area * 32);
    this.count = 0;
    /** @type {Map<string, number>} */
    this.offsets = new Map();
    /** By number of the standing. @type {Painted[]} */
    this.painted = [];
    /** @type {Map<string, number>} */
    this.holders = new Map([["", 0]]);
  }

  /** @param {number} number of a standing, in the replay's table */
  of(number) {
    let painted = this.painted[number];
    if (!painted) {
      painted = this.#make(number);
      this.painted[number] = painted;
    }
    return painted;
  }

  /** @param {number} number @returns {Painted} */
  #make(number) {
    const standing = this.replay.table.rows[number];
    const look = lookOf(standing);
    if (!look) return BLANK;
    const holds = standing.holds.join();
    const holder = this.holders.get(holds) ?? this.holders.size;
    this.holders.set(holds, holder);
    const [solid, inferred] = [false, true].map((one) => {
      const key = `${one}${look.key}`;
      const offset = this.offsets.get(key) ?? this.#add(this.tiles.of(look, one));
      this.offsets.set(key, offset);
      return offset;
    });
    return { solid, inferred, holder };
  }

  /** @param {Uint32Array} tile @returns {number} its offset */
  #add(tile) {
    const offset = this.count * this.area;
    if (offset + this.area > this.pixels.length) {
      const larger = new Uint32Array(this.pixels.length * 2);
      larger.set(this.pixels);
      this.pixels = larger;
    }
    this.pixels.set(tile, offset);
    this.count += 1;
    return offset;
  }
}

/** The tables of one view. */
export class Fills {
  /**
   * @param {Replay} replay
   * @param {Territories} territories
   * @param {Uint32Array} cells of `territories`, those of the view
   * @param {Atlas} atlas
   */
  constructor(replay, territories, cells, atlas) {
    this.replay = replay;
    this.territories = territories;
    this.cells = cells;
    this.atlas = atlas;
    this.sourcedOnly = false;
    /** @type {Uint32Array | undefined} */
    this.found = undefined;
    /** Offset in the atlas by id. */
    this.tile = new Int32Array(valuesOf(cells.length)).fill(NOTHING);
    /** By id; two that differ have a front between them, where neither is 0. */
    this.holder = new Uint16Array(this.tile.length);
    // The cells of a place are those from `start[place]` on in `cellsOf`.
    const places = replay.places.length;
    this.start = new Uint32Array(places + 1);
    for (const cell of cells) this.start[territories.place[cell] + 1] += 1;
    for (let at = 0; at < places; at += 1) this.start[at + 1] += this.start[at];
    this.cellsOf = new Uint32Array(cells.length);
    const next = this.start.slice();
    cells.forEach((cell, at) => {
      this.cellsOf[next[territories.place[cell]]++] = at;
    });
  }

  /** Cells of towns with quarters: their own standing can change where what is shown does not. */
  get mixed() {
    const { tier, place } = this.territories;
    const { inside } = this.replay.standings;
    this.found ??= Uint32Array.from(
      [...this.cells.keys()].filter((at) => {
        const cell = this.cells[at];
        return tier[cell] === TOWN && inside[place[cell]].length > 0;
      }),
    );
    return this.found;
  }

  all() {
    for (let at = 0; at < this.cells.length; at += 1) this.set(at);
  }

  /** A cell as it is at the replay's date; whether that is anything new. @param {number} at */
  set(at) {
    const painted = this.#paintedAt(this.cells[at]);
    const { inferred, holder } = painted;
    const solid = this.sourcedOnly && painted.solid === inferred ? NOTHING : painted.solid;
    const shown = this.sourcedOnly ? NOTHING : inferred;
    const id = 1 + 2 * at;
    const { tile } = this;
    if (tile[id] === solid && tile[id + 1] === shown && this.holder[id] === holder) return false;
    tile[id] = solid;
    tile[id + 1] = shown;
    // The line lies between what is inferred: without that there is none.
    this.holder[id] = this.holder[id + 1] = this.sourcedOnly ? 0 : holder;
    return true;
  }

  /** Cells of the view that are inferred from the place of this one. @param {number} at */
  *inferredFrom(at) {
    for (const place of this.replay.inference.inferredFrom(
      this.territories.place[this.cells[at]],
    )) {
      yield* this.cellsOf.subarray(this.start[place], this.start[place + 1]);
    }
  }

  /** Whether all of a cell is inference now: nothing is said of its place. @param {number} at */
  isInferred(at) {
    const id = 1 + 2 * at;
    return this.tile[id] !== NOTHING && this.tile[id] === this.tile[id + 1];
  }

  /** @param {number} cell @returns {Painted} */
  #paintedAt(cell) {
    const { replay, territories } = this;
    const place = territories.place[cell];
    const painted = this.#spoken(place, territories.tier[cell]);
    if (painted !== BLANK) return painted;
    const from = replay.inference.from[place];
    if (from < 0) return BLANK;
    // nothing is said of the place, so all of its cell is inference, near the place too
    const { inferred, holder } = this.#spoken(from, TOWN);
    return { solid: inferred, inferred, holder };
  }

  /**
   * A town's cell reaches far beyond its quarters, so it has the town's own standing; what its quarters make of
   * it is in its dot, and in their own cells. An area speaks where no settlement inside does.
   * @param {number} place @param {number} tier
   */
  #spoken(place, tier) {
    const { replay, atlas } = this;
    const { own, shown } = replay.standings;
    if (tier === AREA && replay.isComposed(place)) return BLANK;
    const ofTown = tier === TOWN ? atlas.of(own[place]) : BLANK;
    return ofTown === BLANK ? atlas.of(shown[place]) : ofTown;
  }
}
