// Owns the gazetteer as the reader has it: columns, and a view of each place over them. Names may come later.

import { Columns } from "./columns.js";

/** @import { Actor } from "./files.js" */

const HAS_POINT = 1;
const APPROXIMATE = 2;

export class Places {
  /** @param {Uint8Array} bytes of the file of places */
  constructor(bytes) {
    const file = new Columns(bytes, "places");
    const { head } = file;
    /** @type {Actor[]} */
    this.actors = head.actors;
    /** @type {string[]} */
    this.kinds = head.kinds;
    /** Steps to a degree. @type {number} */
    this.scale = head.scale;
    this.kind = Uint8Array.from(file.numbers("kind"));
    this.up = file.numbers("up");
    this.flags = Uint8Array.from(file.numbers("flags"));
    this.people = file.numbers("people");
    const count = this.kind.length;
    this.x = new Int32Array(count);
    this.y = new Int32Array(count);
    const dx = file.numbers("x");
    const dy = file.numbers("y");
    let [at, x, y] = [0, 0, 0];
    for (let place = 0; place < count; place += 1) {
      if (!(this.flags[place] & HAS_POINT)) continue;
      x += dx[at];
      y += dy[at];
      at += 1;
      this.x[place] = x;
      this.y[place] = y;
    }
    /** @type {string[]} */
    this.slug = new Array(count).fill("");
    /** @type {string[]} */
    this.name = new Array(count).fill("");
    /** Names in other languages. @type {Map<string, Map<number, string>>} */
    this.others = new Map();
    /** @type {Place[]} */
    this.places = Array.from(this.kind, (_, place) => new Place(this, place));
    /** Whether all have their names. */
    this.named = count === 0;
    /** Slug -> position, of those that have their names. @type {Map<string, number>} */
    this.index = new Map();
  }

  /** @param {Uint8Array} bytes of a file of names: of all, or of some */
  addNames(bytes) {
    const file = new Columns(bytes, "names");
    const steps = file.numbers("at");
    const slugs = file.lines("slug");
    const names = file.lines("name");
    const positions = new Int32Array(steps.length);
    let place = 0;
    for (let n = 0; n < steps.length; n += 1) {
      place += steps[n];
      positions[n] = place;
      this.slug[place] = slugs[n];
      this.name[place] = names[n];
      this.index.set(slugs[n], place);
    }
    for (const language of /** @type {string[]} */ (file.head.languages)) {
      const own = this.others.get(language) ?? new Map();
      const lines = file.lines(`${language}_name`);
      let n = 0;
      file.numbers(`${language}_at`).forEach((step, line) => {
        n += step;
        own.set(positions[n], lines[line]);
      });
      this.others.set(language, own);
    }
    this.named ||= steps.length === this.places.length;
  }
}

/** One place: reads the columns, holds nothing. `name` and `slug` are empty until its names have come. */
export class Place {
  /** @param {Places} all @param {number} at */
  constructor(all, at) {
    this.all = all;
    this.at = at;
  }

  get slug() {
    return this.all.slug[this.at];
  }

  get name() {
    return this.all.name[this.at];
  }

  /** @returns {Record<string, string>} by language; none in English, which is `name` */
  get names() {
    /** @type {Record<string, string>} */
    const found = {};
    for (const [language, names] of this.all.others) {
      const name = names.get(this.at);
      if (name) found[language] = name;
    }
    return found;
  }

  get kind() {
    return this.all.kinds[this.all.kind[this.at]];
  }

  /** @returns {number | null} position of the place that it lies in */
  get parent() {
    const up = this.all.up[this.at];
    return up ? this.at - up : null;
  }

  get lat() {
    return this.#hasPoint ? this.all.y[this.at] / this.all.scale : null;
  }

  get lon() {
    return this.#hasPoint ? this.all.x[this.at] / this.all.scale : null;
  }

  get #hasPoint() {
    return (this.all.flags[this.at] & HAS_POINT) > 0;
  }

  /** @returns {number | null} */
  get population() {
    const people = this.all.people[this.at];
    return people ? people - 1 : null;
  }

  get approximate() {
    return (this.all.flags[this.at] & APPROXIMATE) > 0;
  }
}
