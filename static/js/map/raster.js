// Owns the id buffer: which territory each pixel of a view belongs to, found once per view. A date is then a
// table from these ids to colours.

import { pixelsOf } from "./view.js";

/** @import { Rings, Territories } from "./shapes.js" */
/** @import { View } from "./view.js" */

/**
 * 0 is nobody's; else 1 + 2 × (position of the cell among those of the view), and 1 more where it is inferred.
 * Sixteen bits while they are enough: half the memory to walk.
 * @typedef {Uint16Array | Uint32Array} Ids
 */

/** @param {number} id not 0 */
export const cellOf = (id) => (id - 1) >> 1;

/** How many values a view with so many cells has, 0 included. @param {number} cells */
export const valuesOf = (cells) => cells * 2 + 1;

let perRow = 8;
let crossings = new Float64Array(0);
let counts = new Uint16Array(0);

/**
 * Even-odd fill at pixel centres, exact and without smoothing.
 * @param {View} view
 * @param {Rings} rings in the unit square
 * @param {number} from first ring
 * @param {number} to after the last ring
 * @param {(y: number, from: number, to: number) => void} emit pixels [from, to) of row y
 */
export function scan(view, rings, from, to, emit) {
  const { width, height } = view;
  if (counts.length < height) counts = new Uint16Array(height);
  let range = cross(view, rings, from, to);
  while (!range) {
    perRow *= 2;
    counts.fill(0);
    range = cross(view, rings, from, to);
  }
  for (let y = range[0]; y <= range[1]; y += 1) {
    const first = y * perRow;
    const end = first + counts[y];
    counts[y] = 0;
    sort(first, end);
    for (let at = first; at + 1 < end; at += 2) {
      const left = Math.max(0, Math.ceil(crossings[at] - 0.5));
      const right = Math.min(width, Math.ceil(crossings[at + 1] - 0.5));
      if (left < right) emit(y, left, right);
    }
  }
}

/**
 * Where each row crosses the edges. Null where a row has more crossings than there is room for.
 * @param {View} view @param {Rings} rings @param {number} from @param {number} to
 * @returns {[first: number, last: number] | null}
 */
function cross({ scale, left, top, height }, { points, starts }, from, to) {
  if (crossings.length < height * perRow) crossings = new Float64Array(height * perRow);
  let [first, last] = [height, -1];
  for (let ring = from; ring < to; ring += 1) {
    const end = starts[ring + 1];
    let x0 = points[end - 2] * scale - left;
    let y0 = points[end - 1] * scale - top;
    for (let at = starts[ring]; at < end; at += 2) {
      const x1 = points[at] * scale - left;
      const y1 = points[at + 1] * scale - top;
      const upper = Math.max(0, Math.ceil(Math.min(y0, y1) - 0.5));
      const lower = Math.min(height, Math.ceil(Math.max(y0, y1) - 0.5)) - 1;
      if (upper <= lower) {
        const slope = (x1 - x0) / (y1 - y0);
        for (let y = upper; y <= lower; y += 1) {
          if (counts[y] === perRow) return null;
          crossings[y * perRow + counts[y]] = x0 + (y + 0.5 - y0) * slope;
          counts[y] += 1;
        }
        if (upper < first) first = upper;
        if (lower > last) last = lower;
      }
      x0 = x1;
      y0 = y1;
    }
  }
  return [first, last];
}

/** By insertion: a row of a cell has two crossings, seldom more. @param {number} from @param {number} to */
function sort(from, to) {
  for (let at = from + 1; at < to; at += 1) {
    const value = crossings[at];
    let hole = at;
    while (hole > from && crossings[hole - 1] > value) {
      crossings[hole] = crossings[hole - 1];
      hole -= 1;
    }
    crossings[hole] = value;
  }
}

/**
 * The ids of a view; later cells lie over earlier ones. Yields now and then, so that it can be spread over frames.
 * @param {View} view
 * @param {Territories} territories
 * @param {ArrayLike<number>} cells of `territories`, those of the view
 * @returns {Generator<void, Ids>}
 */
export function* rasterise(view, territories, cells) {
  const { width, height, scale, left, top } = view;
  const Kind = valuesOf(cells.length) > 0xffff ? Uint32Array : Uint16Array;
  const ids = new Kind(width * height);
  for (let at = 0; at < cells.length; at += 1) {
    const cell = cells[at];
    const solid = 1 + 2 * at;
    const x = territories.x[cell] * scale - left;
    const y = territories.y[cell] * scale - top;
    const reach = pixelsOf(view, territories.radius[cell], territories.y[cell]);
    const { first, rings } = territories;
    scan(view, rings, first[cell], first[cell + 1], (row, from, to) => {
      const start = row * width;
      const rest = reach * reach - (row + 0.5 - y) ** 2;
      const half = rest > 0 ? Math.sqrt(rest) : -1;
      const solidFrom = half < 0 ? to : Math.min(to, Math.max(from, Math.round(x - half)));
      const solidTo = half < 0 ? to : Math.max(solidFrom, Math.min(to, Math.round(x + half)));
      if (solidFrom > from) ids.fill(solid + 1, start + from, start + solidFrom);
      if (solidTo > solidFrom) ids.fill(solid, start + solidFrom, start + solidTo);
      if (to > solidTo) ids.fill(solid + 1, start + solidTo, start + to);
    });
    if (at % 16 === 15) yield;
  }
  return ids;
}
