// Owns showing a picture by WebGL 2: the same picture as painter-2d.js, where the pixels of a date are the GPU's
// work. What a view is made of goes up once; a date sends the tables of what changed.

import { BASE, DOTS, LINES, program, SHEET } from "./shaders.js";

/** @import { Atlas } from "./fills.js" */
/** @import { Picture } from "./picture.js" */
/** @import { Veil } from "./veil.js" */

/** Tables are textures this wide. */
const WIDE = 2048;

/**
 * Whether a GPU draws: a software renderer is slower than composing blocks ourselves.
 * @param {WebGL2RenderingContext} gl
 */
export function isHardware(gl) {
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  const name = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  return !/swiftshader|llvmpipe|software|basic render/i.test(name);
}

const UNITS = { ids: 0, ground: 1, tile: 2, holder: 3, atlas: 4 };

/** @typedef {{array: WebGLVertexArrayObject, buffer: WebGLBuffer, count: number}} Points */

export class GlPainter {
  /** @param {WebGL2RenderingContext} gl of the canvas */
  constructor(gl) {
    this.gl = gl;
    this.canvas = /** @type {HTMLCanvasElement} */ (gl.canvas);
    this.base = program(gl, BASE);
    this.sheet = program(gl, SHEET);
    this.lines = program(gl, LINES);
    this.dots = program(gl, DOTS);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    this.empty = gl.createVertexArray();
    /** @type {Picture | null} */
    this.picture = null;
    /** @type {Record<string, WebGLTexture>} */
    this.textures = {};
    /** @type {Atlas | null} */
    this.atlas = null;
    this.atlasCount = -1;
    this.quads = gl.createBuffer();
    this.quadArray = gl.createVertexArray();
    /** The pixels of fronts, casing first. @type {Points[]} */
    this.points = [];
  }

  /** A new view: all of it is painted by the next `paint`. @param {Picture} picture */
  show(picture) {
    const { gl } = this;
    const { view, ids, ground, over, fronts } = picture.scene;
    const { width, height } = view;
    this.canvas.width = width;
    this.canvas.height = height;
    gl.viewport(0, 0, width, height);
    this.picture = picture;
    const words = Uint32Array.from(ids);
    this.#texture("ids", gl.R32UI, width, height, gl.RED_INTEGER, gl.UNSIGNED_INT, words);
    this.#picture("ground", width, height, ground);
    this.#veil("over", over);
    for (const { array, buffer } of this.points) {
      gl.deleteVertexArray(array);
      gl.deleteBuffer(buffer);
    }
    this.points = fronts ? [this.#points(fronts.casing), this.#points(fronts.ink)] : [];
    this.atlas = null;
    this.layersChanged();
  }

  layersChanged() {
    if (!this.picture) return;
    const { names, chosen } = this.picture.scene;
    this.#veil("names", names);
    if (chosen) this.#veil("chosen", chosen);
    this.changed = true;
  }

  paint() {
    const { gl, picture } = this;
    if (!picture || !(this.changed || picture.dirty.includes(1))) return;
    this.changed = false;
    picture.dirty.fill(0);
    const { scene, fills } = picture;
    const { view, chosen, fronts, style } = scene;
    this.#tables();
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    const base = this.#use(this.base, UNITS);
    gl.uniform2i(base("origin"), view.left, view.top);
    gl.uniform2i(base("whole"), view.width, view.height);
    gl.uniform1i(base("size"), fills.atlas.size);
    gl.uniform1i(base("edges"), fronts || scene.bare ? 0 : 1);
    for (const name of /** @type {const} */ (["edgeHard", "edgeSoft"])) {
      const word = style[name];
      const rgba = [0, 8, 16, 24].map((shift) => ((word >>> shift) & 255) / 255);
      gl.uniform4fv(base(name), rgba);
    }
    gl.bindVertexArray(this.empty);
    gl.disable(gl.BLEND);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    gl.enable(gl.BLEND);
    this.#lay("over");
    if (!fronts && !scene.bare) {
      this.#use(this.base, UNITS);
      gl.uniform1i(base("edges"), 2);
      gl.drawArrays(gl.TRIANGLES, 0, 3);
    }
    for (const points of this.points) this.#draw(points, view);
    if (chosen) this.#lay("chosen");
    this.#drawDots();
    this.#lay("names");
  }

  /** The tables of a date. */
  #tables() {
    const { gl, picture } = this;
    if (!picture) return;
    const { fills, scene } = picture;
    const rows = Math.ceil(fills.tile.length / WIDE);
    const tile = new Int32Array(rows * WIDE);
    // a tile by its number, from 1; 0 where the ground shows
    for (let id = 0; id < fills.tile.length; id += 1) {
      tile[id] = fills.tile[id] < 0 ? 0 : fills.tile[id] / fills.atlas.area + 1;
    }
    this.#texture("tile", gl.R32I, WIDE, rows, gl.RED_INTEGER, gl.INT, tile);
    const holder = new Uint16Array(rows * WIDE);
    holder.set(fills.holder);
    const kind = gl.UNSIGNED_SHORT;
    this.#texture("holder", gl.R16UI, WIDE, rows, gl.RED_INTEGER, kind, holder);
    if (scene.fronts) {
      const pairs = Math.max(1, Math.ceil(scene.active.length / WIDE));
      const active = new Uint8Array(pairs * WIDE);
      active.set(scene.active);
      const byte = gl.UNSIGNED_BYTE;
      this.#texture("shown", gl.R8UI, WIDE, pairs, gl.RED_INTEGER, byte, active);
    }
    if (this.atlas === fills.atlas && this.atlasCount === fills.atlas.count) return;
    this.atlas = fills.atlas;
    this.atlasCount = fills.atlas.count;
    this.#atlas();
  }

