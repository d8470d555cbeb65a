// Owns the base map, drawn from our own data: sea and land below the fill; water, rivers and outlines above.
// A conflict that was given no land has no sea either: paper, and its own outlines on it.
// Drawing is by steps (generators), as building a view is.

import { palette } from "./palette.js";
import { pathOf, worldLine } from "./view.js";

/** @import { Geometry } from "../replay/geometry.js" */
/** @import { Replay } from "../replay/replay.js" */
/** @import { View } from "./view.js" */

/** @typedef {ReturnType<typeof linesOf>} Lines above the fill, which a first map is painted without */

export class Base {
  /** @type {Lines | null} */
  #lines = null;

  /** @param {Replay} replay @param {Geometry} geometry */
  constructor(replay, geometry) {
    this.replay = replay;
    this.geometry = geometry;
    this.lands = geometry.base.land.map((one) => ({ ...one, rings: world(one.rings, geometry) }));
    continueBeyond(this.lands.flatMap(({ rings }) => rings));
    this.outlines = this.lands.length ? [] : outlinesOf(replay, geometry);
  }

  /** What is seen where no land is known to be: a sea, or nothing known. */
  get paper() {
    if (this.lands.length) return palette.sea;
    return this.outlines.length ? palette.land : palette.ownLand;
  }

  get lines() {
    this.#lines ??= linesOf(this.replay, this.geometry);
    return this.#lines;
  }

  /** @param {CanvasRenderingContext2D} context a clear one @param {View} view @param {boolean} clear where tiles lie below */
  *drawGround(context, view, clear) {
    if (clear) return;
    context.fillStyle = this.paper;
    context.fillRect(0, 0, view.width, view.height);
    context.lineJoin = "round";
    for (const own of [false, true]) {
      for (const land of [...this.lands, ...this.outlines]) {
        if (land.own !== own) continue;
        const path = pathOf(view, land.rings, true);
        context.fillStyle = own ? palette.ownLand : palette.land;
        context.fill(path, "evenodd");
        context.strokeStyle = palette.landBorder;
        context.lineWidth = 0.8 * view.ratio;
        context.stroke(path);
        yield;
      }
    }
  }

  /** @param {CanvasRenderingContext2D} context a clear one @param {View} view */
  *drawOver(context, view) {
    context.lineJoin = context.lineCap = "round";
    const { ratio } = view;
    const { rivers, waters, provinces, countries } = this.lines;
    yield;
    for (const river of rivers) {
      const path = pathOf(view, river.lines, false);
      context.strokeStyle = palette.riverCasing;
      context.lineWidth = 3.2 * ratio;
      context.stroke(path);
      context.setLineDash(river.schematic ? [7 * ratio, 2.5 * ratio] : []);
      context.strokeStyle = palette.river;
      context.lineWidth = 1.7 * ratio;
      context.stroke(path);
      context.setLineDash([]);
      yield;
    }
    for (const water of waters) {
      const path = pathOf(view, water.rings, true);
      context.fillStyle = palette.water;
      context.fill(path, "evenodd");
      context.strokeStyle = palette.river;
      context.lineWidth = 0.8 * ratio;
      context.stroke(path);
    }
    context.strokeStyle = palette.provinceBorder;
    context.lineWidth = 0.9 * ratio;
    context.setLineDash([4 * ratio, 3 * ratio]);
    for (const { rings } of provinces) {
      context.stroke(pathOf(view, rings, true));
      yield;
    }
    context.setLineDash([]);
    context.strokeStyle = palette.ownBorder;
    context.lineWidth = 1.4 * ratio;
    for (const { rings } of countries) context.stroke(pathOf(view, rings, true));
  }
}

/** @param {ArrayLike<number>[]} lines @param {Geometry} geometry */
function world(lines, { scale }) {
  return lines.map((line) => worldLine(line, scale));
}

/** @param {Replay} replay @param {Geometry} geometry @param {string} kind */
function areasOf(replay, geometry, kind) {
  return geometry
    .areasOf((place) => replay.places[place].kind === kind)
    .map(([place, rings]) => ({ place, rings: world(rings, geometry) }));
}

/** The conflict's own ground, as far as its gazetteer outlines it. @param {Replay} replay @param {Geometry} geometry */
function outlinesOf(replay, geometry) {
  const countries = areasOf(replay, geometry, "country");
  const found = countries.length ? countries : areasOf(replay, geometry, "province");
  return found.map(({ rings }) => ({ own: true, rings }));
}

/** @param {Replay} replay @param {Geometry} geometry */
function linesOf(replay, geometry) {
  const { water, rivers } = geometry.base;
  return {
    waters: water.map((one) => ({ ...one, rings: world(one.rings, geometry) })),
    rivers: rivers.map((one) => ({ ...one, lines: world(one.lines, geometry) })),
    provinces: areasOf(replay, geometry, "province"),
    countries: areasOf(replay, geometry, "country"),
  };
}

const EDGE = 3e-7; // of the unit square: a tenth of a thousandth of a degree
const FAR = 0.25;

/**
 * Land is cut at the window of our data. Where it is, it goes on outward instead of ending in a sea that is
 * not there: points on a cut are moved far out, in place.
 * @param {Float64Array[]} rings
 */
function continueBeyond(rings) {
  for (const axis of [0, 1]) {
    for (const sign of [-1, 1]) {
      let edge = -Infinity;
      for (const ring of rings) {
        for (let at = axis; at < ring.length; at += 2) edge = Math.max(edge, ring[at] * sign);
      }
      /** @param {Float64Array} ring @param {number} at */
      const on = (ring, at) => edge - ring[at % ring.length] * sign < EDGE;
      for (const ring of rings) {
        /** @type {number[]} */
        const cut = [];
        for (let at = axis; at < ring.length; at += 2) {
          const along = on(ring, at + 2) || on(ring, at + ring.length - 2);
          if (on(ring, at) && along) cut.push(at);
        }
        for (const at of cut) ring[at] += FAR * sign;
      }
    }
  }
}
