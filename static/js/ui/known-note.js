// Owns the note of a map that shows what was known then: never let a reader take it for today's. It lists the places
// that stood otherwise in what we told readers than in what we say now.

import { h, setText } from "./dom.js";

/** @import { Difference } from "../replay/difference.js" */
/** @import { Context } from "./context.js" */

// Of very many the first are listed; the count tells of all.
const MOST = 100;

export class KnownNote {
  /**
   * @param {Context} context
   * @param {number} known microseconds since 1970
   * @param {() => void} asNow
   */
  constructor(context, known, asNow) {
    const { gettext } = context.messages;
    this.context = context;
    /** Where the files of both clocks are here. @type {Difference | null} */
    this.difference = null;
    /** On the day shown last. @type {number[]} */
    this.places = [];
    this.summary = h("summary", {});
    this.list = h("ul", {});
    this.details = h("details", { class: "differing", hidden: true }, this.summary, this.list);
    this.same = h(
      "p",
      { class: "differing", hidden: true },
      gettext("On this day nothing differs from what we say now."),
    );
    this.element = h(
      "div",
      { class: "known-note" },
      h("p", { role: "status" }, this.#said(known)),
      this.details,
      this.same,
      h(
        "button",
        { type: "button", class: "link", click: asNow },
        gettext("Show what is known now"),
      ),
    );
  }

  /** @param {number} known */
  #said(known) {
    const { manifest, words, messages } = this.context;
    const { gettext, interpolate } = messages;
    const last = manifest.known_at;
    const later = last !== null && Date.parse(last) * 1000 > known;
    const text = later
      ? gettext("As published by %(date)s. What was published later is not shown.")
      : gettext("As published by %(date)s. Nothing has been published since.");
    // a day's close is the next day's first instant, and would be called by that
    return interpolate(text, { date: words.instant(new Date(known / 1000 - 1).toISOString()) });
  }

  /** How many differ on a day; `list` follows when it rests. @param {number} day @returns {number[]} the places */
  count(day) {
    if (!this.difference) return [];
    this.places = this.difference.at(day);
    const count = this.places.length;
    this.details.hidden = count === 0;
    this.same.hidden = count > 0;
    setText(this.summary, this.counted());
    return this.places;
  }

  /** In words, "" where nothing differs. */
  counted() {
    const count = this.places.length;
    if (!count) return "";
    const { ngettext, interpolate } = this.context.messages;
    return interpolate(
      ngettext(
        "%(count)s place differs from what we say now",
        "%(count)s places differ from what we say now",
        count,
      ),
      { count },
    );
  }

  /** The places of `count`, each as it was told and as it is said now. */
  listAll() {
    const { difference, context } = this;
    const { words, replay, messages } = context;
    const { gettext, interpolate } = messages;
    if (!difference) return;
    const rows = this.places.slice(0, MOST).map((place) => {
      const then = words.standing(replay.standingOf(place));
      const now = words.standing(difference.nowOf(place));
      return h(
        "li",
        {},
        h(
          "button",
          { type: "button", class: "link", click: () => context.choose(place) },
          words.place(place),
        ),
        h(
          "span",
          {},
          interpolate(gettext("then: %(standing)s"), { standing: then.join(gettext("; ")) }),
        ),
        h(
          "span",
          {},
          interpolate(gettext("now: %(standing)s"), { standing: now.join(gettext("; ")) }),
        ),
      );
    });
    this.list.replaceChildren(...rows);
  }

  /** For those who hear the page. */
  said() {
    const { words, messages } = this.context;
    const { gettext } = messages;
    const count = this.counted();
    if (!count) return "";
    const first = this.places.slice(0, 5).map((place) => words.place(place));
    return `${count}: ${first.join(gettext(", "))}${this.places.length > 5 ? "…" : "."}`;
  }
}
