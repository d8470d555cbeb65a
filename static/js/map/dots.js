// Owns the dots: which places have one in a view, and its shape by standing, kept as small pictures.

import { lookOf } from "./looks.js";
import { css, palette } from "./palette.js";
import { colourOf } from "./patterns.js";
import { QUARTERS_ZOOM } from "./scene.js";
import { worldX, worldY } from "./view.js";

/** @import { Place, Standing } from "../replay/files.js" */
/** @import { Replay } from "../replay/replay.js" */
/** @import { View } from "./view.js" */

/**
 * Device pixels; `reach`: nothing of it lies further from (x, y).
 * @typedef {{place: number, x: number, y: number, radius: number, reach: number, site: boolean}} Dot
 * @typedef {{size: number, pixels: Uint32Array}} Sprite size × size, about the middle
 */

const SITES_ZOOM = 8.5;
/** In one view: the largest places first. What has no dot has its fill, and is found by it. */
const MOST = 600;
/** Of what is drawn round a dot, in CSS pixels. */
const ROUND = 7;

/** @param {Place} place @param {number} zoom in CSS pixels */
function radiusOf(place, zoom) {
  const closer = Math.max(0, Math.min(4, zoom - 7)) * 0.6;
  if (place.kind === "site") return 3.2 + closer * 0.6;
  if (place.kind === "neighbourhood") return 3.6 + Math.max(0, zoom - 11);
  const people = place.population ?? 0;
  return (people > 1e6 ? 6 : people > 2e5 ? 5 : people > 5e4 ? 4.2 : 3.4) + closer;
}

/**
 * Among equals, as where nobody's population is known: an order that takes some from all over the list, and so over
 * the map, where there is room for a part. By multiples of the golden ratio; events/replay/ground.py has the same.
 * @param {number} at
 */
const spread = (at) => Math.imul(at + 1, 0x9e3779b1) >>> 0;

export class Dots {
  /** @param {Replay} replay */
  constructor(replay) {
    this.replay = replay;
    const count = replay.places.length;
    this.x = new Float64Array(count);
    this.y = new Float64Array(count);
    this.people = new Float64Array(count);
    /** Those that can have a dot, the largest first. */
    this.order = Int32Array.from(
      replay.places.flatMap((place, at) => {
        const { lon, lat, kind } = place;
        if (lon === null || lat === null || !visibleAt(kind, Number.POSITIVE_INFINITY)) return [];
        this.x[at] = worldX(lon);
        this.y[at] = worldY(lat);
        this.people[at] = place.population ?? 0;
        return [at];
      }),
    ).sort((a, b) => this.people[b] - this.people[a] || spread(a) - spread(b));
    /** @type {Map<string, Sprite>} */
    this.sprites = new Map();
    /** By number of the standing. @type {string[]} */
    this.faces = [];
    this.sheet = document.createElement("canvas");
    this.context = this.sheet.getContext("2d", { willReadFrequently: true });
    /** Device pixels to a CSS pixel of the sprites kept. */
    this.ratio = 0;
  }

  /** Colours or ratio are others: sprites are painted anew. @param {number} ratio */
  reset(ratio) {
    this.ratio = ratio;
    this.sprites.clear();
  }

  /** Those of a view, most important first. @param {View} view @returns {Dot[]} */
  inView(view) {
    const { ratio } = view;
    /** @type {Dot[]} */
    const shown = [];
    const apart = 5 * ratio;
    const beside = 20 * ratio;
    /** @type {Set<number>} */
    const taken = new Set();
    for (const at of this.order) {
      const x = this.x[at] * view.scale - view.left;
      const y = this.y[at] * view.scale - view.top;
      if (x < -beside || y < -beside || x > view.width + beside || y > view.height + beside)
        continue;
      const place = this.replay.places[at];
      if (!visibleAt(place.kind, view.zoom)) continue;
      const spot = Math.round(x / apart) * 65536 + Math.round(y / apart);
      if (taken.has(spot)) continue;
      taken.add(spot);
      const radius = radiusOf(place, view.zoom) * ratio;
      const reach = Math.ceil(radius + (ROUND + 1) * ratio);
      shown.push({ place: at, x, y, radius, reach, site: place.kind === "site" });
      if (shown.length === MOST) break;
    }
    return shown;
  }

