// Owns looks outside the map: the same tiles of pixels, as a pattern for small canvases.

import { NOBODY } from "./looks.js";
import { PERIOD, Tiles } from "./patterns.js";

/** @import { Actor } from "../replay/files.js" */
/** @import { Look } from "./looks.js" */

/** @param {number} actor @returns {Look} */
export function heldBy(actor) {
  return { key: `[[${actor},1]]`, bands: [[actor, 1]], narrow: false, hatch: null };
}

/** @returns {Look} */
export const unclear = () => heldBy(NOBODY);

/** Patterns by look, for canvases whose context is scaled by the ratio of device to CSS pixels. */
export class Swatches {
  /** @param {Actor[]} actors */
  constructor(actors) {
    this.ratio = Math.min(globalThis.devicePixelRatio || 1, 3);
    this.tiles = new Tiles(actors, this.ratio);
    /** @type {Map<string, HTMLCanvasElement>} */
    this.made = new Map();
    /** What is to be painted after the first map; null: it is there. @type {(() => void)[] | null} */
    this.waiting = [];
  }

  /** The first map is there: paint what waited for it. @param {() => Promise<void>} rest between any two */
  async begin(rest) {
    const { waiting } = this;
    this.waiting = null;
    for (const paint of waiting ?? []) {
      paint();
      await rest();
    }
  }

  /**
   * A tile in device pixels, to draw or to make a pattern of.
   * @param {Look} look
   * @param {boolean} inferred
   */
  tile(look, inferred) {
    const key = `${inferred}${look.key}`;
    let canvas = this.made.get(key);
    if (!canvas) {
      const { size } = this.tiles;
      canvas = document.createElement("canvas");
      canvas.width = canvas.height = size;
      const image = new ImageData(size, size);
      new Uint32Array(image.data.buffer).set(this.tiles.of(look, inferred));
      canvas.getContext("2d")?.putImageData(image, 0, 0);
      this.made.set(key, canvas);
    }
    return canvas;
  }

  /**
   * Fill part of a canvas (in CSS pixels) with a look.
   * @param {CanvasRenderingContext2D} context whose transform is the identity
   * @param {Look} look
   * @param {boolean} inferred
   * @param {[x: number, y: number, width: number, height: number]} box
   */
  fill(context, look, inferred, [x, y, width, height]) {
    const pattern = context.createPattern(this.tile(look, inferred), "repeat");
    if (!pattern) return;
    const { ratio } = this;
    context.fillStyle = pattern;
    context.fillRect(x * ratio, y * ratio, width * ratio, height * ratio);
  }

  /**
   * A canvas of this size in CSS pixels, filled: at once, but for those that are made with the first map.
   * @param {Look} look
   * @param {boolean} inferred
   */
  canvas(look, inferred, width = PERIOD + 4, height = 16) {
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * this.ratio);
    canvas.height = Math.round(height * this.ratio);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    canvas.className = "swatch";
    canvas.setAttribute("aria-hidden", "true");
    const paint = () => {
      const context = canvas.getContext("2d");
      if (context) this.fill(context, look, inferred, [0, 0, width, height]);
    };
    if (this.waiting) this.waiting.push(paint);
    else paint();
    return canvas;
  }
}
