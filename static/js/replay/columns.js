// Owns the binary container of the readers' files (docs/data-formats.md): a JSON head and columns of numbers,
// each column read in one pass into one typed array.

/** The format of the files that this code reads. */
export const FORMAT = 2;
const MAGIC = [0x43, 0x54, 0x52, 0x50]; // CTRP
const utf8 = new TextDecoder();

/** Bytes that are not a whole file of this format. */
export class FormatError extends Error {}

/** Bytes of a later format than this code knows. */
export class FutureFormatError extends FormatError {
  /** @param {number} format */
  constructor(format) {
    super(`format ${format}, not ${FORMAT}`);
    this.format = format;
  }
}

/**
 * @typedef {[name: string, coding: "u" | "z" | "b" | "t", count: number, bytes: number]} ColumnHead
 * @typedef {Record<string, any> & {kind: string, columns: ColumnHead[]}} Head
 */

export class Columns {
  /** @param {Uint8Array} bytes @param {string} [kind] that it must be of */
  constructor(bytes, kind) {
    this.bytes = bytes;
    if (bytes.length < 6 || MAGIC.some((byte, at) => bytes[at] !== byte)) {
      throw new FormatError("not a file of the replay");
    }
    if (bytes[4] > FORMAT) throw new FutureFormatError(bytes[4]);
    if (bytes[4] !== FORMAT) throw new FormatError(`format ${bytes[4]}, not ${FORMAT}`);
    let at = 5;
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at];
      at += 1;
      length |= (byte & 127) << shift;
      if (byte < 128) break;
      if (shift > 28 || at >= bytes.length) throw new FormatError("truncated");
    }
    if (at + length > bytes.length) throw new FormatError("truncated");
    /** @type {Head} */
    this.head = JSON.parse(utf8.decode(bytes.subarray(at, at + length)));
    if (kind && this.head.kind !== kind) throw new FormatError(`${this.head.kind}, not ${kind}`);
    at += length;
    /** @type {Map<string, {coding: string, count: number, from: number, to: number}>} */
    this.columns = new Map();
    for (const [name, coding, count, size] of this.head.columns) {
      this.columns.set(name, { coding, count, from: at, to: at + size });
      at += size;
    }
    if (at !== bytes.length) throw new FormatError(at > bytes.length ? "truncated" : "too long");
  }

  /** @param {string} name @param {string} coding */
  #find(name, coding) {
    const column = this.columns.get(name);
    if (!column) throw new FormatError(`no column ${name}`);
    if (!coding.includes(column.coding)) throw new FormatError(`${name} is ${column.coding}`);
    return column;
  }

  /** @param {string} name how many values it has; 0 where there is no such column */
  count(name) {
    return this.columns.get(name)?.count ?? 0;
  }

  /** Whole numbers. @param {string} name */
  numbers(name) {
    const { coding, count, from, to } = this.#find(name, "uzb");
    const values = new Int32Array(count);
    if (coding === "b") {
      if (count !== to - from) throw new FormatError(`${name} is damaged`);
      values.set(this.bytes.subarray(from, to));
      return values;
    }
    const { bytes } = this;
    let at = from;
    for (let n = 0; n < count; n += 1) {
      let byte = bytes[at];
      at += 1;
      let value = byte & 127;
      for (let shift = 7; byte > 127; shift += 7) {
        byte = bytes[at];
        at += 1;
        value |= (byte & 127) << shift;
      }
      values[n] = coding === "z" ? (value >>> 1) ^ -(value & 1) : value;
    }
    if (at !== to) throw new FormatError(`${name} is damaged`);
    return values;
  }

  /** Numbers beyond 32 bits, up to 2 ** 53. @param {string} name */
  wide(name) {
    const { coding, count, from, to } = this.#find(name, "uz");
    const values = new Float64Array(count);
    const { bytes } = this;
    let at = from;
    for (let n = 0; n < count; n += 1) {
      let value = 0;
      for (let scale = 1; ; scale *= 128) {
        const byte = bytes[at];
        at += 1;
        value += (byte & 127) * scale;
        if (!(byte > 127)) break;
      }
      values[n] = coding === "z" ? (value % 2 ? -(value + 1) / 2 : value / 2) : value;
    }
    if (at !== to) throw new FormatError(`${name} is damaged`);
    return values;
  }

  /** Lines of text. @param {string} name @returns {string[]} */
  lines(name) {
    const { count, from, to } = this.#find(name, "t");
    if (!count) return [];
    const lines = utf8.decode(this.bytes.subarray(from, to)).split("\n");
    if (lines.length !== count) throw new FormatError(`${name} is damaged`);
    return lines;
  }
}