  /** Its picture at the replay's date. @param {Dot} dot */
  sprite({ place, radius, site }) {
    const number = this.replay.standings.shown[place];
    const key = `${this.#faceOf(number)} ${radius} ${site}`;
    let sprite = this.sprites.get(key);
    if (!sprite) {
      sprite = this.#paint(this.replay.table.rows[number], radius, this.ratio, site);
      this.sprites.set(key, sprite);
    }
    return sprite;
  }

  /** Equal for standings that look alike. @param {number} number of the standing */
  #faceOf(number) {
    let face = this.faces[number];
    if (face === undefined) {
      const standing = this.replay.table.rows[number];
      const { state, disputed, contests, besieges } = standing;
      const key = lookOf(standing)?.key;
      face = [state, key, disputed, contests[0], besieges.length > 0].join();
      this.faces[number] = face;
    }
    return face;
  }

  /**
   * @param {Standing} standing
   * @param {number} radius
   * @param {number} ratio
   * @param {boolean} square
   * @returns {Sprite}
   */
  #paint(standing, radius, ratio, square) {
    const size = Math.ceil(radius * 2 + ROUND * 2 * ratio);
    const { sheet, context } = this;
    sheet.width = sheet.height = size;
    if (!context) throw new Error("This browser cannot draw: no 2D canvas.");
    context.translate(size / 2, size / 2);
    /** @param {number} r */
    const outline = (r) => {
      context.beginPath();
      if (square) context.rect(-r, -r, r * 2, r * 2);
      else context.arc(0, 0, r, 0, Math.PI * 2);
    };
    const { state } = standing;
    if (state === "no_data") radius *= 0.7;
    outline(radius + 1.2 * ratio);
    context.fillStyle = palette.halo;
    context.fill();
    outline(radius);
    context.save();
    context.clip();
    context.fillStyle = palette.paper;
    context.fillRect(-radius, -radius, radius * 2, radius * 2);
    const look = lookOf(standing);
    if (look && state !== "unclear") {
      let angle = -Math.PI / 2;
      for (const [actor, share] of look.bands) {
        context.beginPath();
        context.moveTo(0, 0);
        context.arc(0, 0, radius * 2, angle, angle + share * Math.PI * 2);
        context.fillStyle = css(colourOf(this.replay.actors, actor));
        context.fill();
        angle += share * Math.PI * 2;
      }
    }
    context.restore();
    outline(radius);
    context.strokeStyle = state === "no_data" ? palette.inkSoft : palette.ink;
    context.lineWidth = (state === "no_data" ? 0.9 : 1.1) * ratio;
    context.stroke();
    if (state === "unclear" || standing.disputed) mark(context, radius, ratio);
    if (standing.contests.length) {
      outline(radius + 2 * ratio);
      context.strokeStyle = css(colourOf(this.replay.actors, standing.contests[0]));
      context.lineWidth = 2.4 * ratio;
      context.stroke();
      outline(radius + 3.3 * ratio);
      context.strokeStyle = palette.ink;
      context.lineWidth = 0.7 * ratio;
      context.stroke();
    }
    if (standing.besieges.length) {
      outline(radius + 4.8 * ratio);
      context.setLineDash([2.6 * ratio, 1.8 * ratio]);
      context.strokeStyle = palette.ink;
      context.lineWidth = 1.5 * ratio;
      context.stroke();
    }
    const { data } = context.getImageData(0, 0, size, size);
    return { size, pixels: new Uint32Array(data.buffer) };
  }
}

/**
 * The place of the nearest dot within reach, or null.
 * @param {Dot[]} dots @param {number} x @param {number} y @param {number} reach
 */
export function nearest(dots, x, y, reach) {
  let best = null;
  let least = reach;
  for (const dot of dots) {
    const distance = Math.hypot(dot.x - x, dot.y - y) - dot.radius;
    if (distance < least) {
      least = distance;
      best = dot.place;
    }
  }
  return best;
}

/** @param {CanvasRenderingContext2D} context @param {number} radius @param {number} ratio */
function mark(context, radius, ratio) {
  context.font = `bold ${Math.max(8 * ratio, radius * 1.7)}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineWidth = 2 * ratio;
  context.strokeStyle = palette.ownLand;
  context.strokeText("?", 0, ratio * 0.5);
  context.fillStyle = palette.ink;
  context.fillText("?", 0, ratio * 0.5);
}

/** @param {string} kind @param {number} zoom */
export function visibleAt(kind, zoom) {
  if (kind === "town") return true;
  if (kind === "neighbourhood") return zoom >= QUARTERS_ZOOM;
  return kind === "site" && zoom >= SITES_ZOOM;
}
