// Owns the labels: names of towns by size, of countries, provinces and waters, none over another.

import { palette } from "./palette.js";
import { scan } from "./raster.js";
import { QUARTERS_ZOOM } from "./scene.js";
import { flat } from "./shapes.js";

/** @import { Replay } from "../replay/replay.js" */
/** @import { Base } from "./base.js" */
/** @import { Dot } from "./dots.js" */
/** @import { View } from "./view.js" */

const SANS = `system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", sans-serif`;
const SERIF = `Georgia, "Noto Serif", "Noto Naskh Arabic", serif`;
const MARGIN = 2;
const FEW = 60; // as in events/reading/picture/labels.py

/** @typedef {[left: number, top: number, right: number, bottom: number]} Box */

export class Labels {
  /** @param {Replay} replay @param {Base} base @param {string} language */
  constructor(replay, base, language) {
    this.replay = replay;
    this.base = base;
    this.language = language;
    /** @type {Box[]} names written so far */
    this.boxes = [];
    /** So few towns that each may have its name, as far as there is room. */
    this.few = replay.places.filter((place) => place.kind === "town").length <= FEW;
    /** Of dots that no name may cover. @type {Box[] | undefined} */
    this.dotBoxes = [];
    /** Of sites: names keep clear of them where they can. @type {Box[]} */
    this.siteBoxes = [];
    /** @type {Box} what no panel covers */
    this.free = [0, 0, 0, 0];
  }

  /** @param {{name: string, names: Record<string, string>}} one */
  nameOf(one) {
    return one.names[this.language.split("-")[0]] ?? one.name;
  }

  /**
   * Step by step, as building a view is.
   * @param {CanvasRenderingContext2D} context a clear one
   * @param {View} view
   * @param {Dot[]} shown
   * @param {number | null} chosen a place whose name always shows
   */
  *draw(context, view, shown, chosen) {
    context.lineJoin = "round";
    context.textBaseline = "middle";
    this.boxes = [];
    this.free = freeBox(view);
    const { ratio, zoom } = view;
    /** @type {Box[]} */
    this.dotBoxes = [];
    this.siteBoxes = [];
    const dots = [...shown];
    const first = dots.findIndex((dot) => dot.place === chosen);
    if (first > 0) dots.unshift(...dots.splice(first, 1));
    for (const { x, y, radius, place } of dots) {
      const r = radius * 0.8;
      const boxes = this.replay.places[place].kind === "site" ? this.siteBoxes : this.dotBoxes;
      boxes.push([x - r, y - r, x + r, y + r]);
    }
    for (const dot of dots) {
      const place = this.replay.places[dot.place];
      const named = this.few && place.kind === "town";
      if (dot.place !== chosen && !named && !deserves(place.kind, place.population ?? 0, zoom)) {
        continue;
      }
      const big = (place.population ?? 0) > 4e5;
      const size = (place.kind === "town" ? (big ? 13.5 : 12) : 11) * ratio;
      context.font = `${big || dot.place === chosen ? "600" : "400"} ${size}px ${SANS}`;
      const must = big || dot.place === chosen;
      this.#besideDot(context, dot, this.nameOf(place), size, ratio, must);
      yield;
    }
    yield* this.#areas(context, view);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {{x: number, y: number, radius: number}} dot
   * @param {string} name
   * @param {number} size
   * @param {number} ratio
   * @param {boolean} must rather over a small dot than not at all
   */
  #besideDot(context, dot, name, size, ratio, must) {
    const width = context.measureText(name).width;
    const gap = dot.radius + 5.5 * ratio; // clear of a ring
    const spots = [
      [dot.x + gap, dot.y],
      [dot.x - gap - width, dot.y],
      [dot.x - width / 2, dot.y - gap - size * 0.45],
      [dot.x - width / 2, dot.y + gap + size * 0.45],
      [dot.x + gap * 0.7, dot.y - gap * 0.8],
      [dot.x + gap * 0.7, dot.y + gap * 0.8],
    ];
    const inside = within([dot.x, dot.y, dot.x, dot.y], this.free);
    const dots = this.dotBoxes ?? [];
    const clear = [[...dots, ...this.siteBoxes], dots];
    for (const others of must ? [...clear, []] : clear) {
      for (const [x, y] of spots) {
        /** @type {Box} */
        const box = [x, y - size * 0.55, x + width, y + size * 0.55];
        if ((inside && !within(box, this.free)) || !this.#take(box, ratio, others)) continue;
        write(context, name, x, y, 3 * ratio, palette.ink);
        return;
      }
    }
  }

  /** @param {Box} box @param {number} ratio @param {Box[] | undefined} others whether there was room */
  #take(box, ratio, others = this.dotBoxes) {
    const by = MARGIN * ratio;
    if (this.boxes.some((other) => overlap(box, other, by))) return false;
    if (others?.some((other) => overlap(box, other, by))) return false;
    this.boxes.push(box);
    return true;
  }

