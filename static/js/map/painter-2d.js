// Owns showing a picture on a 2D canvas: the blocks that changed are composed, and put there row by row.

import { paintBlock } from "./paint-block.js";
import { BLOCK } from "./veil.js";

/** @import { Picture } from "./picture.js" */

export class CanvasPainter {
  /** @param {HTMLCanvasElement} canvas @param {boolean} clear where something lies below it */
  constructor(canvas, clear) {
    this.canvas = canvas;
    const context = canvas.getContext("2d", { alpha: clear });
    if (!context) throw new Error("This browser cannot draw: no 2D canvas.");
    this.context = context;
    /** @type {Picture | null} */
    this.picture = null;
  }

  /** A new view: all of it is painted by the next `paint`. @param {Picture} picture */
  show(picture) {
    const { width, height } = picture.scene.view;
    if (this.canvas.width !== width || this.canvas.height !== height || !this.image) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.image = new ImageData(width, height);
      this.pixels = new Uint32Array(this.image.data.buffer);
    }
    this.picture = picture;
  }

  /** The names or the chosen outline are others; the next `paint` shows them. */
  layersChanged() {
    this.picture?.dirty.fill(1);
  }

  paint() {
    const { picture, image, pixels, context } = this;
    if (!picture || !image || !pixels) return;
    const { scene, fills, dirty, columns, rows } = picture;
    for (let row = 0; row < rows; row += 1) {
      const start = row * columns;
      for (let column = 0; column < columns; column += 1) {
        if (!dirty[start + column]) continue;
        const from = column;
        for (; column < columns && dirty[start + column]; column += 1) {
          dirty[start + column] = 0;
          paintBlock(pixels, scene, fills, column, row);
        }
        const [x, y] = [from * BLOCK, row * BLOCK];
        context.putImageData(image, 0, 0, x, y, (column - from) * BLOCK, BLOCK);
      }
    }
  }
}
