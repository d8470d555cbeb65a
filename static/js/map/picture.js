// Owns the picture of a scene at a date: which blocks of it a new date changes. A painter shows it: on a 2D canvas
// (painter-2d.js), or on a GPU (painter-gl.js).

import { Fills } from "./fills.js";
import { HARD, SOFT, SOFTENED, STRETCHES } from "./fronts.js";
import { cellOf } from "./raster.js";
import { BLOCK, columnsOf } from "./veil.js";

/** @import { Replay } from "../replay/replay.js" */
/** @import { Dots } from "./dots.js" */
/** @import { Atlas } from "./fills.js" */
/** @import { Scene } from "./scene.js" */
/** @import { Territories } from "./shapes.js" */

export class Picture {
  /** @param {Scene} scene @param {Replay} replay @param {Territories} territories @param {Dots} dots @param {Atlas} atlas */
  constructor(scene, replay, territories, dots, atlas) {
    this.scene = scene;
    this.territories = territories;
    this.dots = dots;
    this.fills = new Fills(replay, territories, scene.cells, atlas);
    this.columns = columnsOf(scene.view.width);
    this.rows = Math.ceil(scene.view.height / BLOCK);
    this.dirty = new Uint8Array(this.columns * this.rows);
  }

  /** Everything as it is at the replay's date. @param {boolean} sourcedOnly */
  all(sourcedOnly) {
    this.fills.sourcedOnly = sourcedOnly;
    this.fills.all();
    this.scene.sprites = this.scene.dots.map((dot) => this.dots.sprite(dot));
    this.#fronts();
    this.dirty.fill(1);
  }

  /** The shown standing of these places has changed. @param {ArrayLike<number>} places */
  update(places) {
    const { fills, scene } = this;
    for (let n = 0; n < places.length; n += 1) {
      const place = places[n];
      for (let k = fills.start[place]; k < fills.start[place + 1]; k += 1) {
        const at = fills.cellsOf[k];
        if (fills.set(at)) this.#markCell(at);
      }
      const dot = scene.dotOf.get(place);
      if (dot !== undefined) {
        const sprite = this.dots.sprite(scene.dots[dot]);
        if (sprite !== scene.sprites[dot]) {
          scene.sprites[dot] = sprite;
          const { x, y, reach } = scene.dots[dot];
          this.#mark(x - reach, y - reach, x + reach, y + reach);
        }
      }
    }
    for (const at of fills.mixed) {
      if (!fills.set(at)) continue;
      this.#markCell(at);
      for (const other of fills.inferredFrom(at)) if (fills.set(other)) this.#markCell(other);
    }
    this.#fronts();
  }

  /** Which borders part different holders. */
  #fronts() {
    const { fronts, active } = this.scene;
    if (!fronts) return;
    const { a, b, box } = fronts;
    const { fills } = this;
    const { holder } = fills;
    for (let pair = 0; pair < a.length; pair += 1) {
      const [one, other] = [holder[1 + 2 * a[pair]], holder[1 + 2 * b[pair]]];
      const parts = one && other && one !== other ? 1 : 0;
      const inferred = parts && (fills.isInferred(a[pair]) || fills.isInferred(b[pair])) ? 1 : 0;
      const first = pair * STRETCHES;
      if (parts === active[first + SOFT] && inferred === active[first + SOFTENED]) continue;
      active[first + SOFT] = parts;
      active[first + HARD] = parts && !inferred ? 1 : 0;
      active[first + SOFTENED] = inferred;
      this.#mark(box[pair * 4], box[pair * 4 + 1], box[pair * 4 + 2], box[pair * 4 + 3]);
    }
  }

  /** @param {number} at position of a cell */
  #markCell(at) {
    const { scale, left, top } = this.scene.view;
    const { box } = this.territories;
    const first = this.scene.cells[at] * 4;
    // a pixel more on each side: an edge is drawn in the pixel before it
    this.#mark(
      box[first] * scale - left - 1,
      box[first + 1] * scale - top - 1,
      box[first + 2] * scale - left + 1,
      box[first + 3] * scale - top + 1,
    );
  }

  /** @param {number} left @param {number} top @param {number} right @param {number} bottom */
  #mark(left, top, right, bottom) {
    const lastColumn = Math.min(this.columns - 1, Math.floor(right / BLOCK));
    const lastRow = Math.min(this.rows - 1, Math.floor(bottom / BLOCK));
    for (let row = Math.max(0, Math.floor(top / BLOCK)); row <= lastRow; row += 1) {
      for (let column = Math.max(0, Math.floor(left / BLOCK)); column <= lastColumn; column += 1) {
        this.dirty[row * this.columns + column] = 1;
      }
    }
  }

  /** The place whose cell has this device pixel, or null. @param {number} x @param {number} y */
  placeAt(x, y) {
    const { ids, cells, view } = this.scene;
    if (x < 0 || y < 0 || x >= view.width || y >= view.height) return null;
    const id = ids[Math.floor(y) * view.width + Math.floor(x)];
    return id ? this.territories.place[cells[cellOf(id)]] : null;
  }
}
