// Owns the picture of changes over the whole war: bars by month, or week where there is room, stacked by who
// gained. Heights go by the square root, so that the first day's baselines do not flatten the rest.

import { NOBODY } from "../map/looks.js";
import { css } from "../map/palette.js";
import { colourOf } from "../map/patterns.js";

/** @import { Replay } from "../replay/replay.js" */

/** @param {HTMLCanvasElement} canvas @param {Replay} replay */
export function drawHistogram(canvas, replay) {
  const { width, height } = canvas.getBoundingClientRect();
  const context = canvas.getContext("2d");
  if (!context || !width || !height) return;
  const ratio = Math.min(globalThis.devicePixelRatio || 1, 3);
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
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
    const whole = Math.min(1, Math.sqrt(bin.total / most)) * (canvas.height - 2);
    let bottom = canvas.height;
    for (const [actor, times] of [...bin.byActor].sort((a, b) => a[0] - b[0])) {
      const part = (whole * times) / bin.total;
      context.fillStyle = css(colourOf(replay.actors, Math.max(NOBODY, actor)));
      context.fillRect(left, bottom - part, Math.max(1, right - left - gap), part);
      bottom -= part;
    }
  }
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
