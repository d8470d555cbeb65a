// Owns the row of the time bar that says which range is chosen: its two dates to type, the comparison, and its end.

import { DateField } from "./date-field.js";
import { h, ICONS, icon } from "./dom.js";

/** @import { Context, Range } from "./context.js" */

export class RangeRow {
  /** @param {Context} context */
  constructor(context) {
    const { gettext } = context.messages;
    this.context = context;
    this.from = new DateField(context, {
      label: gettext("Start of the range"),
      name: "range-date",
      chosen: (day) => this.#move("from", day),
    });
    this.to = new DateField(context, {
      label: gettext("End of the range"),
      name: "range-date",
      end: "last",
      chosen: (day) => this.#move("to", day),
    });
    const compare = gettext("Compare the two dates");
    const about = { title: compare, "aria-label": compare };
    this.compare = h("a", { class: "compare", ...about }, gettext("Compare"));
    const clear = gettext("Clear the range (Esc)");
    this.element = h(
      "div",
      { class: "range-row", role: "group", "aria-label": gettext("Range"), hidden: true },
      this.from.element,
      h("span", { "aria-hidden": "true" }, "–"),
      this.to.element,
      h(
        "button",
        {
          type: "button",
          class: "step clear",
          title: clear,
          "aria-label": clear,
          click: () => context.setRange(null),
        },
        icon(ICONS.close),
      ),
      this.compare,
    );
  }

  /** An end typed beyond the other one takes it along. @param {"from" | "to"} end @param {number} day */
  #move(end, day) {
    const { range, replay } = this.context;
    if (!range) return;
    const { days } = replay;
    if (end === "from") {
      const from = Math.min(day, days - 2);
      this.context.setRange({ from, to: Math.max(range.to, from + 1) });
    } else {
      const to = Math.max(day, 1);
      this.context.setRange({ from: Math.min(range.from, to - 1), to });
    }
  }

  /** @param {Range | null} range */
  show(range) {
    this.element.hidden = range === null;
    if (!range) return;
    const { context } = this;
    this.from.show(range.from);
    this.to.show(range.to);
    this.compare.href = compareLink(context, range).href;
  }
}

/** The page that sets two dates side by side, as known when this map is. @param {Context} context @param {Range} range */
export function compareLink({ manifest, address, replay, known }, { from, to }) {
  // beside the places' pages, wherever those are: the manifest may lie on another host
  const place = new URL(manifest.links.place.replace("{slug}", "x"), address);
  const url = new URL("../../compare/", place);
  url.searchParams.set("from", replay.isoOf(from));
  url.searchParams.set("to", replay.isoOf(to));
  if (known) url.searchParams.set("known", known);
  return url;
}
