// Owns the time bar: the date, play and pause, speed, steps, and a slider over the histogram of the whole war.

import { gettext, interpolate, ngettext } from "../data/messages.js";
import { h, ICONS, icon, setText } from "./dom.js";
import { drawHistogram, years } from "./histogram.js";

/** @import { Context } from "./context.js" */

/** Days a second, and what to call it. @returns {[number, string][]} */
const speeds = () => [
  [2, gettext("2 days a second")],
  [7, gettext("a week a second")],
  [30, gettext("a month a second")],
  [91, gettext("3 months a second")],
];

export class TimeBar {
  /** @param {Context} context */
  constructor(context) {
    this.context = context;
    const { replay } = context;
    /** @param {string} label @param {string} path @param {() => void} run @param {string} name */
    const button = (label, path, run, name) =>
      h(
        "button",
        { type: "button", class: `step ${name}`, title: label, "aria-label": label, click: run },
        icon(path),
      );
    this.playButton = button("", ICONS.play, () => context.togglePlay(), "play");
    this.date = h("span", { class: "date" });
    this.weekday = h("span", { class: "weekday" });
    this.input = h("input", {
      type: "date",
      class: "date-input",
      "aria-label": gettext("Go to a date"),
      min: replay.isoOf(0),
      max: replay.isoOf(replay.days - 1),
      change: () => {
        const day = replay.dayOf(this.input.value);
        if (day !== null) context.seek(day);
      },
    });
    this.speed = h(
      "select",
      {
        class: "speed",
        "aria-label": gettext("Speed"),
        change: () => context.setSpeed(Number(this.speed.value)),
      },
      ...speeds().map(([days, name]) => h("option", { value: days, selected: days === 30 }, name)),
    );
    this.slider = h("input", {
      type: "range",
      class: "slider",
      min: 0,
      max: replay.days - 1,
      step: 1,
      "aria-label": gettext("Date"),
      input: () => context.seek(Number(this.slider.value)),
    });
    this.canvas = h("canvas", { class: "histogram", "aria-hidden": "true" });
    this.needle = h("div", { class: "needle", "aria-hidden": "true" });
    this.axis = h("div", { class: "axis", "aria-hidden": "true" }, ...this.#ticks());
    // Time runs from left to right in every language, as the arrow keys do.
    this.track = h(
      "div",
      { class: "track", dir: "ltr" },
      this.canvas,
      this.axis,
      this.needle,
      this.slider,
    );
    this.element = h(
      "section",
      { class: "time-bar", "aria-label": gettext("Time") },
      h("div", { class: "when" }, this.date, this.weekday),
      h(
        "div",
        { class: "transport", dir: "ltr" },
        button(
          gettext("Previous change (Shift+←)"),
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
          gettext("Next change (Shift+→)"),
          ICONS.changeOn,
          () => context.stepChange(1),
          "change-on",
        ),
      ),
      h("div", { class: "settings" }, this.speed, this.input),
      this.track,
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
    this.input.max = replay.isoOf(replay.days - 1);
    this.slider.max = String(replay.days - 1);
    this.axis.replaceChildren(...this.#ticks());
    this.resized();
  }

  resized() {
    drawHistogram(this.canvas, this.context.replay);
    this.track.classList.toggle("tight", this.track.clientWidth < 620);
  }

  /** @param {number} day @param {boolean} playing */
  update(day, playing) {
    const { replay, words } = this.context;
    setText(this.date, words.day(day));
    // moved, not laid out: it spans the track, and lies a part of that width aside
    this.needle.style.transform = `translateX(${(day / Math.max(1, replay.days - 1)) * 100}%)`;
    this.slider.value = String(day);
    this.input.value = replay.isoOf(day);
    if (!playing) setText(this.weekday, words.weekdayOf(day));
  }

  /** The slider in words, for those who hear it: when the date has come to rest. @param {number} day */
  say(day) {
    const { replay, words } = this.context;
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
    const label = playing ? gettext("Pause (space)") : gettext("Play (space)");
    this.playButton.replaceChildren(icon(playing ? ICONS.pause : ICONS.play));
    this.playButton.title = label;
    this.playButton.setAttribute("aria-label", label);
    this.element.classList.toggle("playing", playing);
  }
}
