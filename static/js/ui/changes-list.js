// Owns the list of changes of the day in view, or where it has none the last ones before it, with their date; and
// where a range is chosen, those of the range, in the order of time.

import { changeCard } from "./change-card.js";
import { h, setText } from "./dom.js";

/** @import { ChangeRecord } from "../replay/files.js" */
/** @import { Context, Range } from "./context.js" */

// Cards at first, and how many more at a time.
const AT_FIRST = 30;
// Of a range those up to the day in view come at once, where they are not more than this.
const AT_ONCE = 300;

export class ChangesList {
  /** @param {Context} context */
  constructor(context) {
    const { gettext } = context.messages;
    this.context = context;
    this.heading = h("h2", {}, gettext("Changes"));
    this.note = h("p", { class: "note" });
    this.list = h("ul", { class: "changes" });
    this.element = h(
      "section",
      { class: "changes-panel", "aria-label": gettext("Changes of the day") },
      this.heading,
      this.note,
      h(
        "div",
        { class: "scroll", tabindex: 0, role: "group", "aria-label": gettext("Changes") },
        this.list,
      ),
    );
    /** What the cards are of: a day, or the two ends of a range. */
    this.shown = "";
  }

  /** What is listed may be of an older record, or lack names: list it anew at the next update. */
  forget() {
    this.shown = "";
  }

  /** How many changes the day has, in words. @param {number} day */
  count(day) {
    const [from, to] = this.context.replay.changes.on(day);
    if (from === to) return this.context.messages.gettext("No change");
    return this.#counted(to - from);
  }

  /** @param {number} count */
  #counted(count) {
    const { ngettext, interpolate } = this.context.messages;
    return interpolate(ngettext("%(count)s change", "%(count)s changes", count), { count });
  }

  /** What the list is of; its cards follow by `update`. @param {number} day @returns {number | null} their day */
  head(day) {
    const { range, replay, words, messages } = this.context;
    const { gettext, interpolate } = messages;
    if (range) {
      this.#headOf(range);
      return null;
    }
    const [from, to] = replay.changes.on(day);
    const other = from < to ? day : replay.changes.nearest(day, -1);
    setText(
      this.heading,
      from < to
        ? this.count(day)
        : interpolate(gettext("No change on %(date)s"), { date: words.day(day) }),
    );
    setText(
      this.note,
      other === null || other === day
        ? ""
        : interpolate(gettext("The last before it, on %(date)s:"), { date: words.day(other) }),
    );
    this.#hide(String(other) !== this.shown);
    return other;
  }

  /** @param {Range} range */
  #headOf({ from, to }) {
    const { replay, words, messages } = this.context;
    const { gettext, interpolate } = messages;
    const count = replay.changes.on(to)[1] - replay.changes.on(from)[1];
    setText(this.heading, count ? this.#counted(count) : gettext("No change"));
    const ends = { from: words.day(from), to: words.day(to) };
    setText(
      this.note,
      interpolate(gettext("Between the map of %(from)s and that of %(to)s:"), ends),
    );
    this.#hide(`${from}-${to}` !== this.shown);
  }

  /** Never the cards of one day under the heading of another, nor the date of cards that have not come. @param {boolean} hidden */
  #hide(hidden) {
    this.list.hidden = this.note.hidden = hidden;
  }

  /** @param {number} day */
  async update(day) {
    const { range } = this.context;
    const other = this.head(day);
    const key = range ? `${range.from}-${range.to}` : String(other);
    if (key !== this.shown) {
      this.shown = key;
      this.list.replaceChildren();
      this.list.parentElement?.scrollTo(0, 0);
      if (range) await this.#list(key, range.from + 1, range.to);
      else if (other !== null) await this.#list(key, other, other);
    }
    if (range) this.#point(day);
  }

  /** Cards of the days from `first` to `last`, as many as fit at first. @param {string} key @param {number} first @param {number} last */
  async #list(key, first, last) {
    const { changes, replay, messages } = this.context;
    const { gettext } = messages;
    /** @type {ChangeRecord[]} */
    const records = [];
    try {
      const [from, to] = [replay.changes.on(first)[0], replay.changes.on(this.context.day)[1]];
      const seen = this.context.day <= last && to - from <= AT_ONCE ? to - from : 0;
      const most = Math.max(AT_FIRST, seen);
      let day = replay.changes.nearest(first - 1, 1);
      while (day !== null && day <= last && records.length < most) {
        records.push(...(await changes.on(day)));
        if (this.shown !== key) return;
        day = replay.changes.nearest(day, 1);
      }
      this.#add(records, most, key, day === null || day > last ? null : [day, last]);
    } catch {
      if (this.shown !== key) return;
      this.shown = "";
      const text =
        first === last
          ? gettext("The changes of this day could not be loaded.")
          : gettext("The changes of these days could not be loaded.");
      this.list.append(h("li", { class: "problem", role: "alert" }, text));
    }
    this.#hide(false);
  }

  /**
   * @param {ChangeRecord[]} records @param {number} most @param {string} key
   * @param {[first: number, last: number] | null} further days whose changes have not been asked for
   */
  #add(records, most, key, further) {
    const { gettext, interpolate } = this.context.messages;
    const cards = records.slice(0, most).map((record) => changeCard(this.context, record));
    const rest = records.slice(most);
    if (rest.length || further) {
      const more = async () => {
        row.remove();
        const next = this.list.children.length;
        if (rest.length) this.#add(rest, further ? AT_FIRST : rest.length, key, further);
        else if (further) await this.#list(key, ...further);
        // what was pressed is gone: the first of what it brought has the focus
        this.list.children[next]?.querySelector("a")?.focus();
      };
      const text = further
        ? gettext("Show more")
        : interpolate(gettext("Show %(count)s more"), { count: rest.length });
      const row = h("li", {}, h("button", { type: "button", class: "more", click: more }, text));
      cards.push(row);
    }
    this.list.append(...cards);
  }

  /** Those of the day in view are pointed out among those of the range. @param {number} day */
  #point(day) {
    const iso = this.context.replay.isoOf(day);
    let first = true;
    for (const card of this.list.children) {
      if (!(card instanceof HTMLElement)) continue;
      const here = card.dataset.day === iso;
      if (here) card.setAttribute("aria-current", "date");
      else card.removeAttribute("aria-current");
      if (here && first) {
        const box = this.list.parentElement;
        const top = this.list.getBoundingClientRect().top;
        box?.scrollTo(0, card.getBoundingClientRect().top - top);
        first = false;
      }
    }
  }
}
