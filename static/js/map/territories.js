// Owns the fill: the cells of a view, their pixels, and repainting those whose standing has changed.

import { bordersOf } from "./fronts.js";
import { lookOf } from "./looks.js";
import { FRONT, FRONT_CASING } from "./palette.js";
import { Tiles } from "./patterns.js";
import { INFERRED, rasterise, runsOf } from "./raster.js";
import { pixelsOf, worldLine, worldX, worldY } from "./view.js";

/** @import { GeometryFile } from "../replay/files.js" */
/** @import { Replay } from "../replay/replay.js" */
/** @import { Border } from "./fronts.js" */
/** @import { Runs } from "./raster.js" */
/** @import { View } from "./view.js" */

/** @typedef {{place: number, tier: number, rings: Float64Array[], x: number, y: number, radius: number}} Territory */

/** From this zoom on, the quarters of a city are painted over its own cell. */
export const QUARTERS_ZOOM = 10.5;
const AREA_KINDS = new Set(["province", "district", "subdistrict"]);

export class Territories {
  /** @param {Replay} replay @param {GeometryFile} geometry */
  constructor(replay, geometry) {
    this.replay = replay;
    const { town, neighbourhood } = geometry.evidence_radius;
    /** @param {number} place @param {number} tier @param {ArrayLike<number>[]} rings @param {number} radius */
    const territory = (place, tier, rings, radius) => {
      const { lon, lat } = replay.places[place];
      return {
        place,
        tier,
        rings: rings.map((ring) => worldLine(ring, geometry.scale)),
        x: worldX(lon ?? 0),
        y: worldY(lat ?? 0),
        radius: lon === null || lat === null ? 0 : radius,
      };
    };
    /** @type {Territory[]} */
    this.all = [
      ...geometry.areas
        .filter(([place]) => AREA_KINDS.has(replay.places[place].kind))
        .map(([place, rings]) => territory(place, -1, rings, 0)),
      ...geometry.territories.map(([place, tier, rings]) =>
        territory(place, tier, rings, tier ? neighbourhood : town),
      ),
    ];
    // Areas lie under towns and those under quarters; places come parents first, so big ones come first.
    this.all.sort((a, b) => a.tier - b.tier);
    this.sourcedOnly = false;
    /** @type {Territory[]} */
    this.cells = [];
    /** @type {Map<number, number[]>} */
    this.cellsOf = new Map();
    this.canvas = document.createElement("canvas");
    this.ids = new Uint16Array(0);
    this.width = 0;
    /** @type {Runs} */
    this.runs = { start: new Uint32Array(1), from: new Uint32Array(0), length: new Uint16Array(0) };
    /** @type {Border[] | null} */
    this.borders = null;
    this.tiles = new Tiles(replay.actors, 1);
  }

  /** Find the cells of a view anew. Follow it with `paintAll`. @param {View} view */
  setView(view) {
    const quarters = view.zoom >= QUARTERS_ZOOM;
    this.cells = this.all.filter((cell) => (quarters || cell.tier < 1) && inView(view, cell.rings));
    this.cellsOf = new Map();
    this.cells.forEach((cell, at) => {
      this.cellsOf.set(cell.place, [...(this.cellsOf.get(cell.place) ?? []), at]);
    });
    this.ids = rasterise(
      view,
      this.cells.map((cell) => ({
        ...cell,
        inferredBeyond: pixelsOf(view, cell.radius, cell.y),
      })),
    );
    this.runs = runsOf(this.ids, view.width, this.cells.length);
    this.borders = null;
    if (this.tiles.size !== new Tiles([], view.ratio).size) {
      this.tiles = new Tiles(this.replay.actors, view.ratio);
    }
    this.width = this.canvas.width = view.width;
    this.canvas.height = view.height;
    this.shift = [Math.round(view.left), Math.round(view.top)];
    this.image = new ImageData(view.width, view.height);
    this.pixels = new Uint32Array(this.image.data.buffer);
  }

  paintAll() {
    this.pixels?.fill(0);
    this.cells.forEach((_, cell) => {
      this.#paint(cell);
    });
    if (this.image) this.canvas.getContext("2d")?.putImageData(this.image, 0, 0);
  }