  /** Tiles side by side, as many as a texture is wide. */
  #atlas() {
    const { atlas } = this;
    if (!atlas) return;
    const { size, area, count, pixels } = atlas;
    const across = Math.floor(WIDE / size);
    const rows = Math.max(1, Math.ceil(count / across));
    const sheet = new Uint32Array(WIDE * rows * size);
    for (let n = 0; n < count; n += 1) {
      const corner = Math.floor(n / across) * size * WIDE + (n % across) * size;
      for (let row = 0; row < size; row += 1) {
        const from = n * area + row * size;
        sheet.set(pixels.subarray(from, from + size), corner + row * WIDE);
      }
    }
    this.#picture("atlas", WIDE, rows * size, sheet);
  }

  #drawDots() {
    const { gl, picture } = this;
    if (!picture) return;
    const { dots, sprites, view } = picture.scene;
    if (!dots.length) return;
    // the sprites that are in use, each once, side by side
    const used = [...new Set(sprites)];
    const cell = Math.max(...used.map((sprite) => sprite.size));
    const across = Math.max(1, Math.floor(WIDE / cell));
    const height = Math.ceil(used.length / across) * cell;
    const sheet = new Uint32Array(WIDE * height);
    const at = new Map();
    used.forEach((sprite, n) => {
      const [x, y] = [(n % across) * cell, Math.floor(n / across) * cell];
      at.set(sprite, [x, y]);
      for (let row = 0; row < sprite.size; row += 1) {
        const from = row * sprite.size;
        sheet.set(sprite.pixels.subarray(from, from + sprite.size), (y + row) * WIDE + x);
      }
    });
    this.#picture("sprites", WIDE, height, sheet);
    const quads = new Float32Array(dots.length * 5);
    for (let n = dots.length - 1, to = 0; n >= 0; n -= 1, to += 5) {
      const { size } = sprites[n];
      const [x, y] = [dots[n].x - size / 2, dots[n].y - size / 2].map(Math.round);
      quads.set([x, y, size, ...at.get(sprites[n])], to);
    }
    const use = this.#use(this.dots, { sprites: 0 });
    gl.uniform2f(use("whole"), view.width, view.height);
    gl.bindVertexArray(this.quadArray);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.quads);
    gl.bufferData(gl.ARRAY_BUFFER, quads, gl.DYNAMIC_DRAW);
    for (const [index, parts, offset] of [
      [0, 3, 0],
      [1, 2, 12],
    ]) {
      gl.enableVertexAttribArray(index);
      gl.vertexAttribPointer(index, parts, gl.FLOAT, false, 20, offset);
      gl.vertexAttribDivisor(index, 1);
    }
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, dots.length);
    gl.bindVertexArray(this.empty);
  }

  /** @param {Veil} veil @returns {Points} */
  #points({ start, x, colour, owner }) {
    const { gl } = this;
    const { width, height } = this.canvas;
    const columns = (start.length - 1) / height;
    const data = new Uint32Array(x.length * 3);
    for (let key = 0; key + 1 < start.length; key += 1) {
      const y = Math.floor(key / columns);
      for (let n = start[key]; n < start[key + 1]; n += 1) {
        data[n * 3] = y * width + x[n];
        data[n * 3 + 1] = colour[n];
        data[n * 3 + 2] = owner ? owner[n] : 0;
      }
    }
    const array = gl.createVertexArray();
    gl.bindVertexArray(array);
    const buffer = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribIPointer(0, 3, gl.UNSIGNED_INT, 12, 0);
    gl.bindVertexArray(this.empty);
    return { array, buffer, count: x.length };
  }

  /** @param {Points} points @param {{width: number, height: number}} view */
  #draw({ array, count }, { width, height }) {
    const { gl } = this;
    const use = this.#use(this.lines, { shown: 0 });
    gl.uniform2i(use("whole"), width, height);
    gl.bindVertexArray(array);
    gl.drawArrays(gl.POINTS, 0, count);
    gl.bindVertexArray(this.empty);
  }

  /** A layer as large as the view, over what is drawn. @param {string} name of its texture */
  #lay(name) {
    this.#use(this.sheet, { [name]: 0 });
    this.gl.drawArrays(this.gl.TRIANGLES, 0, 3);
  }

  /** @param {WebGLProgram} made @param {Record<string, number>} units texture -> unit */
  #use(made, units) {
    const { gl } = this;
    gl.useProgram(made);
    for (const [name, unit] of Object.entries(units)) {
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D, this.textures[name] ?? null);
      gl.uniform1i(gl.getUniformLocation(made, made === this.sheet ? "layer" : name), unit);
    }
    /** @param {string} name */
    return (name) => gl.getUniformLocation(made, name);
  }

  /** @param {string} name @param {Veil} veil */
  #veil(name, { start, x, colour }) {
    const { width, height } = this.canvas;
    const columns = (start.length - 1) / height;
    const pixels = new Uint32Array(width * height);
    for (let key = 0; key + 1 < start.length; key += 1) {
      const row = Math.floor(key / columns) * width;
      for (let n = start[key]; n < start[key + 1]; n += 1) pixels[row + x[n]] = colour[n];
    }
    this.#picture(name, width, height, pixels);
  }

  /** Straight alpha, multiplied in the shaders. @param {string} name @param {number} width @param {number} height @param {Uint32Array} pixels */
  #picture(name, width, height, pixels) {
    const { gl } = this;
    const bytes = new Uint8Array(pixels.buffer, pixels.byteOffset, width * height * 4);
    this.#texture(name, gl.RGBA8, width, height, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
  }

  /**
   * @param {string} name @param {number} inside @param {number} width @param {number} height
   * @param {number} format @param {number} kind @param {ArrayBufferView} data
   */
  #texture(name, inside, width, height, format, kind, data) {
    const { gl } = this;
    this.textures[name] ??= /** @type {WebGLTexture} */ (gl.createTexture());
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.textures[name]);
    gl.texImage2D(gl.TEXTURE_2D, 0, inside, width, height, 0, format, kind, data);
    for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) {
      gl.texParameteri(gl.TEXTURE_2D, filter, gl.NEAREST);
    }
  }
}
