// Owns all that a view is drawn from and no date changes: ids, ground, borders, names, where the dots are.
// Building one is a generator, so that it can be spread over frames while the old view stays on the screen.

import { frontStyle } from "./front-style.js";
import { frontsOf, STRETCHES } from "./fronts.js";
import { palette } from "./palette.js";
import { rasterise } from "./raster.js";
import { BLOCK, clearVeil, columnsOf, veilOf } from "./veil.js";
import { pathOf } from "./view.js";

/** @import { Replay } from "../replay/replay.js" */
/** @import { Base } from "./base.js" */
/** @import { Dot, Dots, Sprite } from "./dots.js" */
/** @import { FrontStyle } from "./front-style.js" */
/** @import { Fronts } from "./fronts.js" */
/** @import { Labels } from "./labels.js" */
/** @import { Ids } from "./raster.js" */
/** @import { Territories } from "./shapes.js" */
/** @import { Veil } from "./veil.js" */
/** @import { View } from "./view.js" */

/** @typedef {{replay: Replay, territories: Territories, base: Base, dots: Dots, labels: Labels, tiles: boolean}} Sources */

/**
 * `cells`: of the territories, those of the view; an id is by position in it. `active`: which borders are fronts,
 * by pair and stretch. `dotsIn`: dots that touch a block, least important first. `sprites`: each dot's picture now.
 * @typedef {{view: View, territories: Territories, cells: Uint32Array, ids: Ids, ground: Uint32Array, over: Veil, names: Veil,
 *   chosen: Veil | null, fronts: Fronts | null, bare: boolean, active: Uint8Array, style: FrontStyle,
 *   dots: Dot[], dotsIn: number[][], dotOf: Map<number, number>, sprites: Sprite[]}} Scene
 */

/**
 * @param {Sources} sources
 * @param {View} view
 * @param {number | null} place chosen
 * @param {number[]} differing places that stand otherwise in what is known now
 * @param {boolean} [bare] without names, outlines, rivers and lines of fronts: for a first map, which is half the work
 * @returns {Generator<void, Scene>}
 */
export function* buildScene(sources, view, place, differing, bare = false) {
  const { replay, territories, base, dots: allDots, labels, tiles } = sources;
  const cells = cellsIn(territories, view);
  yield;
  const ids = yield* rasterise(view, territories, cells);
  const style = frontStyle();
  /** @param {number} at */
  const mayLack = (at) => replay.mayLack[territories.place[cells[at]]] === 1;
  const fronts = bare ? null : yield* frontsOf(view, ids, cells.length, style, mayLack);
  const sheet = new Sheet(view);
  yield* sheet.drawn(base.drawGround(sheet.context, view, tiles));
  const ground = sheet.pixels();
  yield;
  const dots = allDots.inView(view);
  yield;
  let over = clearVeil(view);
  let names = over;
  if (!bare) {
    sheet.clear();
    yield* sheet.drawn(base.drawOver(sheet.context, view));
    over = sheet.veil();
    yield;
    sheet.clear();
    yield* sheet.drawn(labels.draw(sheet.context, view, dots, place));
    names = sheet.veil();
    yield;
  }
  const chosen = outlines(sheet, territories, view, place, differing);
  return {
    view,
    territories,
    cells,
    ids,
    ground,
    over,
    names,
    chosen,
    fronts,
    bare,
    active: new Uint8Array(fronts ? fronts.a.length * STRETCHES : 0),
    style,
    dots,
    dotsIn: blocksOf(dots, view),
    dotOf: new Map(dots.map((dot, at) => [dot.place, at])),
    sprites: [],
  };
}

/**
 * Another place is chosen: its outline, and the names anew, as its own always shows.
 * @param {Scene} scene @param {Sources} sources @param {number | null} place @param {number[]} differing
 */
export function chooseIn(scene, { territories, labels }, place, differing) {
  const sheet = new Sheet(scene.view);
  for (const _ of labels.draw(sheet.context, scene.view, scene.dots, place));
  scene.names = sheet.veil();
  scene.chosen = outlines(sheet, territories, scene.view, place, differing);
}

/**
 * Others differ from what is known now: their outlines anew.
 * @param {Scene} scene @param {Sources} sources @param {number | null} place @param {number[]} differing
 */
