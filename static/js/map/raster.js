// Owns the id buffer: which territory each pixel of a view belongs to, found once per view, and the runs of
// pixels of each territory, so that a date is painted by walking the runs of what has changed.

/** @import { View } from "./view.js" */

/**
 * `inferredBeyond`: device pixels round (x, y) within which the fill is evidence.
 * @typedef {{rings: Float64Array[], x: number, y: number, inferredBeyond: number}} Cell
 */

export const INFERRED = 0x8000;
export const MOST_CELLS = INFERRED - 1;

/**
 * Even-odd fill at pixel centres, exact and without smoothing.
 * @param {View} view
 * @param {Float64Array[]} rings in the unit square
 * @param {(y: number, from: number, to: number) => void} emit pixels [from, to) of row y
 */
export function scan(view, rings, emit) {
  const { scale, left, top, width, height } = view;
  /** @type {number[][]} */
  const crossings = [];
  let first = height;
  let last = -1;
  for (const ring of rings) {
    let x0 = ring[ring.length - 2] * scale - left;
    let y0 = ring[ring.length - 1] * scale - top;
    for (let at = 0; at + 1 < ring.length; at += 2) {
      const x1 = ring[at] * scale - left;
      const y1 = ring[at + 1] * scale - top;
      const from = Math.max(0, Math.ceil(Math.min(y0, y1) - 0.5));
      const to = Math.min(height - 1, Math.ceil(Math.max(y0, y1) - 0.5) - 1);
      if (from <= to) {
        const slope = (x1 - x0) / (y1 - y0);
        for (let y = from; y <= to; y += 1) {
          const x = x0 + (y + 0.5 - y0) * slope;
          if (crossings[y]) crossings[y].push(x);
          else crossings[y] = [x];
        }
        if (from < first) first = from;
        if (to > last) last = to;
      }
      x0 = x1;
      y0 = y1;
    }
  }
  for (let y = first; y <= last; y += 1) {
    const row = crossings[y];
    if (!row) continue;
    if (row.length > 2) row.sort((a, b) => a - b);
    else if (row[0] > row[1]) row.reverse();
    for (let at = 0; at + 1 < row.length; at += 2) {
      const from = Math.max(0, Math.ceil(row[at] - 0.5));
      const to = Math.min(width, Math.ceil(row[at + 1] - 0.5));
      if (from < to) emit(y, from, to);
    }
  }
}

/**
 * Cells in the order of painting; cell n has the id n + 1, and 0 is none.
 * @param {View} view
 * @param {Cell[]} cells
 */
export function rasterise(view, cells) {
  const { width, height, scale, left, top } = view;
  const ids = new Uint16Array(width * height);
  cells.slice(0, MOST_CELLS).forEach((cell, at) => {
    const id = at + 1;
    const x = cell.x * scale - left;
    const y = cell.y * scale - top;
    const square = cell.inferredBeyond * cell.inferredBeyond;
    scan(view, cell.rings, (row, from, to) => {
      const start = row * width;
      const rest = square - (row + 0.5 - y) ** 2;
      const reach = rest > 0 ? Math.sqrt(rest) : -1;
      const solidFrom = reach < 0 ? to : Math.min(to, Math.max(from, Math.round(x - reach)));
      const solidTo = reach < 0 ? to : Math.max(solidFrom, Math.min(to, Math.round(x + reach)));
      ids.fill(id | INFERRED, start + from, start + solidFrom);
      ids.fill(id, start + solidFrom, start + solidTo);
      ids.fill(id | INFERRED, start + solidTo, start + to);
    });
  });
  return ids;
}

/**
 * Runs grouped by value: `start[v]`..`start[v + 1]` are those of cell v >> 1, inferred where v is odd.
 * @typedef {{start: Uint32Array, from: Uint32Array, length: Uint16Array}} Runs `from`: offset of a pixel
 */

/**
 * @param {Uint16Array} ids
 * @param {number} width
 * @param {number} cells
 * @returns {Runs}
 */
export function runsOf(ids, width, cells) {
  const start = new Uint32Array(cells * 2 + 1);
  walk(ids, width, (group) => {
    start[group + 1] += 1;
  });
  for (let group = 1; group < start.length; group += 1) start[group] += start[group - 1];
  const next = start.slice();
  const from = new Uint32Array(start[start.length - 1]);
  const length = new Uint16Array(from.length);
  walk(ids, width, (group, offset, count) => {
    from[next[group]] = offset;
    length[next[group]] = count;
    next[group] += 1;
  });
  return { start, from, length };
}

/**
 * @param {Uint16Array} ids
 * @param {number} width
 * @param {(group: number, offset: number, count: number) => void} visit
 */
function walk(ids, width, visit) {
  for (let row = 0; row < ids.length; row += width) {
    const end = row + width;
    let from = row;
    while (from < end) {
      const value = ids[from];
      let to = from + 1;
      while (to < end && ids[to] === value) to += 1;
      if (value) visit(((value & ~INFERRED) - 1) * 2 + (value & INFERRED ? 1 : 0), from, to - from);
      from = to;
    }
  }
}
