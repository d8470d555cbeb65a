// Owns the rings of the geometry file: arcs, each border once, and which of them each ring walks.
// events/replay/topology.py has the coder; docs/data-formats.md the columns.

import { FormatError } from "./columns.js";

/** @import { Columns } from "./columns.js" */

/** @param {Columns} file @param {number} rings how many */
export function readRings(file, rings) {
  const [start, forward, step, points] = ["start", "forward", "step", "points"].map((name) =>
    file.numbers(name),
  );
  const [sx, sy, dx, dy] = ["sx", "sy", "dx", "dy"].map((name) => file.numbers(name));
  if (start.length !== rings) throw new FormatError("rings are damaged");
  const arcCount = points.length;
  // each new arc has its own first corner, and its last one where that closes the ring
  const corners = dx.length + arcCount * 2;
  const xs = new Int32Array(corners);
  const ys = new Int32Array(corners);
  const arcStart = new Int32Array(arcCount + 1);
  const stepStart = new Int32Array(rings + 1);
  const arcs = new Int32Array(step.length + rings);
  const walk = new Walk(xs, ys, arcStart);
  // no list and no object a step: all of it runs once, before the first map
  let [starts_, forwards, written, steps, lengths, moves, total] = [0, 0, 0, 0, 0, 0, 0];
  let penX = 0;
  let penY = 0;
  for (let ring = 0; ring < rings; ring += 1) {
    const known = start[starts_];
    starts_ += 1;
    const from = total;
    let homeX = penX;
    let homeY = penY;
    let x = homeX;
    let y = homeY;
    if (known) {
      const arc = walk.open(known - 1);
      const back = forward[forwards] ? 0 : 1;
      forwards += 1;
      arcs[total] = (arc << 1) | back;
      total += 1;
      const home = walk.end(arc, back === 1);
      homeX = xs[home];
      homeY = ys[home];
      const end = walk.end(arc, back === 0);
      x = xs[end];
      y = ys[end];
      walk.use(arc, ring);
    } else {
      homeX = x = penX += sx[written];
      homeY = y = penY += sy[written];
      written += 1;
    }
    let at = walk.node(x, y);
    while (total === from || x !== homeX || y !== homeY) {
      if (steps >= step.length || at < 0) throw new FormatError("rings are damaged");
      const choice = step[steps];
      steps += 1;
      if (choice) {
        const arc = walk.candidate(at, choice - 1, ring);
        const back = walk.from[arc] === at ? 0 : 1;
        arcs[total] = (arc << 1) | back;
        total += 1;
        at = back ? walk.from[arc] : walk.to[arc];
        const end = walk.end(arc, back === 0);
        x = xs[end];
        y = ys[end];
        walk.use(arc, ring);
        continue;
      }
      const closes = points[lengths] & 1;
      const inner = points[lengths] >> 1;
      lengths += 1;
      const arc = walk.begin(x, y);
      const moved = closes ? inner : inner + 1;
      for (let n = 0; n < moved; n += 1) {
        x += dx[moves];
        y += dy[moves];
        moves += 1;
        walk.corner(x, y);
      }
      penX = x;
      penY = y;
      if (closes) {
        x = homeX;
        y = homeY;
        walk.corner(x, y);
      }
      at = walk.finish(arc, at, x, y, ring);
      arcs[total] = arc << 1;
      total += 1;
    }
    stepStart[ring + 1] = total;
  }
  return { arcs: arcs.subarray(0, total), xs, ys, arcStart, stepStart };
}

/** Corner -> number, by open addressing: a Map of such keys took most of the time that a file takes to read. */
class Nodes {
  /** @param {number} most corners */
  constructor(most) {
    let size = 16;
    while (size < most * 2) size *= 2;
    this.mask = size - 1;
    this.x = new Int32Array(size);
    this.y = new Int32Array(size);
    this.number = new Int32Array(size).fill(-1);
  }

