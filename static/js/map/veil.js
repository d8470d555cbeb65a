// Owns sparse layers: of a picture that is mostly clear, only the pixels that are not, in the order of blocks, so
// that a block of the canvas is composed without looking at the rest.

/** A canvas is composed in blocks of this many device pixels on a side. */
export const BLOCK = 64;

/**
 * Pixels of row y in block column c are `start[y * columns + c]`..`start[y * columns + c + 1]`.
 * `owner`: what decides whether a pixel shows (a border), where anything does.
 * @typedef {{start: Uint32Array, x: Uint16Array, colour: Uint32Array, owner: Uint32Array | null}} Veil
 */

/** @param {number} width */
export const columnsOf = (width) => Math.ceil(width / BLOCK);

/**
 * The pixels of a picture that are not clear.
 * @param {Uint32Array} pixels
 * @param {number} width
 * @returns {Veil}
 */
export function veilOf(pixels, width) {
  let count = 0;
  for (let at = 0; at < pixels.length; at += 1) if (pixels[at] >>> 24) count += 1;
  const columns = columnsOf(width);
  const rows = pixels.length / width;
  const start = new Uint32Array(rows * columns + 1);
  const x = new Uint16Array(count);
  const colour = new Uint32Array(count);
  let next = 0;
  for (let row = 0, at = 0; row < rows; row += 1) {
    for (let column = 0; column < width; column += 1, at += 1) {
      if (column % BLOCK === 0) start[row * columns + column / BLOCK] = next;
      if (pixels[at] >>> 24) {
        x[next] = column;
        colour[next] = pixels[at];
        next += 1;
      }
    }
  }
  start[rows * columns] = next;
  return { start, x, colour, owner: null };
}

/** One that shows nothing. @param {{width: number, height: number}} size @returns {Veil} */
export function clearVeil({ width, height }) {
  return {
    start: new Uint32Array(columnsOf(width) * height + 1),
    x: new Uint16Array(0),
    colour: new Uint32Array(0),
    owner: null,
  };
}

/** Pixels gathered in any order, and brought into the order of blocks at the end. */
export class Gathered {
  constructor() {
    this.count = 0;
    this.at = new Uint32Array(4096);
    this.colour = new Uint32Array(4096);
    this.owner = new Uint32Array(4096);
  }

  /** @param {number} at offset of the pixel @param {number} colour @param {number} owner */
  add(at, colour, owner) {
    if (this.count === this.at.length) {
      this.at = grown(this.at);
      this.colour = grown(this.colour);
      this.owner = grown(this.owner);
    }
    this.at[this.count] = at;
    this.colour[this.count] = colour;
    this.owner[this.count] = owner;
    this.count += 1;
  }

  /** @param {number} width @param {number} height @returns {Veil} */
  veil(width, height) {
    const columns = columnsOf(width);
    const start = new Uint32Array(height * columns + 1);
    /** @param {number} at */
    const blockOf = (at) => {
      const row = Math.floor(at / width);
      return row * columns + Math.floor((at - row * width) / BLOCK);
    };
    for (let n = 0; n < this.count; n += 1) start[blockOf(this.at[n]) + 1] += 1;
    for (let n = 1; n < start.length; n += 1) start[n] += start[n - 1];
    const next = start.slice();
    const x = new Uint16Array(this.count);
    const colour = new Uint32Array(this.count);
    const owner = new Uint32Array(this.count);
    for (let n = 0; n < this.count; n += 1) {
      const to = next[blockOf(this.at[n])]++;
      x[to] = this.at[n] % width;
      colour[to] = this.colour[n];
      owner[to] = this.owner[n];
    }
    return { start, x, colour, owner };
  }
}

/** @param {Uint32Array} array */
function grown(array) {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}
