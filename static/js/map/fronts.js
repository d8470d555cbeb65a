// Owns the borders between cells: traced from the id buffer as smooth lines, and their pixels kept by pair of
// cells, so that a date only says which pairs part different holders.

import { FINE_CELLS } from "./front-style.js";
import { cellOf } from "./raster.js";
import { chains, midpoints, simplify, stroke } from "./trace.js";
import { Gathered } from "./veil.js";

/** @import { Ids } from "./raster.js" */
/** @import { FrontStyle } from "./front-style.js" */
/** @import { Veil } from "./veil.js" */
/** @import { View } from "./view.js" */

/**
 * What a pixel of a front is of, beside its pair: of a stretch where either side is inferred, or of one between two
 * pieces of evidence; and the same once more for the days on which one of both is inferred too.
 */
export const [SOFT, HARD, SOFTENED] = [0, 1, 2];
export const STRETCHES = 3;

/**
 * `a`, `b`: cells of the view, by position; `box`: left, top, right, bottom of each pair's pixels.
 * `casing` and `ink`: their owner is STRETCHES × the pair + which.
 * @typedef {{a: Uint32Array, b: Uint32Array, box: Int32Array, casing: Veil, ink: Veil}} Fronts
 */

/**
 * Null where the cells are too many and too small for lines of their own: there the painters draw an edge
 * between pixels, from the ids (`edges` in paint-block.js).
 * @param {View} view
 * @param {Ids} ids
 * @param {number} cells
 * @param {FrontStyle} style
 * @param {(cell: number) => boolean} mayLack whether there are days on which nothing is said of a cell's place
 * @returns {Generator<void, Fronts | null>}
 */
export function* frontsOf(view, ids, cells, style, mayLack) {
  if (cells > FINE_CELLS) return null;
  const { width, height, ratio } = view;
  const pairs = yield* collect(ids, width, height, cells);
  const found = {
    a: new Uint32Array(pairs.size),
    b: new Uint32Array(pairs.size),
    box: new Int32Array(pairs.size * 4),
  };
  const [casing, ink] = [new Gathered(), new Gathered()];
  const seen = new Uint8Array(ids.length);
  let pair = 0;
  for (const [key, sides] of pairs) {
    found.a[pair] = Math.floor(key / cells);
    found.b[pair] = key % cells;
    const box = [width, height, 0, 0];
    const softened = mayLack(found.a[pair]) || mayLack(found.b[pair]);
    for (const [stretch, side, widths] of /** @type {const} */ ([
      [SOFT, 1, style.soft],
      [HARD, 0, style.hard],
      [SOFTENED, 0, style.soft],
    ])) {
      if (stretch === SOFTENED && !softened) continue;
      const lines = chains(sides[side], width + 1).map((line) => simplify(midpoints(line), ratio));
      const owner = pair * STRETCHES + stretch;
      for (const [layer, { colour, width: across }] of /** @type {const} */ ([
        [casing, widths.casing],
        [ink, widths.ink],
      ])) {
        if (!(colour >>> 24)) continue;
        stroke(lines, (across * ratio) / 2, width, height, seen, (at, cover) => {
          layer.add(at, (colour & 0xffffff) | (Math.round((colour >>> 24) * cover) << 24), owner);
          const x = at % width;
          const y = (at - x) / width;
          if (x < box[0]) box[0] = x;
          if (y < box[1]) box[1] = y;
          if (x >= box[2]) box[2] = x + 1;
          if (y >= box[3]) box[3] = y + 1;
        });
        yield;
      }
    }
    found.box.set(box, pair * 4);
    pair += 1;
  }
  const casingVeil = casing.veil(width, height);
  yield;
  return { ...found, casing: casingVeil, ink: ink.veil(width, height) };
}

/**
 * Unit segments between grid points, [from, to, from, to, …], by pair of cells (a × cells + b, a < b): those
 * with evidence on both sides, and the others.
 * @param {Ids} ids
 * @param {number} width
 * @param {number} height
 * @param {number} cells
 * @returns {Generator<void, Map<number, [hard: number[], soft: number[]]>>}
 */
function* collect(ids, width, height, cells) {
  /** @type {Map<number, [number[], number[]]>} */
  const pairs = new Map();
  const grid = width + 1;
  /** @param {number} one @param {number} other @param {number} from @param {number} to */
  const add = (one, other, from, to) => {
    const a = cellOf(one);
    const b = cellOf(other);
    const key = a < b ? a * cells + b : b * cells + a;
    let sides = pairs.get(key);
    if (!sides) {
      sides = [[], []];
      pairs.set(key, sides);
    }
    // an inferred pixel has an even id
    sides[one & other & 1 ? 0 : 1].push(from, to);
  };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0, at = y * width; x < width; x += 1, at += 1) {
      const id = ids[at];
      if (!id) continue;
      if (x + 1 < width) {
        const right = ids[at + 1];
        if (right && (right - 1) >> 1 !== (id - 1) >> 1)
          add(id, right, y * grid + x + 1, (y + 1) * grid + x + 1);
      }
      if (y + 1 < height) {
        const below = ids[at + width];
        if (below && (below - 1) >> 1 !== (id - 1) >> 1)
          add(id, below, (y + 1) * grid + x, (y + 1) * grid + x + 1);
      }
    }
    if (y % 32 === 31) yield;
  }
  return pairs;
}