  /** @param {number} x @param {number} y @param {number} next its number, where it has none yet */
  at(x, y, next) {
    const { mask, number } = this;
    let slot = (Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & mask;
    while (number[slot] >= 0) {
      if (this.x[slot] === x && this.y[slot] === y) return number[slot];
      slot = (slot + 1) & mask;
    }
    this.x[slot] = x;
    this.y[slot] = y;
    number[slot] = next;
    return next;
  }
}

/** The arcs known so far, while the rings are walked. */
class Walk {
  /** @param {Int32Array} xs @param {Int32Array} ys @param {Int32Array} arcStart */
  constructor(xs, ys, arcStart) {
    this.xs = xs;
    this.ys = ys;
    this.arcStart = arcStart;
    const count = arcStart.length - 1;
    this.count = 0;
    this.corners = 0;
    this.uses = new Uint8Array(count);
    /** The ring that walked it last. */
    this.ring = new Int32Array(count).fill(-1);
    /** Nodes at both ends, and for each end the next arc at that node: 2 n and 2 n + 1. */
    this.from = new Int32Array(count);
    this.to = new Int32Array(count);
    this.next = new Int32Array(count * 2);
    this.firstAt = new Int32Array(count * 2 + 2).fill(-1);
    this.nodes = 0;
    this.nodeOf = new Nodes(count * 2 + 2);
    this.older = new Int32Array(count);
    this.younger = new Int32Array(count);
    this.youngest = -1;
  }

  /** @param {number} x @param {number} y */
  node(x, y) {
    const node = this.nodeOf.at(x, y, this.nodes);
    if (node === this.nodes) this.nodes += 1;
    return node;
  }

  /** @param {number} x @param {number} y @returns {number} the arc */
  begin(x, y) {
    const arc = this.count;
    if (arc >= this.uses.length) throw new FormatError("rings are damaged");
    this.count += 1;
    this.arcStart[arc] = this.corners;
    this.corner(x, y);
    return arc;
  }

  /** @param {number} x @param {number} y */
  corner(x, y) {
    this.xs[this.corners] = x;
    this.ys[this.corners] = y;
    this.corners += 1;
  }

  /** @param {number} arc @param {number} from node @param {number} x @param {number} y where it ends @param {number} ring */
  finish(arc, from, x, y, ring) {
    this.arcStart[arc + 1] = this.corners;
    const to = this.node(x, y);
    this.from[arc] = from;
    this.to[arc] = to;
    this.uses[arc] = 1;
    this.ring[arc] = ring;
    if (from === to) return to;
    this.older[arc] = this.youngest;
    this.younger[arc] = -1;
    if (this.youngest >= 0) this.younger[this.youngest] = arc;
    this.youngest = arc;
    this.next[arc * 2] = this.firstAt[from];
    this.firstAt[from] = arc * 2;
    this.next[arc * 2 + 1] = this.firstAt[to];
    this.firstAt[to] = arc * 2 + 1;
    return to;
  }

  /** The open arc than which `rank` are younger. @param {number} rank */
  open(rank) {
    let arc = this.youngest;
    for (let n = 0; n < rank && arc >= 0; n += 1) arc = this.older[arc];
    if (arc < 0) throw new FormatError("rings are damaged");
    return arc;
  }

  /** @param {number} arc @param {number} ring */
  use(arc, ring) {
    this.ring[arc] = ring;
    if (this.uses[arc] === 1) {
      const older = this.older[arc];
      const younger = this.younger[arc];
      if (younger >= 0) this.older[younger] = older;
      else this.youngest = older;
      if (older >= 0) this.younger[older] = younger;
    }
    this.uses[arc] += 1;
  }

  /** @param {number} arc @param {boolean} last @returns the number of the corner at one end */
  end(arc, last) {
    return last ? this.arcStart[arc + 1] - 1 : this.arcStart[arc];
  }

  /**
   * The arc at a node before which `rank` come: those used least, then the youngest; none of this ring.
   * @param {number} node @param {number} rank @param {number} ring
   */
  candidate(node, rank, ring) {
    const { uses } = this;
    const most = uses.length;
    let last = Number.NEGATIVE_INFINITY;
    for (let left = rank; ; left -= 1) {
      let found = -1;
      let least = Number.POSITIVE_INFINITY;
      for (let end = this.firstAt[node]; end >= 0; end = this.next[end]) {
        const arc = end >> 1;
        const key = uses[arc] * most - arc;
        if (this.ring[arc] !== ring && key > last && key < least) {
          found = arc;
          least = key;
        }
      }
      if (found < 0) throw new FormatError("rings are damaged");
      if (!left) return found;
      last = least;
    }
  }
}
