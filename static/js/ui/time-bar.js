// Owns the time bar: the date, play and pause, speed, steps, what is followed, and a slider under the histogram of
// the whole war, over which a range can be drawn.

import { Brush } from "./brush.js";
import { DateField } from "./date-field.js";
import { h, ICONS, icon, setText } from "./dom.js";
import { Follow } from "./follow.js";
import { drawHistogram, years } from "./histogram.js";
import { RangeRow } from "./range-row.js";

/** @import { Messages } from "../data/messages.js" */
/** @import { Context, Followed, Range } from "./context.js" */

/** Days a second, and what to call it. @param {Messages} messages @returns {[number, string][]} */
const speeds = ({ gettext }) => [
  [2, gettext("2 days a second")],
  [7, gettext("a week a second")],
  [30, gettext("a month a second")],
  [91, gettext("3 months a second")],
];

export class TimeBar {
  /** @param {Context} context @param {HTMLElement} clock beside the weekday @param {() => void} help what its button opens */
  constructor(context, clock, help) {
    this.context = context;
    const { replay, messages } = context;
    const { gettext } = messages;
    /** @param {string} label @param {string} path @param {() => void} run @param {string} name */
    const button = (label, path, run, name) =>
      h(
        "button",
        { type: "button", class: `step ${name}`, title: label, "aria-label": label, click: run },
        icon(path),
      );
    this.playButton = button("", ICONS.play, () => context.togglePlay(), "play");
    this.date = new DateField(context, {
      label: gettext("Date"),
      name: "date",
      chosen: (day) => context.seek(day),
    });
    this.weekday = h("span", { class: "weekday" });
    this.speed = h(
      "select",
      {
        class: "speed",
        "aria-label": gettext("Speed"),
        change: () => context.setSpeed(Number(this.speed.value)),
      },
      ...speeds(messages).map(([days, name]) =>
        h("option", { value: days, selected: days === 30 }, name),
      ),
    );
    this.slider = h("input", {
      type: "range",
      class: "slider",
      min: 0,
      max: replay.days - 1,
      step: 1,
      "aria-label": gettext("Time"),
      input: () => context.seek(Number(this.slider.value)),
    });
    this.brush = new Brush(context, () => this.slider.focus({ preventScroll: true }));
    this.rangeRow = new RangeRow(context);
    this.follow = new Follow(context);
    this.rangeButton = h(
      "button",
      {
        type: "button",
        class: "setting",
        "aria-pressed": "false",
        title: gettext("Choose a range: drag over the bars, or hold Shift with the arrow keys"),
        click: () => context.setRange(context.range ? null : this.#monthRound(context.day)),
      },
      gettext("Range"),
    );
    this.canvas = h("canvas", { class: "histogram", "aria-hidden": "true" });
    this.needle = h("div", { class: "needle", "aria-hidden": "true" });
    this.axis = h("div", { class: "axis", "aria-hidden": "true" }, ...this.#ticks());
    // Time runs from left to right in every language, as the arrow keys do.
    this.track = h(
      "div",
      { class: "track", dir: "ltr" },
      this.canvas,
      this.axis,
      this.slider,
      ...this.brush.elements,
      this.needle,
    );
    this.element = h(
      "section",
      { class: "time-bar", "aria-label": gettext("Time") },
      h(
        "div",
        { class: "when" },
        this.date.element,
        h("div", { class: "under" }, this.weekday, " ", clock),
      ),
      h(
        "div",
        { class: "transport", dir: "ltr" },
        button(
          gettext("Previous change (P)"),
          ICONS.changeBack,
          () => context.stepChange(-1),
          "change-back",
        ),
        button(
          gettext("Day before (←)"),
          ICONS.dayBack,
          () => context.seek(context.day - 1),
          "day-back",
        ),
        this.playButton,
        button(
          gettext("Day after (→)"),
          ICONS.dayOn,
          () => context.seek(context.day + 1),
          "day-on",
        ),
        button(
          gettext("Next change (N)"),
          ICONS.changeOn,
          () => context.stepChange(1),
          "change-on",
        ),
      ),
      h(
        "div",
        { class: "settings" },
        this.speed,
        h(
          "div",
          { class: "row" },
          this.rangeButton,
          h(
            "button",
            {
              type: "button",
              class: "setting helps",
              title: gettext("Keys and gestures (?)"),
              click: help,
            },
            gettext("Help"),
          ),
        ),
        this.follow.element,
      ),
      this.track,
      this.rangeRow.element,
    );
    this.showPlaying(false);
  }

  #ticks() {
    const { replay } = this.context;
    return years(replay).map(([year, day]) => {
      const tick = h("span", { class: "tick" }, String(year));
      tick.style.left = `${(day / (replay.days - 1)) * 100}%`;
      return tick;
    });
  }

  /** There is more of the record than before: days, changes or both. */
  extended() {
    const { replay } = this.context;
    this.slider.max = String(replay.days - 1);
    this.axis.replaceChildren(...this.#ticks());
    this.follow.refresh();
    this.resized();
  }

  /** From a month before the day to the day, or from the first day on. @param {number} day @returns {Range} */
  #monthRound(day) {
    const { replay } = this.context;
    const from = replay.monthsFrom(day, -1);
    return { from, to: Math.max(day, from + 1) };
  }

  /** @param {Range | null} range */
  showRange(range) {
    this.brush.show(range);
    this.rangeRow.show(range);
    this.rangeButton.setAttribute("aria-pressed", String(range !== null));
    this.element.classList.toggle("with-range", range !== null);
  }

  /** @param {Followed | null} followed */
  showFollowed(followed) {
    this.follow.show(followed);
    this.resized();
  }

  resized() {
    const { followed, days } = this.follow;
    const actor = followed?.kind === "actor" ? followed.at : null;
    drawHistogram(this.canvas, this.context.replay, { actor, turns: days });
    this.track.classList.toggle("tight", this.track.clientWidth < 620);
  }

  /** @param {number} day @param {boolean} playing */
  update(day, playing) {
    const { replay, words } = this.context;
    this.date.show(day);
    this.follow.update(day);
    // moved, not laid out: it spans the track, and lies a part of that width aside
    this.needle.style.transform = `translateX(${(day / Math.max(1, replay.days - 1)) * 100}%)`;
    this.slider.value = String(day);
    if (!playing) setText(this.weekday, words.weekdayOf(day));
  }

  /** The slider in words, for those who hear it: when the date has come to rest. @param {number} day */
  say(day) {
    const { replay, words } = this.context;
    const { gettext, ngettext, interpolate } = this.context.messages;
    const [from, to] = replay.changes.on(day);
    const count = ngettext("%(count)s change", "%(count)s changes", to - from);
    const text = interpolate(gettext("%(date)s, %(changes)s"), {
      date: words.day(day),
      changes: to === from ? gettext("no change") : interpolate(count, { count: to - from }),
    });
    this.slider.setAttribute("aria-valuetext", text);
  }

  /** @param {boolean} playing */
  showPlaying(playing) {
    const { gettext } = this.context.messages;
    const label = playing ? gettext("Pause (space)") : gettext("Play (space)");
    this.playButton.replaceChildren(icon(playing ? ICONS.pause : ICONS.play));
    this.playButton.title = label;
    this.playButton.setAttribute("aria-label", label);
    this.element.classList.toggle("playing", playing);
  }
}
