// Owns the picture of changes over the whole war: bars by month, or week where there is room, stacked by who
// gained. Heights go by the square root, so that the first day's baselines do not flatten the rest. Above them the
// days of what is followed, below them the spells in which places were changing hands.

import { NOBODY } from "../map/looks.js";
import { css, palette } from "../map/palette.js";
import { colourOf } from "../map/patterns.js";
import { spellsOfDoubt } from "../replay/turns.js";

/** @import { Replay } from "../replay/replay.js" */

/**
 * `actor`: whose gains stand out, the others faint; `turns`: days marked above the bars.
 * @typedef {{actor: number | null, turns: number[]}} Shown
 */

// CSS pixels of the two lanes, and how faint what does not stand out is.
const [TURNS, DOUBT] = [6, 5];
const FAINT = 0.28;

/** @param {HTMLCanvasElement} canvas @param {Replay} replay @param {Shown} shown */
export function drawHistogram(canvas, replay, shown) {
  const { width, height } = canvas.getBoundingClientRect();
  const context = canvas.getContext("2d");
  if (!context || !width || !height) return;
  const ratio = Math.min(globalThis.devicePixelRatio || 1, 3);
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const [top, bottom] = [TURNS, height - DOUBT].map((y) => Math.round(y * ratio));
  drawBars(context, replay, shown.actor, { top, bottom, ratio, width });
  drawTurns(context, replay, shown.turns, top, ratio);
  drawDoubt(context, replay, bottom, ratio);
}

/**
 * @param {CanvasRenderingContext2D} context @param {Replay} replay @param {number | null} actor
 * @param {{top: number, bottom: number, ratio: number, width: number}} box in device pixels, its width in CSS pixels
 */
function drawBars(context, replay, actor, { top, bottom: ground, ratio, width }) {
  const { canvas } = context;
  const unit = width / (replay.days / 7) > 3.5 ? "week" : "month";
  const bins = replay.changes.histogram(unit, replay.startDay, replay.days);
  const totals = bins.map((bin) => bin.total).sort((a, b) => a - b);
  // The few highest are cut off rather than setting the scale.
  const most = Math.max(4, totals[Math.floor((totals.length - 1) * 0.985)] ?? 4);
  for (const bin of bins) {
    if (!bin.total) continue;
    const left = Math.round((bin.from / replay.days) * canvas.width);
    const right = Math.round((bin.to / replay.days) * canvas.width);
    const gap = right - left > 4 * ratio ? Math.round(ratio) : right - left > 2 ? 1 : 0;
    const whole = Math.min(1, Math.sqrt(bin.total / most)) * (ground - top);
    let bottom = ground;
    // who is followed stands on the ground, where heights can be compared
    const parts = [...bin.byActor].sort(
      (a, b) => Number(b[0] === actor) - Number(a[0] === actor) || a[0] - b[0],
    );
    for (const [one, times] of parts) {
      const part = (whole * times) / bin.total;
      context.globalAlpha = actor === null || actor === one ? 1 : FAINT;
      context.fillStyle = css(colourOf(replay.actors, Math.max(NOBODY, one)));
      context.fillRect(left, bottom - part, Math.max(1, right - left - gap), part);
      bottom -= part;
    }
  }
  context.globalAlpha = 1;
}

/**
 * A wedge that points at each day.
 * @param {CanvasRenderingContext2D} context @param {Replay} replay @param {number[]} days
 * @param {number} height @param {number} ratio
 */
function drawTurns(context, replay, days, height, ratio) {
  const { width } = context.canvas;
  const half = 2.5 * ratio;
  context.fillStyle = palette.ink;
  context.beginPath();
  for (const day of days) {
    const x = (day / Math.max(1, replay.days - 1)) * width;
    context.moveTo(x - half, 0);
    context.lineTo(x + half, 0);
    context.lineTo(x, height - ratio);
  }
  context.fill();
}

/**
 * A dashed line over the days on which some place was changing hands: the dates are no more exact than that.
 * @param {CanvasRenderingContext2D} context @param {Replay} replay @param {number} top @param {number} ratio
 */
function drawDoubt(context, replay, top, ratio) {
  const { width } = context.canvas;
  context.strokeStyle = palette.inkSoft;
  context.lineWidth = 2 * ratio;
  context.setLineDash([2 * ratio, ratio]);
  context.beginPath();
  for (const [from, to] of merged(spellsOfDoubt(replay))) {
    const [left, right] = [from, to].map((day) => (day / replay.days) * width);
    context.moveTo(left, top + 3 * ratio);
    context.lineTo(Math.max(right, left + 2 * ratio), top + 3 * ratio);
  }
  context.stroke();
  context.setLineDash([]);
}

/** @param {[number, number][]} spells by their beginning @returns {[number, number][]} what overlaps as one */
function merged(spells) {
  /** @type {[number, number][]} */
  const found = [];
  for (const [from, to] of spells) {
    const last = found.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else found.push([from, to]);
  }
  return found;
}

/**
 * The first day of each year, for the axis.
 * @param {Replay} replay
 * @returns {[year: number, day: number][]}
 */
export function years(replay) {
  const first = Number(replay.isoOf(0).slice(0, 4));
  const last = Number(replay.isoOf(replay.days - 1).slice(0, 4));
  /** @type {[number, number][]} */
  const found = [];
  for (let year = first + 1; year <= last; year += 1) {
    found.push([year, replay.dayOf(`${year}-01-01`) ?? 0]);
  }
  return found;
}
