// Owns the list of changes of the day in view; where it has none, the last ones before it, with their date.

import { gettext, interpolate, ngettext } from "../data/messages.js";
import { changeCard } from "./change-card.js";
import { h, setText } from "./dom.js";

/** @import { ChangeRecord } from "../replay/files.js" */
/** @import { Context } from "./context.js" */

const AT_FIRST = 30;

export class ChangesList {
  /** @param {Context} context */
  constructor(context) {
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
    this.shown = -1;
  }

  /** What is listed may be of an older record, or lack names: list it anew at the next update. */
  forget() {
    this.shown = -1;
  }

  /** How many changes the day has, in words. @param {number} day */
  count(day) {
    const [from, to] = this.context.replay.changes.on(day);
    if (from === to) return gettext("No change");
    return interpolate(ngettext("%(count)s change", "%(count)s changes", to - from), {
      count: to - from,
    });
  }

  /** What the list is of; its cards follow by `update`. @param {number} day @returns {number | null} their day */
  head(day) {
    const { replay, words } = this.context;
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
    // never the cards of one day under the heading of another, nor the date of cards that have not come
    this.list.hidden = this.note.hidden = other !== this.shown;
    return other;
  }

  /** @param {number} day */
  async update(day) {
    const { changes } = this.context;
    const other = this.head(day);
    if (other === this.shown) return;
    this.shown = other ?? -1;
    if (other === null) {
      this.list.replaceChildren();
      return;
    }
    try {
      const records = await changes.on(other);
      if (this.shown === other) {
        this.#show(records, AT_FIRST);
        this.list.hidden = this.note.hidden = false;
      }
    } catch {
      if (this.shown !== other) return;
      this.shown = -1;
      this.list.hidden = this.note.hidden = false;
      this.list.replaceChildren(
        h(
          "li",
          { class: "problem", role: "alert" },
          gettext("The changes of this day could not be loaded."),
        ),
      );
    }
  }

  /** @param {ChangeRecord[]} records @param {number} most */
  #show(records, most) {
    const cards = records.slice(0, most).map((record) => changeCard(this.context, record));
    const rest = records.length - most;
    if (rest > 0) {
      const text = interpolate(gettext("Show %(count)s more"), { count: rest });
      const more = () => this.#show(records, records.length);
      cards.push(h("li", {}, h("button", { type: "button", class: "more", click: more }, text)));
    }
    this.list.replaceChildren(...cards);
    this.list.parentElement?.scrollTo(0, 0);
  }
}
