// Owns the shapes: what the geometry file says of each, and the lines and rings of all (rings.js).
// events/replay/topology.py has the coder; docs/data-formats.md the columns.

import { Columns } from "./columns.js";
import { readRings } from "./rings.js";

/** What a shape is for; one may be both an outline and a territory. */
export const ROLE = { area: 1, town: 2, neighbourhood: 4, land: 8, water: 16 };

/**
 * @typedef {{kind: string, name: string, names: Record<string, string>, own: boolean, schematic: boolean}} Feature
 */

export class Geometry {
  /** @param {Uint8Array} bytes of the file */
  constructor(bytes) {
    const file = new Columns(bytes, "geometry");
    const { head } = file;
    /** Steps to a degree. @type {number} */
    this.scale = head.scale;
    /** @type {{town: number, neighbourhood: number}} metres */
    this.evidence_radius = head.evidence_radius;
    /** @type {string} */
    this.attribution = head.attribution;
    /** The base map's. @type {Feature[]} */
    this.features = head.features;
    /** Of each shape: what for (ROLE), and the place or feature that it is of. */
    this.role = file.numbers("role");
    this.of = running(file.numbers("of"));
    /** Shape n has the rings ringStart[n] to ringStart[n + 1]. */
    this.ringStart = starts(file.numbers("rings"));
    const { arcs, xs, ys, arcStart, stepStart } = readRings(
      file,
      this.ringStart[this.ringStart.length - 1],
    );
    /** Of each step of each ring the arc, shifted by one bit, and whether it is walked backwards. */
    this.arcs = arcs;
    /** Ring n has the steps stepStart[n] to stepStart[n + 1]. */
    this.stepStart = stepStart;
    /** Arc n has the corners arcStart[n] to arcStart[n + 1] of `xs` and `ys`, both its ends among them. */
    this.arcStart = arcStart;
    this.xs = xs;
    this.ys = ys;
    /** Lines in steps, [x0, y0, dx, dy, …], and the feature of each. */
    this.lineOf = file.numbers("line_of");
    this.lines = readLines(file);
  }

  /** Rings in steps, [x0, y0, dx, dy, …], closed implicitly; even-odd. @param {number} shape */
  ringsOf(shape) {
    /** @type {Int32Array[]} */
    const rings = [];
    for (let ring = this.ringStart[shape]; ring < this.ringStart[shape + 1]; ring += 1) {
      rings.push(this.ring(ring));
    }
    return rings;
  }

  /** @param {number} ring its corners, [x0, y0, dx, dy, …] in steps */
  ring(ring) {
    const { arcs, xs, ys, arcStart } = this;
    let size = 0;
    for (let at = this.stepStart[ring]; at < this.stepStart[ring + 1]; at += 1) {
      const arc = arcs[at] >> 1;
      size += arcStart[arc + 1] - arcStart[arc] - 1;
    }
    const coded = new Int32Array(size * 2);
    let [x, y, to] = [0, 0, 0];
    for (let at = this.stepStart[ring]; at < this.stepStart[ring + 1]; at += 1) {
      const arc = arcs[at] >> 1;
      const back = arcs[at] & 1;
      const first = back ? arcStart[arc + 1] - 1 : arcStart[arc];
      const count = arcStart[arc + 1] - arcStart[arc] - 1;
      // the last corner of an arc is the first of the next
      for (let n = 0; n < count; n += 1) {
        const from = back ? first - n : first + n;
        coded[to] = xs[from] - x;
        coded[to + 1] = ys[from] - y;
        x = xs[from];
        y = ys[from];
        to += 2;
      }
    }
    return coded;
  }

  /**
   * Outlines of some places, parents first.
   * @param {(place: number) => boolean} wanted
   * @returns {import("./files.js").CodedArea[]}
   */
  areasOf(wanted) {
    const shapes = this.shapes(ROLE.area).filter((shape) => wanted(this.of[shape]));
    return shapes.map((shape) => [this.of[shape], this.ringsOf(shape)]);
  }

  /** What is filled: tier 0 towns, 1 neighbourhoods. @returns {import("./files.js").CodedTerritory[]} */
  get territories() {
    return this.shapes(ROLE.town | ROLE.neighbourhood).map((shape) => [
      this.of[shape],
      this.role[shape] & ROLE.town ? 0 : 1,
      this.ringsOf(shape),
    ]);
  }

  /** Land, water and rivers: what is not land is sea. @returns {import("./files.js").BaseMap} */
  get base() {
    /** @param {number} role */
    const filled = (role) =>
      this.shapes(role).map((shape) => ({
        ...this.features[this.of[shape]],
        rings: this.ringsOf(shape),
      }));
    /** @type {Map<number, Int32Array[]>} */
    const rivers = new Map();
    this.lines.forEach((line, at) => {
      const found = rivers.get(this.lineOf[at]);
      if (found) found.push(line);
      else rivers.set(this.lineOf[at], [line]);
    });
    return {
      land: filled(ROLE.land),
      water: filled(ROLE.water),
      rivers: [...rivers].map(([at, lines]) => ({ ...this.features[at], lines })),
    };
  }

  /** The shapes with any of these roles. @param {number} roles */
  shapes(roles) {
    /** @type {number[]} */
    const found = [];
    this.role.forEach((role, shape) => {
      if (role & roles) found.push(shape);
    });
    return found;
  }
}

/** [2, 0, 3] -> [0, 2, 2, 5]. @param {Int32Array} counts */
function starts(counts) {
  const sums = new Int32Array(counts.length + 1);
  for (let at = 0; at < counts.length; at += 1) sums[at + 1] = sums[at] + counts[at];
  return sums;
}

/** @param {Int32Array} values differences; summed in place */
function running(values) {
  for (let at = 1; at < values.length; at += 1) values[at] += values[at - 1];
  return values;
}

/** @param {Columns} file */
function readLines(file) {
  const dx = file.numbers("line_dx");
  const dy = file.numbers("line_dy");
  let [at, x, y] = [0, 0, 0];
  return Array.from(file.numbers("line_points"), (count) => {
    const line = new Int32Array(count * 2);
    for (let n = 0; n < count; n += 1) {
      x += dx[at];
      y += dy[at];
      line[n * 2] = n ? dx[at] : x;
      line[n * 2 + 1] = n ? dy[at] : y;
      at += 1;
    }
    return line;
  });
}