  /** Repaint what belongs to these places. @param {number[]} places */
  paint(places) {
    let top = Number.POSITIVE_INFINITY;
    let bottom = -1;
    for (const place of places) {
      for (const cell of this.cellsOf.get(place) ?? []) {
        const [first, last] = this.#paint(cell);
        top = Math.min(top, first);
        bottom = Math.max(bottom, last);
      }
    }
    if (bottom < top || !this.image) return;
    const context = this.canvas.getContext("2d");
    context?.putImageData(this.image, 0, 0, 0, top, this.width, bottom - top + 1);
  }

  /** @param {number} cell @returns {[number, number]} its first and last row */
  #paint(cell) {
    const { start, from, length } = this.runs;
    const { width, pixels } = this;
    const [left, top] = this.shift ?? [0, 0];
    const { size } = this.tiles;
    const look = this.#lookOf(cell);
    let first = Number.POSITIVE_INFINITY;
    let last = -1;
    if (!pixels) return [first, last];
    for (const inferred of [0, 1]) {
      const group = cell * 2 + inferred;
      const tile = look && !(inferred && this.sourcedOnly) && this.tiles.of(look, inferred === 1);
      for (let run = start[group]; run < start[group + 1]; run += 1) {
        const end = from[run] + length[run];
        const y = Math.floor(from[run] / width);
        if (y < first) first = y;
        if (y > last) last = y;
        if (!tile) {
          pixels.fill(0, from[run], end);
          continue;
        }
        const row = ((y + top) % size) * size;
        let column = (from[run] - y * width + left) % size;
        for (let at = from[run]; at < end; at += 1) {
          pixels[at] = tile[row + column];
          column += 1;
          if (column === size) column = 0;
        }
      }
    }
    return [first, last];
  }

  /** @param {number} cell */
  #lookOf(cell) {
    const { place, tier } = this.cells[cell];
    // What is composed of towns is painted in their cells; an area speaks where it has none.
    if (tier < 0 && this.replay.isComposed(place)) return null;
    return lookOf(this.replay.standingOf(place));
  }

  /**
   * The derived front line: borders between cells of different holders.
   * @param {CanvasRenderingContext2D} context
   * @param {View} view
   */
  drawFronts(context, view) {
    // The line lies between what is inferred: without that there is none.
    if (this.sourcedOnly) return;
    this.borders ??= bordersOf(this.ids, view.width, view.height);
    const holders = this.cells.map((_, cell) => {
      const look = this.#lookOf(cell);
      return look ? this.replay.standingOf(this.cells[cell].place).holds.join() : "";
    });
    const fronts = new Path2D();
    for (const { a, b, path } of this.borders) {
      if (holders[a] && holders[b] && holders[a] !== holders[b]) fronts.addPath(path);
    }
    context.lineJoin = context.lineCap = "round";
    context.strokeStyle = FRONT_CASING;
    context.lineWidth = 3.6 * view.ratio;
    context.stroke(fronts);
    context.strokeStyle = FRONT;
    context.lineWidth = 1.5 * view.ratio;
    context.stroke(fronts);
  }

  /** The place whose cell has this device pixel, or null. @param {number} x @param {number} y */
  at(x, y) {
    if (x < 0 || y < 0 || x >= this.width) return null;
    const id = (this.ids[Math.floor(y) * this.width + Math.floor(x)] ?? 0) & ~INFERRED;
    return id ? this.cells[id - 1].place : null;
  }
}

/** @param {View} view @param {Float64Array[]} rings */
function inView(view, rings) {
  let [west, north, east, south] = [1, 1, 0, 0];
  for (const ring of rings) {
    for (let at = 0; at + 1 < ring.length; at += 2) {
      west = Math.min(west, ring[at]);
      east = Math.max(east, ring[at]);
      north = Math.min(north, ring[at + 1]);
      south = Math.max(south, ring[at + 1]);
    }
  }
  const { scale, left, top, width, height } = view;
  return (
    east * scale > left &&
    west * scale < left + width &&
    south * scale > top &&
    north * scale < top + height
  );
}
