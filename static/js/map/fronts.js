// Owns the borders between cells, as smooth lines traced from the id buffer; a date strokes those that part
// different holders.

import { INFERRED } from "./raster.js";

/** @typedef {{a: number, b: number, path: Path2D}} Border between cells a and b */

const TOLERANCE = 1.1;

/**
 * @param {Uint16Array} ids
 * @param {number} width
 * @param {number} height
 * @returns {Border[]}
 */
export function bordersOf(ids, width, height) {
  const pairs = collect(ids, width, height);
  /** @type {Border[]} */
  const borders = [];
  for (const [pair, segments] of pairs) {
    const path = new Path2D();
    for (const line of chains(segments, width + 1)) draw(path, simplify(midpoints(line)));
    borders.push({ a: Math.floor(pair / 65536) - 1, b: (pair % 65536) - 1, path });
  }
  return borders;
}

/**
 * Unit segments between grid points, [from, to, from, to, …], by pair of cells.
 * @param {Uint16Array} ids
 * @param {number} width
 * @param {number} height
 */
function collect(ids, width, height) {
  /** @type {Map<number, number[]>} */
  const pairs = new Map();
  const grid = width + 1;
  /** @param {number} a @param {number} b @param {number} from @param {number} to */
  const add = (a, b, from, to) => {
    const pair = a < b ? a * 65536 + b : b * 65536 + a;
    const segments = pairs.get(pair);
    if (segments) segments.push(from, to);
    else pairs.set(pair, [from, to]);
  };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0, at = y * width; x < width; x += 1, at += 1) {
      const id = ids[at] & ~INFERRED;
      if (!id) continue;
      if (x + 1 < width) {
        const right = ids[at + 1] & ~INFERRED;
        if (right && right !== id) add(id, right, y * grid + x + 1, (y + 1) * grid + x + 1);
      }
      if (y + 1 < height) {
        const below = ids[at + width] & ~INFERRED;
        if (below && below !== id) add(id, below, (y + 1) * grid + x, (y + 1) * grid + x + 1);
      }
    }
  }
  return pairs;
}

/**
 * Joins segments end to end into lines of grid points [x, y, …].
 * @param {number[]} segments
 * @param {number} grid points in a row
 */
function chains(segments, grid) {
  /** @type {Map<number, number[]>} */
  const at = new Map();
  for (let end = 0; end < segments.length; end += 1) {
    const known = at.get(segments[end]);
    if (known) known.push(end >> 1);
    else at.set(segments[end], [end >> 1]);
  }
  const used = new Uint8Array(segments.length / 2);
  /** @param {number} point */
  const follow = (point) => {
    const line = [point % grid, Math.floor(point / grid)];
    for (;;) {
      const segment = at.get(point)?.find((s) => !used[s]);
      if (segment === undefined) return line;
      used[segment] = 1;
      const from = segments[segment * 2];
      point = from === point ? segments[segment * 2 + 1] : from;
      line.push(point % grid, Math.floor(point / grid));
    }
  };
  /** @type {number[][]} */
  const lines = [];
  for (const [point, here] of at)
    if (here.length === 1 && !used[here[0]]) lines.push(follow(point));
  for (let s = 0; s < used.length; s += 1) if (!used[s]) lines.push(follow(segments[s * 2]));
  return lines;
}

/**
 * The middles of a staircase's steps lie nearer to the line it came from than its corners do.
 * @param {number[]} line
 */
function midpoints(line) {
  const found = line.slice(0, 2);
  for (let at = 2; at < line.length; at += 2) {
    found.push((line[at - 2] + line[at]) / 2, (line[at - 1] + line[at + 1]) / 2);
  }
  found.push(...line.slice(-2));
  return found;
}

/**
 * Douglas and Peucker: a staircase of pixels becomes the straight line it came from.
 * @param {number[]} line
 */
function simplify(line) {
  const points = line.length / 2;
  const keep = new Uint8Array(points);
  keep[0] = keep[points - 1] = 1;
  const stack = [[0, points - 1]];
  for (let range = stack.pop(); range; range = stack.pop()) {
    const [from, to] = range;
    const [x, y] = [line[from * 2], line[from * 2 + 1]];
    const [dx, dy] = [line[to * 2] - x, line[to * 2 + 1] - y];
    const length = Math.hypot(dx, dy);
    let worst = TOLERANCE;
    let at = -1;
    for (let i = from + 1; i < to; i += 1) {
      const [px, py] = [line[i * 2] - x, line[i * 2 + 1] - y];
      const off = length ? Math.abs(px * dy - py * dx) / length : Math.hypot(px, py);
      if (off > worst) {
        worst = off;
        at = i;
      }
    }
    if (at > 0) {
      keep[at] = 1;
      stack.push([from, at], [at, to]);
    }
  }
  return line.filter((_, at) => keep[at >> 1]);
}

/** @param {Path2D} path @param {number[]} line */
function draw(path, line) {
  path.moveTo(line[0], line[1]);
  for (let at = 2; at < line.length; at += 2) path.lineTo(line[at], line[at + 1]);
}
