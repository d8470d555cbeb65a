// Owns the range on the time bar: drawn over the bars with a mouse or a finger, its two ends moved by either or by
// keys. A press without a drag goes to its day.

import { h } from "./dom.js";

/** @import { Context, Range } from "./context.js" */

/** CSS pixels that a finger may slip before a press is a drag. */
const SLIP = 4;
/** Days that a key moves an end by; 0: to the end of the record. @type {Record<string, number>} */
const KEYS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };

export class Brush {
  /** @param {Context} context @param {() => void} focus what a press on the bars gives the keys to */
  constructor(context, focus) {
    this.context = context;
    /** @type {AbortController | null} */
    this.dragging = null;
    const { gettext } = context.messages;
    this.area = h("div", { class: "brush", "aria-hidden": "true", hidden: true });
    this.from = this.#handle("from", gettext("Start of the range"));
    this.to = this.#handle("to", gettext("End of the range"));
    this.bars = h("div", {
      class: "bars",
      "aria-hidden": "true",
      pointerdown: (event) => this.#press(/** @type {PointerEvent} */ (event)),
      // else the press would take the focus away from the map, and with it Escape
      mousedown: (event) => {
        event.preventDefault();
        focus();
      },
    });
    this.elements = [this.bars, this.area, this.from, this.to];
  }

  /** @param {"from" | "to"} end @param {string} label */
  #handle(end, label) {
    return h("div", {
      class: `handle ${end}`,
      role: "slider",
      tabindex: 0,
      hidden: true,
      "aria-label": label,
      "aria-valuemin": 0,
      pointerdown: (event) => this.#grab(/** @type {PointerEvent} */ (event), end),
      keydown: (event) => this.#key(/** @type {KeyboardEvent} */ (event), end),
    });
  }

  /** @param {PointerEvent} event @returns {number} the day under it */
  #dayAt({ clientX }) {
    const { left, width } = this.bars.getBoundingClientRect();
    const { replay } = this.context;
    return replay.clamp(((clientX - left) / width) * (replay.days - 1));
  }

  /** @param {PointerEvent} event */
  #press(event) {
    const begun = this.#dayAt(event);
    const { clientX } = event;
    let drawn = false;
    this.#follow(event, {
      moved: (moved) => {
        drawn ||= Math.abs(moved.clientX - clientX) > SLIP;
        if (drawn) this.show(ordered(begun, this.#dayAt(moved)));
      },
      done: (last) => {
        const range = ordered(begun, this.#dayAt(last));
        if (drawn && range.from < range.to) this.context.setRange(range);
        else {
          this.show(this.context.range);
          this.context.seek(begun);
        }
      },
    });
  }

  /** @param {PointerEvent} event @param {"from" | "to"} end */
  #grab(event, end) {
    const { range } = this.context;
    if (!range) return;
    const other = end === "from" ? range.to : range.from;
    let last = range;
    this.#follow(event, {
      moved: (moved) => {
        last = ordered(other, this.#dayAt(moved));
        this.show(last);
      },
      done: () => this.context.setRange(last.from < last.to ? last : range),
    });
  }

  /**
   * @param {PointerEvent} event
   * @param {{moved: (event: PointerEvent) => void, done: (event: PointerEvent) => void}} to
   */
  #follow(event, { moved, done }) {
    if (event.button !== 0 || !event.isPrimary) return;
    this.dragging?.abort();
    this.dragging = new AbortController();
    const { signal } = this.dragging;
    const target = /** @type {HTMLElement} */ (event.currentTarget);
    target.setPointerCapture(event.pointerId);
    target.addEventListener("pointermove", moved, { signal });
    target.addEventListener("pointercancel", () => this.cancel(), { signal });
    target.addEventListener(
      "pointerup",
      (up) => {
        this.dragging?.abort();
        this.dragging = null;
        done(up);
      },
      { signal },
    );
  }

  /** What is being drawn is given up. @returns {boolean} whether something was */
  cancel() {
    if (!this.dragging) return false;
    this.dragging.abort();
    this.dragging = null;
    this.show(this.context.range);
    return true;
  }

  /** @param {KeyboardEvent} event @param {"from" | "to"} end */
  #key(event, end) {
    const { range, replay } = this.context;
    if (!range || event.altKey || event.ctrlKey || event.metaKey) return;
    const days = KEYS[event.key];
    let day = range[end] + (days ?? 0);
    if (event.key === "PageUp") day = replay.monthsFrom(range[end], -1);
    else if (event.key === "PageDown") day = replay.monthsFrom(range[end], 1);
    else if (event.key === "Home") day = 0;
    else if (event.key === "End") day = replay.days - 1;
    else if (days === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    // an end stops a day before the other one: under the same key it must not become it
    const moved = { ...range };
    if (end === "from") moved.from = Math.max(0, Math.min(day, range.to - 1));
    else moved.to = Math.min(replay.days - 1, Math.max(day, range.from + 1));
    this.context.setRange(moved);
  }

  /** @param {Range | null} range */
  show(range) {
    const { replay, words } = this.context;
    for (const element of [this.area, this.from, this.to]) element.hidden = range === null;
    if (!range) return;
    const last = Math.max(1, replay.days - 1);
    this.area.style.left = `${(range.from / last) * 100}%`;
    this.area.style.right = `${(1 - range.to / last) * 100}%`;
    for (const end of /** @type {const} */ (["from", "to"])) {
      const handle = this[end];
      handle.style.left = `${(range[end] / last) * 100}%`;
      handle.setAttribute("aria-valuemax", String(last));
      handle.setAttribute("aria-valuenow", String(range[end]));
      handle.setAttribute("aria-valuetext", words.day(range[end]));
    }
  }
}

/** @param {number} a @param {number} b @returns {Range} */
const ordered = (a, b) => ({ from: Math.min(a, b), to: Math.max(a, b) });
