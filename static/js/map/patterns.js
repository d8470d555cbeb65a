// Owns the patterns: one tile of pixels for each look, so that painting is copying.

import { NOBODY } from "./looks.js";
import { actorColour, mix, palette, pixel, rgb } from "./palette.js";

/** @import { Actor } from "../replay/files.js" */
/** @import { Look } from "./looks.js" */

/** Every pattern repeats within this many CSS pixels. */
export const PERIOD = 24;

/** @param {number} value @param {number} by */
const mod = (value, by) => ((value % by) + by) % by;

/**
 * Whether a mark of the pattern is at (x, y), in CSS pixels.
 * @type {Record<string, (x: number, y: number) => boolean>}
 */
export const PATTERNS = {
  solid: () => false,
  diagonal: (x, y) => mod(x + y, 8) < 1.8,
  reverse: (x, y) => mod(x - y, 8) < 1.8,
  horizontal: (_, y) => mod(y, 6) < 1.3,
  vertical: (x) => mod(x, 6) < 1.3,
  grid: (x, y) => mod(x, 8) < 1.2 || mod(y, 8) < 1.2,
  cross: (x, y) => mod(x + y, 12) < 1.5 || mod(x - y, 12) < 1.5,
  dots: (x, y) => {
    const odd = mod(y, 8) >= 4 ? 4 : 0;
    return (mod(x + odd, 8) - 4) ** 2 + (mod(y, 4) - 2) ** 2 < 2;
  },
};

/** Of the actor's colour on the paper, from evidence at its mark down to the gaps of what is inferred. */
export const STRENGTH = {
  mark: 0.94,
  hatch: 0.8,
  fill: 0.62,
  inferredMark: 0.5,
  inferred: 0.32,
  gap: 0.14,
};

/** @param {number} ratio device pixels to a CSS pixel */
export const tileSize = (ratio) => Math.max(1, Math.round(PERIOD * ratio));

export class Tiles {
  /** @param {Actor[]} actors @param {number} ratio device pixels to a CSS pixel */
  constructor(actors, ratio) {
    this.actors = actors;
    this.size = tileSize(ratio);
    /** @type {Map<string, Uint32Array>} */
    this.tiles = new Map();
  }

  /**
   * Pixels of one repeat of a look, size × size.
   * @param {Look} look
   * @param {boolean} inferred
   */
  of(look, inferred) {
    const key = `${inferred ? "~" : ""}${look.key}`;
    let tile = this.tiles.get(key);
    if (!tile) {
      tile = this.#make(look, inferred);
      this.tiles.set(key, tile);
    }
    return tile;
  }

  /** @param {Look} look @param {boolean} inferred */
  #make(look, inferred) {
    const { size } = this;
    const tile = new Uint32Array(size * size);
    const paper = rgb(palette.paper);
    /** A tile has few colours. @type {Map<number, number>} */
    const mixed = new Map();
    /** @param {number} actor @param {number} strength */
    const colour = (actor, strength) => {
      const key = actor + strength / 2;
      let found = mixed.get(key);
      if (found === undefined) {
        found = pixel(mix(colourOf(this.actors, actor), paper, strength));
        mixed.set(key, found);
      }
      return found;
    };
    for (let row = 0; row < size; row += 1) {
      for (let column = 0; column < size; column += 1) {
        const x = ((column + 0.5) * PERIOD) / size;
        const y = ((row + 0.5) * PERIOD) / size;
        const hatched = look.hatch !== null && mod(x + y, 12) < 3.4;
        // a seam of paper beside the hatch, and between bands: two colours may be alike to a reader
        const seam =
          (look.hatch !== null && !hatched && mod(x + y - 3.4, 12) < 1) || atSeam(look, x, y);
        const actor = hatched && look.hatch !== null ? look.hatch : bandAt(look, x, y);
        const strength = seam ? STRENGTH.gap : this.#strengthAt(actor, inferred, hatched, x, y);
        tile[row * size + column] = colour(actor, strength);
      }
    }
    return tile;
  }

  /** @param {number} actor @param {boolean} inferred @param {boolean} hatched @param {number} x @param {number} y */
  #strengthAt(actor, inferred, hatched, x, y) {
    if (inferred && mod(x - y, 4) < 1) return STRENGTH.gap;
    if (actor === NOBODY) {
      // hollow, so that it is no actor's solid colour, in print neither
      if (unknownMark(x, y)) return inferred ? STRENGTH.inferredMark : STRENGTH.mark;
      return STRENGTH.gap;
    }
    const marked = markOf(this.actors[actor], x, y);
    if (inferred) return marked ? STRENGTH.inferredMark : STRENGTH.inferred;
    return marked ? STRENGTH.mark : hatched ? STRENGTH.hatch : STRENGTH.fill;
  }
}

/** @param {Actor[]} actors @param {number} actor */
export const colourOf = (actors, actor) =>
  actor === NOBODY ? rgb(palette.unknown) : actorColour(actors[actor].colour);

/** @param {Actor} actor @param {number} x @param {number} y */
const markOf = (actor, x, y) => (PATTERNS[actor.pattern] ?? PATTERNS.solid)(x, y);

/** @param {number} x @param {number} y */
const unknownMark = (x, y) => mod(x, 6) < 2 && mod(y, 6) < 2;

/** Whether a band begins here. @param {Look} look @param {number} x @param {number} y */
const atSeam = (look, x, y) =>
  look.bands.length > 1 && bandAt(look, x, y) !== bandAt(look, x - 1, y);

/** @param {Look} look @param {number} x @param {number} y */
function bandAt(look, x, y) {
  if (look.bands.length === 1) return look.bands[0][0];
  let place = mod(x - y, look.narrow ? PERIOD / 2 : PERIOD) / (look.narrow ? PERIOD / 2 : PERIOD);
  for (const [actor, share] of look.bands) {
    if (place < share) return actor;
    place -= share;
  }
  return look.bands[0][0];
}
