// Owns the picture: one block of the canvas composed from what a view was built of and what holds at a date.
// No canvas and no DOM: the same under node. painter-gl.js draws the same picture on a GPU.

import { blend } from "./blend.js";
import { BLOCK, columnsOf } from "./veil.js";

/** @import { Fills } from "./fills.js" */
/** @import { Scene } from "./scene.js" */
/** @import { Veil } from "./veil.js" */

/**
 * From the ground up: fill, rivers and outlines, fronts, the chosen outline, dots, names.
 * @param {Uint32Array} out as large as the view
 * @param {Scene} scene
 * @param {Fills} fills
 * @param {number} column of blocks
 * @param {number} row of blocks
 */
export function paintBlock(out, scene, fills, column, row) {
  const { width, height } = scene.view;
  const left = column * BLOCK;
  const top = row * BLOCK;
  const right = Math.min(width, left + BLOCK);
  const bottom = Math.min(height, top + BLOCK);
  fill(out, scene, fills, left, top, right, bottom);
  lay(out, scene.over, width, column, top, bottom);
  if (scene.fronts) {
    lay(out, scene.fronts.casing, width, column, top, bottom, scene.active);
    lay(out, scene.fronts.ink, width, column, top, bottom, scene.active);
  } else if (!scene.bare) edges(out, scene, fills, left, top, right, bottom);
  if (scene.chosen) lay(out, scene.chosen, width, column, top, bottom);
  const columns = columnsOf(width);
  for (const dot of scene.dotsIn[row * columns + column]) {
    stamp(out, scene, dot, left, top, right, bottom);
  }
  lay(out, scene.names, width, column, top, bottom);
}

/**
 * @param {Uint32Array} out @param {Scene} scene @param {Fills} fills
 * @param {number} left @param {number} top @param {number} right @param {number} bottom
 */
function fill(out, { view, ids, ground }, { tile, atlas }, left, top, right, bottom) {
  const { width } = view;
  const { size, pixels } = atlas;
  const firstColumn = (((left + view.left) % size) + size) % size;
  for (let y = top; y < bottom; y += 1) {
    const row = ((((y + view.top) % size) + size) % size) * size;
    let column = firstColumn;
    let at = y * width + left;
    const end = y * width + right;
    for (; at < end; at += 1) {
      const offset = tile[ids[at]];
      out[at] = offset < 0 ? ground[at] : pixels[offset + row + column];
      column += 1;
      if (column === size) column = 0;
    }
  }
}

/**
 * @param {Uint32Array} out @param {Veil} veil @param {number} width
 * @param {number} column @param {number} top @param {number} bottom
 * @param {Uint8Array} [active] of its owners, those that show
 */
function lay(out, { start, x, colour, owner }, width, column, top, bottom, active) {
  const columns = columnsOf(width);
  for (let y = top; y < bottom; y += 1) {
    const key = y * columns + column;
    const end = start[key + 1];
    for (let n = start[key]; n < end; n += 1) {
      if (active && owner && !active[owner[n]]) continue;
      const at = y * width + x[n];
      out[at] = blend(out[at], colour[n]);
    }
  }
}

/**
 * Where cells are too many for lines: a pixel whose right or lower neighbour has another holder.
 * @param {Uint32Array} out @param {Scene} scene @param {Fills} fills
 * @param {number} left @param {number} top @param {number} right @param {number} bottom
 */
function edges(out, { view, ids, style }, { holder, tile }, left, top, right, bottom) {
  const { width, height } = view;
  // an inferred pixel has an even id, or the tile that those of its cell have
  /** @param {number} id */
  const isEvidence = (id) => (id & 1) === 1 && tile[id] !== tile[id + 1];
  for (let y = top; y < bottom; y += 1) {
    for (let x = left, at = y * width + left; x < right; x += 1, at += 1) {
      const id = ids[at];
      const beside = x + 1 < width ? ids[at + 1] : 0;
      const below = y + 1 < height ? ids[at + width] : 0;
      if (beside === id && below === id) continue;
      const own = holder[id];
      if (!own) continue;
      const aside = holder[beside] && holder[beside] !== own ? beside : 0;
      const under = holder[below] && holder[below] !== own ? below : 0;
      if (!aside && !under) continue;
      const hard = isEvidence(id) && (isEvidence(aside) || isEvidence(under));
      out[at] = blend(out[at], hard ? style.edgeHard : style.edgeSoft);
    }
  }
}

/**
 * @param {Uint32Array} out @param {Scene} scene @param {number} dot of `scene.dots`
 * @param {number} left @param {number} top @param {number} right @param {number} bottom
 */
function stamp(out, { view, dots, sprites }, dot, left, top, right, bottom) {
  const { size, pixels } = sprites[dot];
  const x0 = Math.round(dots[dot].x - size / 2);
  const y0 = Math.round(dots[dot].y - size / 2);
  const fromY = Math.max(top, y0);
  const toY = Math.min(bottom, y0 + size);
  const fromX = Math.max(left, x0);
  const toX = Math.min(right, x0 + size);
  for (let y = fromY; y < toY; y += 1) {
    let from = (y - y0) * size + fromX - x0;
    for (let at = y * view.width + fromX; at < y * view.width + toX; at += 1, from += 1) {
      const over = pixels[from];
      if (over >>> 24) out[at] = blend(out[at], over);
    }
  }
}
