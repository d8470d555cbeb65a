// Owns the way from the geometry file to territories: flat arrays in the unit square, whatever the file's form.
// The only module of the renderer, beside base.js, that reads the file.

import { worldLine, worldX, worldY } from "./view.js";

/** @import { GeometryFile } from "../replay/files.js" */
/** @import { Replay } from "../replay/replay.js" */

/** Rings end to end: ring r is [x, y, …] `points[starts[r]]`..`points[starts[r + 1]]`, closed implicitly.
 * @typedef {{points: Float64Array, starts: Uint32Array}} Rings */

const AREA_KINDS = new Set(["province", "district", "subdistrict"]);
export const [AREA, TOWN, QUARTER] = [-1, 0, 1];

export class Territories {
  /** @param {Replay} replay @param {GeometryFile} geometry */
  constructor(replay, geometry) {
    const { town, neighbourhood } = geometry.evidence_radius;
    /** @type {[place: number, tier: number, rings: number[][]][]} */
    const all = [
      ...geometry.areas.flatMap(([place, rings]) =>
        AREA_KINDS.has(replay.places[place].kind)
          ? [/** @type {[number, number, number[][]]} */ ([place, AREA, rings])]
          : [],
      ),
      ...geometry.territories,
    ];
    // Areas lie under towns and those under quarters; places come parents first, so big ones come first.
    all.sort((a, b) => a[1] - b[1]);
    const lines = all.map(([, , rings]) => rings.map((ring) => worldLine(ring, geometry.scale)));
    this.rings = flat(lines.flat());
    this.count = all.length;
    this.place = Int32Array.from(all, ([place]) => place);
    this.tier = Int8Array.from(all, ([, tier]) => tier);
    /** Ring `first[cell]` is the cell's first. */
    this.first = new Uint32Array(this.count + 1);
    lines.forEach((rings, cell) => {
      this.first[cell + 1] = this.first[cell] + rings.length;
    });
    /** Metres round the place within which the fill is evidence; none for areas. */
    this.radius = Float64Array.from(all, ([place, tier]) =>
      tier === AREA || replay.places[place].lon === null ? 0 : tier ? neighbourhood : town,
    );
    this.x = Float64Array.from(all, ([place]) => worldX(replay.places[place].lon ?? 0));
    this.y = Float64Array.from(all, ([place]) => worldY(replay.places[place].lat ?? 0));
    this.box = this.#boxes();
  }

  /** West, north, east and south of each cell. */
  #boxes() {
    const { points, starts } = this.rings;
    const box = new Float64Array(this.count * 4);
    for (let cell = 0; cell < this.count; cell += 1) {
      let [west, north, east, south] = [1, 1, 0, 0];
      const end = starts[this.first[cell + 1]];
      for (let at = starts[this.first[cell]]; at < end; at += 2) {
        west = Math.min(west, points[at]);
        east = Math.max(east, points[at]);
        north = Math.min(north, points[at + 1]);
        south = Math.max(south, points[at + 1]);
      }
      box.set([west, north, east, south], cell * 4);
    }
    return box;
  }

  /** The rings of a cell, each as [x, y, …]. @param {number} cell */
  ringsOf(cell) {
    const { points, starts } = this.rings;
    /** @type {Float64Array[]} */
    const found = [];
    for (let ring = this.first[cell]; ring < this.first[cell + 1]; ring += 1) {
      found.push(points.subarray(starts[ring], starts[ring + 1]));
    }
    return found;
  }
}

/** @param {Float64Array[]} lines @returns {Rings} */
export function flat(lines) {
  const starts = new Uint32Array(lines.length + 1);
  lines.forEach((line, at) => {
    starts[at + 1] = starts[at] + line.length;
  });
  const points = new Float64Array(starts[lines.length]);
  lines.forEach((line, at) => {
    points.set(line, starts[at]);
  });
  return { points, starts };
}