export function lightUpIn(scene, { territories }, place, differing) {
  scene.chosen = outlines(new Sheet(scene.view), territories, scene.view, place, differing);
}

/** A canvas to draw on with the browser's own means, for pixels to be taken from. */
class Sheet {
  /** @param {View} view */
  constructor({ width, height }) {
    this.canvas = document.createElement("canvas");
    this.canvas.width = width;
    this.canvas.height = height;
    const context = this.canvas.getContext("2d", { willReadFrequently: true });
    if (!context) throw new Error("This browser cannot draw: no 2D canvas.");
    this.context = context;
  }

  /**
   * A canvas notes what is asked of it, and draws when it is read: so it is read now and then, lest the last slice
   * has all the work.
   * @param {Generator<void, void>} steps
   */
  *drawn(steps) {
    let count = 0;
    for (const _ of steps) {
      count += 1;
      if (count % 8 === 0) this.context.getImageData(0, 0, 1, 1);
      yield;
    }
    this.context.getImageData(0, 0, 1, 1);
    yield;
  }

  clear() {
    this.context.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }

  pixels() {
    const { width, height } = this.canvas;
    return new Uint32Array(this.context.getImageData(0, 0, width, height).data.buffer);
  }

  veil() {
    return veilOf(this.pixels(), this.canvas.width);
  }
}

/** CSS pixels: [width of the halo, of the line, dashes]. A place that differs is dashed, the chosen one is not. */
const CHOSEN = /** @type {const} */ ([5, 2.2, []]);
const DIFFERING = /** @type {const} */ ([5, 2.4, [7, 4]]);

/**
 * @param {Sheet} sheet @param {Territories} territories @param {View} view @param {number | null} place chosen
 * @param {number[]} differing
 * @returns {Veil | null}
 */
function outlines(sheet, territories, view, place, differing) {
  const { context } = sheet;
  sheet.clear();
  context.lineJoin = "round";
  let drawn = false;
  /** @param {number} of @param {readonly [number, number, readonly number[]]} style */
  const outline = (of, [halo, line, dashes]) => {
    const cell = territories.place.lastIndexOf(of);
    if (cell < 0) return;
    drawn = true;
    const path = pathOf(view, territories.ringsOf(cell), true);
    for (const [colour, width, dash] of /** @type {const} */ ([
      [palette.halo, halo, []],
      [palette.chosen, line, dashes],
    ])) {
      context.strokeStyle = colour;
      context.lineWidth = width * view.ratio;
      context.setLineDash(dash.map((length) => length * view.ratio));
      context.stroke(path);
    }
  };
  for (const one of differing) outline(one, DIFFERING);
  if (place !== null) outline(place, CHOSEN);
  context.setLineDash([]);
  return drawn ? sheet.veil() : null;
}

/** From this zoom on, the quarters of a city are painted over its own cell. */
export const QUARTERS_ZOOM = 10.5;

/** @param {Territories} territories @param {View} view */
function cellsIn({ count, tier, box }, { scale, left, top, width, height, zoom }) {
  const quarters = zoom >= QUARTERS_ZOOM;
  const found = [];
  for (let cell = 0, at = 0; cell < count; cell += 1, at += 4) {
    if (tier[cell] > 0 && !quarters) continue;
    if (box[at + 2] * scale <= left || box[at] * scale >= left + width) continue;
    if (box[at + 3] * scale <= top || box[at + 1] * scale >= top + height) continue;
    found.push(cell);
  }
  return Uint32Array.from(found);
}

/** @param {Dot[]} dots most important first @param {View} view */
function blocksOf(dots, view) {
  const columns = columnsOf(view.width);
  const rows = Math.ceil(view.height / BLOCK);
  /** @type {number[][]} */
  const found = Array.from({ length: columns * rows }, () => []);
  for (let at = dots.length - 1; at >= 0; at -= 1) {
    const { x, y, reach } = dots[at];
    const right = Math.min(columns - 1, Math.floor((x + reach) / BLOCK));
    const bottom = Math.min(rows - 1, Math.floor((y + reach) / BLOCK));
    for (let row = Math.max(0, Math.floor((y - reach) / BLOCK)); row <= bottom; row += 1) {
      for (let col = Math.max(0, Math.floor((x - reach) / BLOCK)); col <= right; col += 1) {
        found[row * columns + col].push(at);
      }
    }
  }
  return found;
}
