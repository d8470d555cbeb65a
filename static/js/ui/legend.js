// Owns the legend: who, with colour and pattern and how many towns now, each to be followed; and what the other
// marks mean.

import { colourOf } from "../map/patterns.js";
import { heldBy, unclear } from "../map/swatch.js";
import { h, setText } from "./dom.js";

/** @import { Look } from "../map/looks.js" */
/** @import { Context, Followed } from "./context.js" */

export class Legend {
  /** @param {Context} context */
  constructor(context) {
    const { gettext } = context.messages;
    this.context = context;
    /** The actor that is followed. @type {number | null} */
    this.followed = null;
    this.rows = this.#everHolding().map((actor) => this.#row(actor));
    this.actors = h("ul", { class: "actors" }, ...this.rows.map(({ row }) => row));
    this.keyList = h("ul", {}, ...this.#key());
    this.states = h("p", { class: "states" });
    const only = h("input", {
      type: "checkbox",
      change: () => context.showSourcedOnly(only.checked),
    });
    this.element = h(
      "section",
      { class: "legend card", id: "legend", "aria-label": gettext("Legend") },
      h("h2", {}, gettext("Towns held")),
      this.actors,
      this.states,
      h(
        "details",
        { class: "key" },
        h("summary", {}, gettext("What the marks mean")),
        this.keyList,
      ),
      h("label", { class: "only" }, only, h("span", {}, gettext("Sourced places only"))),
    );
  }

  /** @param {number} actor */
  #row(actor) {
    const { context } = this;
    const { replay, swatches, words } = context;
    const count = h("span", { class: "count", dir: "ltr" });
    const pick = h(
      "button",
      {
        type: "button",
        class: "pick",
        title: replay.actors[actor].name,
        "aria-pressed": String(this.followed === actor),
        click: () => context.follow(this.followed === actor ? null : { kind: "actor", at: actor }),
      },
      swatches.canvas(heldBy(actor), false),
      h("span", { class: "name" }, words.actor(actor)),
    );
    const row = h("li", { class: "actor" }, pick, count);
    return { actor, row, count, pick };
  }

  /** @param {Followed | null} followed */
  showFollowed(followed) {
    this.followed = followed?.kind === "actor" ? followed.at : null;
    for (const { actor, pick } of this.rows) {
      pick.setAttribute("aria-pressed", String(this.followed === actor));
    }
  }

  /** There is more of the record than before, and perhaps others who held something. */
  extended() {
    const ever = this.#everHolding();
    if (ever.join() === this.rows.map((row) => row.actor).join()) return;
    this.rows = ever.map((actor) => this.#row(actor));
    this.actors.replaceChildren(...this.rows.map(({ row }) => row));
    this.keyList.replaceChildren(...this.#key());
  }

  /** Actors that hold a place at any time, those with most changes first. */
  #everHolding() {
    const { replay } = this.context;
    const found = new Set(replay.table.rows.flatMap((standing) => standing.holds));
    return [...found].sort((a, b) => a - b);
  }

  /** An actor whose colour is far from another's, for samples that show two. @param {number} actor */
  #mostUnlike(actor) {
    const { actors } = this.context.replay;
    const own = colourOf(actors, actor);
    /** @param {number} other */
    const distance = (other) =>
      Math.hypot(...colourOf(actors, other).map((part, at) => part - own[at]));
    const others = this.rows.map((row) => row.actor);
    return others.reduce((best, other) => (distance(other) > distance(best) ? other : best), actor);
  }

  #key() {
    const { replay, swatches, messages } = this.context;
    const { gettext } = messages;
    const a = this.rows[0]?.actor ?? 0;
    const b = this.#mostUnlike(a);
    /** @type {Look} */
    const held = heldBy(a);
    /** @param {Look} look @param {string} text @param {boolean} [inferred] */
    const area = (look, text, inferred = false) =>
      h("li", {}, swatches.canvas(look, inferred), h("span", {}, text));
    /** @param {string} mark @param {string} text */
    const dot = (mark, text) =>
      h("li", {}, h("span", { class: `mark ${mark}`, "aria-hidden": "true" }), h("span", {}, text));
    if (!replay.actors.length) return [];
    return [
      area(held, gettext("held: a source within reach")),
      area(held, gettext("inferred from the nearest sourced place"), true),
      area({ ...held, key: "k1", hatch: b }, gettext("contested: the other fights inside")),
      area(
        {
          ...held,
          key: "k2",
          bands: [
            [a, 0.6],
            [b, 0.4],
          ],
        },
        gettext("divided or joint: in proportion"),
      ),
      area(
        {
          key: "k3",
          bands: [
            [a, 0.5],
            [b, 0.5],
          ],
          narrow: true,
          hatch: null,
        },
        gettext("changing hands: between two dates"),
      ),
      area(unclear(), gettext("unclear: nobody is known to hold it")),
      dot("dot-besieged", gettext("besieged")),
      dot("dot-contested", gettext("contested: ring in the colour of who contests")),
      dot("dot-unclear", gettext("unclear, or disputed by an open claim")),
      dot("dot-none", gettext("no data")),
    ];
  }

  /** @param {number} day */
  update(day) {
    const { gettext, ngettext, interpolate, number } = this.context.messages;
    const { actors, states } = this.context.replay.countsAt(day);
    for (const { actor, row, count } of this.rows) {
      const { held, shared } = actors[actor];
      setText(count, shared ? `${number(held)} + ${number(shared)}` : number(held));
      const some = held + shared > 0;
      if (row.hidden === some) row.hidden = !some;
      if (shared) {
        const text = ngettext("and a part of %(count)s", "and parts of %(count)s", shared);
        count.title = interpolate(text, { count: shared });
      } else count.removeAttribute("title");
    }
    /** @type {[number | undefined, string][]} */
    const notes = [
      [states.divided, gettext("%(count)s divided")],
      [states.contested, gettext("%(count)s contested")],
      [states.changing, gettext("%(count)s changing hands")],
      [states.unclear, gettext("%(count)s unclear")],
    ];
    const text = notes.flatMap(([count, words]) => (count ? interpolate(words, { count }) : []));
    setText(this.states, text.join(" · "));
  }
}