  /** @param {CanvasRenderingContext2D} context @param {View} view */
  *#areas(context, view) {
    const { ratio, zoom } = view;
    context.textAlign = "center";
    if (zoom < 9) {
      context.font = `600 ${12.5 * ratio}px ${SANS}`;
      for (const land of this.base.lands) {
        const name = this.nameOf(land);
        if (!land.own) this.#inside(context, view, land.rings, name, palette.inkSoft, 0.22, 12.5);
        yield;
      }
    }
    context.font = `italic 400 ${11.5 * ratio}px ${SERIF}`;
    for (const water of this.base.lines.waters) {
      const name = this.nameOf(water);
      this.#inside(context, view, water.rings, name, palette.waterText, 0.02, 11.5, true);
      yield;
    }
    if (zoom >= 7.5 && zoom < QUARTERS_ZOOM) {
      context.font = `500 ${10.5 * ratio}px ${SANS}`;
      for (const { place, rings } of this.base.lines.provinces) {
        const name = this.nameOf(this.replay.places[place]).replace(
          / (province|governorate)$/i,
          "",
        );
        this.#inside(context, view, rings, name, palette.inkSoft, 0.14, 10.5);
        yield;
      }
    }
    context.textAlign = "start";
  }

  /**
   * Writes a name in the roomiest part of a shape that is in view, if it fits.
   * @param {CanvasRenderingContext2D} context
   * @param {View} view
   * @param {Float64Array[]} rings
   * @param {string} name
   * @param {string} colour
   * @param {number} spacing in em
   * @param {number} size in CSS pixels
   * @param {boolean} [overflow] whether it may be wider than the shape
   */
  #inside(context, view, rings, name, colour, spacing, size, overflow = false) {
    const latin = /^[\p{Script=Latin}\s'’-]+$/u.test(name);
    const text = latin && spacing > 0.1 ? name.toUpperCase() : name;
    context.letterSpacing = latin ? `${spacing * size * view.ratio}px` : "0px";
    const width = context.measureText(text).width;
    const height = size * view.ratio * 1.2;
    const spot = roomiest(view, rings, overflow ? width * 0.5 : width, height);
    if (spot) {
      const [x, y] = spot;
      if (this.#take([x - width / 2, y - height / 2, x + width / 2, y + height / 2], view.ratio)) {
        write(context, text, x, y, 2.5 * view.ratio, colour);
      }
    }
    context.letterSpacing = "0px";
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {number} halo
 * @param {string} colour
 */
function write(context, text, x, y, halo, colour) {
  context.strokeStyle = palette.halo;
  context.lineWidth = halo;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

/** @param {View} view @returns {Box} */
function freeBox({ width, height, ratio, covered }) {
  const [top, right, bottom, left] = covered.map((side) => side * ratio);
  return [left, top, width - right, height - bottom];
}

/** @param {Box} box @param {Box} outer */
const within = (box, outer) =>
  box[0] >= outer[0] && box[1] >= outer[1] && box[2] <= outer[2] && box[3] <= outer[3];

/** @param {Box} a @param {Box} b @param {number} by */
const overlap = (a, b, by) =>
  a[0] < b[2] + by && a[2] > b[0] - by && a[1] < b[3] + by && a[3] > b[1] - by;

/** @param {string} kind @param {number} people @param {number} zoom */
function deserves(kind, people, zoom) {
  if (kind === "neighbourhood") return zoom >= 12;
  if (kind === "site") return zoom >= 10.5;
  if (zoom >= 8.5) return true;
  if (zoom >= 7.5) return people > 2e4;
  if (zoom >= 6.5) return people > 6e4;
  return people > 3e5;
}

/**
 * The middle of the widest place where a box fits, in coarse steps; null where none does.
 * @param {View} view
 * @param {Float64Array[]} rings
 * @param {number} width
 * @param {number} height
 */
function roomiest(view, rings, width, height) {
  const step = 6 * view.ratio;
  const coarse = {
    ...view,
    scale: view.scale / step,
    left: view.left / step,
    top: view.top / step,
    width: Math.ceil(view.width / step),
    height: Math.ceil(view.height / step),
  };
  const need = Math.max(1, Math.ceil(height / step));
  const room = new Int16Array(coarse.width);
  /** @type {Int16Array[]} */
  const rows = [];
  const [left, top, right, bottom] = freeBox(view).map((side) => Math.round(side / step));
  scan(coarse, flat(rings), 0, rings.length, (y, from, to) => {
    if (y < top || y >= bottom) return;
    rows[y] ??= new Int16Array(coarse.width);
    rows[y].fill(1, Math.max(left, from), Math.max(left, Math.min(right, to)));
  });
  let best = width / step;
  /** @type {[number, number] | null} */
  let spot = null;
  const middle = coarse.height / 2;
  for (let y = 0; y < coarse.height; y += 1) {
    let run = 0;
    for (let x = 0; x <= coarse.width; x += 1) {
      if (x < coarse.width) room[x] = rows[y]?.[x] ? room[x] + 1 : 0;
      if (x < coarse.width && room[x] >= need) {
        run += 1;
        continue;
      }
      // wide is good, far from the middle of the view less so
      const good = Math.min(run, (width / step) * 2.5) - Math.abs(y - middle) * 0.05;
      if (run * step > width && good > best) {
        best = good;
        spot = [(x - run / 2) * step, (y - need / 2 + 0.5) * step];
      }
      run = 0;
    }
  }
  return spot;
}
