// Owns the strip that shows who held a place over the whole war, and the same as a list for those who hear it.

import { lookOf } from "../map/looks.js";
import { h } from "./dom.js";

/** @import { Standing } from "../replay/files.js" */
/** @import { Context } from "./context.js" */

const HEIGHT = 26;

/** One after another that read alike are one. @param {[number, Standing][]} series */
function joined(series) {
  /** @type {[number, Standing][]} */
  const found = [];
  for (const [day, standing] of series) {
    const last = found.at(-1);
    if (last && lookOf(last[1])?.key === lookOf(standing)?.key) continue;
    found.push([day, standing]);
  }
  return found;
}

export class OwnershipBar {
  /** @param {Context} context @param {number} place */
  constructor(context, place) {
    this.context = context;
    this.series = joined(context.replay.seriesOf(place));
    this.canvas = h("canvas", { class: "strip", "aria-hidden": "true" });
    this.needle = h("div", { class: "needle", "aria-hidden": "true" });
    const { replay, words, messages } = context;
    const items = this.series.map(([day, standing]) =>
      h(
        "li",
        {},
        messages.interpolate(messages.gettext("From %(date)s: %(standing)s"), {
          date: words.day(day),
          standing: words.holding(standing),
        }),
      ),
    );
    this.element = h(
      "div",
      { class: "ownership" },
      h(
        "div",
        {
          class: "strip-track",
          dir: "ltr",
          click: (event) => this.#seek(/** @type {MouseEvent} */ (event)),
        },
        this.canvas,
        this.needle,
      ),
      h(
        "div",
        { class: "strip-ends", dir: "ltr", "aria-hidden": "true" },
        h("span", {}, replay.isoOf(0).slice(0, 4)),
        h("span", {}, replay.isoOf(replay.days - 1).slice(0, 4)),
      ),
      h("ol", { class: "visually-hidden" }, ...items),
    );
    // On a phone the panel opens after it was filled: the strip is drawn as soon as it has a width.
    new ResizeObserver(() => this.draw()).observe(this.canvas);
  }

  /** @param {MouseEvent} event */
  #seek(event) {
    const { left, width } = this.canvas.getBoundingClientRect();
    this.context.seek(((event.clientX - left) / width) * (this.context.replay.days - 1));
  }

  draw() {
    const { swatches, replay } = this.context;
    const width = this.canvas.parentElement?.clientWidth ?? 0;
    const context = this.canvas.getContext("2d");
    if (!width || !context) return;
    this.canvas.width = Math.round(width * swatches.ratio);
    this.canvas.height = Math.round(HEIGHT * swatches.ratio);
    this.series.forEach(([day, standing], at) => {
      const look = lookOf(standing);
      const end = this.series[at + 1]?.[0] ?? replay.days;
      const x = (day / replay.days) * width;
      if (look)
        swatches.fill(context, look, false, [x, 0, ((end - day) / replay.days) * width, HEIGHT]);
    });
  }

  /** @param {number} day */
  update(day) {
    this.needle.style.left = `${(day / Math.max(1, this.context.replay.days - 1)) * 100}%`;
  }
}
