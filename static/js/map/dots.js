// Owns the dots: which places have one in a view, and its shape by standing, kept as small pictures.

import { lookOf } from "./looks.js";
import * as palette from "./palette.js";
import { colourOf } from "./patterns.js";
import { QUARTERS_ZOOM } from "./territories.js";
import { worldX, worldY } from "./view.js";

/** @import { Place, Standing } from "../replay/files.js" */
/** @import { Replay } from "../replay/replay.js" */
/** @import { View } from "./view.js" */

/** @typedef {{place: number, x: number, y: number, radius: number}} Dot device pixels */

const SITES_ZOOM = 8.5;

/** @param {Place} place @param {number} zoom in CSS pixels */
function radiusOf(place, zoom) {
  const closer = Math.max(0, Math.min(4, zoom - 7)) * 0.6;
  if (place.kind === "site") return 3.2 + closer * 0.6;
  if (place.kind === "neighbourhood") return 3.6 + Math.max(0, zoom - 11);
  const people = place.population ?? 0;
  return (people > 1e6 ? 6 : people > 2e5 ? 5 : people > 5e4 ? 4.2 : 3.4) + closer;
}

/** @param {string} css @param {number} alpha */
const fade = (css, alpha) => `rgb(from ${css} r g b / ${alpha})`;

export class Dots {
  /** @param {Replay} replay */
  constructor(replay) {
    this.replay = replay;
    this.points = replay.places.map(({ lon, lat }) =>
      lon === null || lat === null ? null : { x: worldX(lon), y: worldY(lat) },
    );
    this.order = replay.places
      .map((_, at) => at)
      .filter((at) => this.points[at])
      .sort((a, b) => (replay.places[b].population ?? 0) - (replay.places[a].population ?? 0));
    /** @type {Dot[]} */
    this.shown = [];
    /** @type {Map<string, HTMLCanvasElement>} */
    this.pictures = new Map();
    /** Device pixels to a CSS pixel of the pictures kept. */
    this.ratio = 0;
  }

  /** @param {View} view */
  setView(view) {
    this.shown = [];
    const apart = 5 * view.ratio;
    /** @type {Set<string>} */
    const taken = new Set();
    for (const at of this.order) {
      const place = this.replay.places[at];
      const point = this.points[at];
      if (!point || !visibleAt(place.kind, view.zoom)) continue;
      const x = point.x * view.scale - view.left;
      const y = point.y * view.scale - view.top;
      if (x < -20 || y < -20 || x > view.width + 20 || y > view.height + 20) continue;
      const spot = `${Math.round(x / apart)},${Math.round(y / apart)}`;
      if (taken.has(spot)) continue;
      taken.add(spot);
      this.shown.push({ place: at, x, y, radius: radiusOf(place, view.zoom) * view.ratio });
    }
    if (this.ratio !== view.ratio) this.pictures.clear();
    this.ratio = view.ratio;
  }

  /** @param {CanvasRenderingContext2D} context @param {View} view */
  draw(context, view) {
    for (let at = this.shown.length - 1; at >= 0; at -= 1) {
      const { place, x, y, radius } = this.shown[at];
      const picture = this.#picture(place, radius, view.ratio);
      context.drawImage(
        picture,
        Math.round(x - picture.width / 2),
        Math.round(y - picture.height / 2),
      );
    }
  }

  /** The place of the nearest dot within reach, or null. @param {number} x @param {number} y @param {number} reach */
  near(x, y, reach) {
    let best = null;
    let least = reach;
    for (const dot of this.shown) {
      const distance = Math.hypot(dot.x - x, dot.y - y) - dot.radius;
      if (distance < least) {
        least = distance;
        best = dot.place;
      }
    }
    return best;
  }

  /** @param {number} place @param {number} radius @param {number} ratio */
  #picture(place, radius, ratio) {
    const standing = this.replay.standingOf(place);
    const square = this.replay.places[place].kind === "site";
    const number = this.replay.standings.shown[place];
    const key = `${number} ${radius} ${square}`;
    let picture = this.pictures.get(key);
    if (!picture) {
      picture = document.createElement("canvas");
      picture.width = picture.height = Math.ceil(radius * 2 + 14 * ratio);
      const context = picture.getContext("2d");
      if (context) this.#paint(context, standing, radius, ratio, square);
      this.pictures.set(key, picture);
    }
    return picture;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Standing} standing
   * @param {number} radius
   * @param {number} ratio
   * @param {boolean} square
   */
  #paint(context, standing, radius, ratio, square) {
    const middle = context.canvas.width / 2;
    context.translate(middle, middle);
    /** @param {number} r */
    const outline = (r) => {
      context.beginPath();
      if (square) context.rect(-r, -r, r * 2, r * 2);
      else context.arc(0, 0, r, 0, Math.PI * 2);
    };
    const { state } = standing;
    if (state === "no_data") radius *= 0.7;
    outline(radius + 1.2 * ratio);
    context.fillStyle = palette.HALO;
    context.fill();
    outline(radius);
    context.save();
    context.clip();
    context.fillStyle = "#fffefb";
    context.fillRect(-radius, -radius, radius * 2, radius * 2);
    const look = lookOf(standing);
    if (look && state !== "unclear") {
      let angle = -Math.PI / 2;
      for (const [actor, share] of look.bands) {
        const [red, green, blue] = colourOf(this.replay.actors, actor);
        context.beginPath();
        context.moveTo(0, 0);
        context.arc(0, 0, radius * 2, angle, angle + share * Math.PI * 2);
        context.fillStyle = `rgb(${red} ${green} ${blue})`;
        context.fill();
        angle += share * Math.PI * 2;
      }
    }
    context.restore();
    outline(radius);
    context.strokeStyle = state === "no_data" ? palette.INK_SOFT : palette.INK;
    context.lineWidth = (state === "no_data" ? 0.9 : 1.1) * ratio;
    context.stroke();
    if (state === "unclear" || standing.disputed) mark(context, radius, ratio);
    if (standing.contests.length) {
      const [red, green, blue] = colourOf(this.replay.actors, standing.contests[0]);
      outline(radius + 2 * ratio);
      context.strokeStyle = `rgb(${red} ${green} ${blue})`;
      context.lineWidth = 2.4 * ratio;
      context.stroke();
      outline(radius + 3.3 * ratio);
      context.strokeStyle = palette.INK;
      context.lineWidth = 0.7 * ratio;
      context.stroke();
    }
    if (standing.besieges.length) {
      outline(radius + 4.8 * ratio);
      context.setLineDash([2.6 * ratio, 1.8 * ratio]);
      context.strokeStyle = palette.INK;
      context.lineWidth = 1.5 * ratio;
      context.stroke();
    }
  }
}

/** @param {CanvasRenderingContext2D} context @param {number} radius @param {number} ratio */
function mark(context, radius, ratio) {
  context.font = `bold ${Math.max(8 * ratio, radius * 1.7)}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineWidth = 2 * ratio;
  context.strokeStyle = fade(palette.OWN_LAND, 1);
  context.strokeText("?", 0, ratio * 0.5);
  context.fillStyle = palette.INK;
  context.fillText("?", 0, ratio * 0.5);
}

/** @param {string} kind @param {number} zoom */
export function visibleAt(kind, zoom) {
  if (kind === "town") return true;
  if (kind === "neighbourhood") return zoom >= QUARTERS_ZOOM;
  return kind === "site" && zoom >= SITES_ZOOM;
}
