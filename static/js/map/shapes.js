// Owns the way from the geometry file to territories: flat arrays in the unit square, whatever the file's form.
// The only module of the renderer, beside base.js, that reads the file.

import { ROLE } from "../replay/geometry.js";
import { worldX, worldY } from "./view.js";

/** @import { Geometry } from "../replay/geometry.js" */
/** @import { Replay } from "../replay/replay.js" */

/** Rings end to end: ring r is [x, y, …] `points[starts[r]]`..`points[starts[r + 1]]`, closed implicitly.
 * @typedef {{points: Float64Array, starts: Uint32Array}} Rings */

const AREA_KINDS = new Set(["province", "district", "subdistrict"]);
export const [AREA, TOWN, QUARTER] = [-1, 0, 1];

export class Territories {
  /** @param {Replay} replay @param {Geometry} geometry */
  constructor(replay, geometry) {
    const { town, neighbourhood } = geometry.evidence_radius;
    const { place, tier, shape } = inOrder(replay, geometry);
    this.count = place.length;
    this.place = place;
    this.tier = tier;
    const { points, starts, first, box } = project(geometry, shape);
    /** @type {Rings} */
    this.rings = { points, starts };
    /** Ring `first[cell]` is the cell's first. */
    this.first = first;
    /** Metres round the place within which the fill is evidence; none for areas. */
    this.radius = new Float64Array(this.count);
    this.x = new Float64Array(this.count);
    this.y = new Float64Array(this.count);
    for (let cell = 0; cell < this.count; cell += 1) {
      const { lon, lat } = replay.places[place[cell]];
      if (lon === null || lat === null) continue;
      this.x[cell] = worldX(lon);
      this.y[cell] = worldY(lat);
      if (tier[cell] !== AREA) this.radius[cell] = tier[cell] ? neighbourhood : town;
    }
    /** West, north, east and south of each cell. */
    this.box = box;
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

/**
 * Areas lie under towns and those under quarters; the file has parents first, so big ones come first.
 * @param {Replay} replay @param {Geometry} geometry
 */
function inOrder(replay, { role, of }) {
  /** @type {number[][]} */
  const tiers = [[], [], []];
  role.forEach((roles, shape) => {
    if (roles & ROLE.area && AREA_KINDS.has(replay.places[of[shape]].kind)) tiers[0].push(shape);
    if (roles & ROLE.town) tiers[1].push(shape);
    else if (roles & ROLE.neighbourhood) tiers[2].push(shape);
  });
  const shape = Int32Array.from(tiers.flat());
  return {
    shape,
    place: shape.map((one) => of[one]),
    tier: Int8Array.from(tiers.flatMap((shapes, at) => shapes.map(() => at + AREA))),
  };
}

/**
 * The rings of shapes, walked arc by arc: each corner is projected once.
 * @param {Geometry} geometry @param {Int32Array} shapes
 * @returns {Rings & {first: Uint32Array, box: Float64Array}}
 */
function project({ scale, xs, ys, arcs, arcStart, ringStart, stepStart }, shapes) {
  // not `from`, which asks an iterator for each
  const x = new Float64Array(xs.length);
  const y = new Float64Array(ys.length);
  for (let at = 0; at < xs.length; at += 1) {
    x[at] = worldX(xs[at] / scale);
    y[at] = worldY(ys[at] / scale);
  }
  let [rings, corners] = [0, 0];
  for (const shape of shapes) {
    rings += ringStart[shape + 1] - ringStart[shape];
    const end = stepStart[ringStart[shape + 1]];
    for (let step = stepStart[ringStart[shape]]; step < end; step += 1) {
      const arc = arcs[step] >> 1;
      corners += arcStart[arc + 1] - arcStart[arc] - 1;
    }
  }
  const points = new Float64Array(corners * 2);
  const starts = new Uint32Array(rings + 1);
  const first = new Uint32Array(shapes.length + 1);
  const box = new Float64Array(shapes.length * 4);
  let [to, next] = [0, 0];
  shapes.forEach((shape, cell) => {
    let west = 1;
    let north = 1;
    let east = 0;
    let south = 0;
    for (let ring = ringStart[shape]; ring < ringStart[shape + 1]; ring += 1) {
      for (let step = stepStart[ring]; step < stepStart[ring + 1]; step += 1) {
        const arc = arcs[step] >> 1;
        const back = arcs[step] & 1;
        const count = arcStart[arc + 1] - arcStart[arc] - 1;
        const from = back ? arcStart[arc + 1] - 1 : arcStart[arc];
        // the last corner of an arc is the first of the next
        for (let n = 0; n < count; n += 1) {
          const corner = back ? from - n : from + n;
          const atX = x[corner];
          const atY = y[corner];
          points[to] = atX;
          points[to + 1] = atY;
          to += 2;
          if (atX < west) west = atX;
          if (atX > east) east = atX;
          if (atY < north) north = atY;
          if (atY > south) south = atY;
        }
      }
      next += 1;
      starts[next] = to;
    }
    first[cell + 1] = next;
    const at = cell * 4;
    box[at] = west;
    box[at + 1] = north;
    box[at + 2] = east;
    box[at + 3] = south;
  });
  return { points, starts, first, box };
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
