// Owns the panel of a chosen place: its names, where it lies, its standing in words, and its history.

import { history } from "../data/load.js";
import { turningChanges } from "../data/turning-changes.js";
import { lookOf } from "../map/looks.js";
import { changeCard } from "./change-card.js";
import { h, ICONS, icon } from "./dom.js";
import { OwnershipBar } from "./ownership-bar.js";
import { kindNames } from "./words.js";

/** @import { ChangeRecord } from "../replay/files.js" */
/** @import { Context } from "./context.js" */

export class PlacePanel {
  /** @param {Context} context */
  constructor(context) {
    const { gettext } = context.messages;
    this.context = context;
    this.element = h("section", {
      class: "place-panel",
      "aria-label": gettext("Place"),
      tabindex: -1,
      hidden: true,
    });
    /** @type {number | null} */
    this.place = null;
    /** How often a history was asked for. */
    this.asked = 0;
  }

  /** @param {number | null} place */
  async show(place) {
    this.place = place;
    this.element.hidden = place === null;
    this.bar = undefined;
    this.standing = undefined;
    /** @type {ChangeRecord[] | undefined} */
    this.changes = undefined;
    /** Whether they are those of the record's own files, and not all. */
    this.partial = false;
    /** @type {number} How many of them came after the day in view, as listed. */
    this.split = Number.NaN;
    if (place === null) return this.element.replaceChildren();
    const { context } = this;
    const { replay, words, manifest, address, messages } = context;
    const { gettext, interpolate } = messages;
    const one = replay.places[place];
    const label = interpolate(gettext("Place: %(name)s"), { name: words.place(place) });
    this.element.setAttribute("aria-label", label);
    const page = new URL(manifest.links.place.replace("{slug}", one.slug), address);
    this.standing = h("div", { class: "standing" });
    /** Of the standing that is said. @type {number} */
    this.number = -1;
    /** @type {number} The place that it is inferred from. */
    this.from = -1;
    this.bar = new OwnershipBar(context, place);
    this.record = h("div", { class: "record" }, h("p", { class: "note" }, gettext("Loading…")));
    const other = Object.entries(one.names).filter(([, name]) => name !== words.place(place));
    if (one.name !== words.place(place)) other.unshift(["en", one.name]);
    const path = replay.pathTo(place).slice(0, -1);
    this.element.replaceChildren(
      h(
        "header",
        {},
        h(
          "h2",
          {},
          words.place(place),
          ...other.map(([lang, name]) => h("span", { class: "other-name", lang }, name)),
        ),
        h(
          "button",
          {
            type: "button",
            class: "close",
            "aria-label": gettext("Close (Esc)"),
            title: gettext("Close (Esc)"),
            click: () => context.choose(null),
          },
          icon(ICONS.close),
        ),
      ),
      h(
        "nav",
        { class: "breadcrumb", "aria-label": gettext("Lies in") },
        h("span", { class: "kind" }, kindNames(messages)[one.kind] ?? one.kind),
        ...path.flatMap((at) => [
          h("span", { "aria-hidden": "true" }, " › "),
          h(
            "button",
            { type: "button", class: "link", click: () => context.choose(at) },
            words.place(at),
          ),
        ]),
      ),
      h(
        "div",
        {
          class: "scroll",
          tabindex: 0,
          role: "group",
          "aria-label": gettext("Standing and history"),
        },
        this.standing,
        this.bar.element,
        h(
          "p",
          { class: "page-link" },
          h("a", { href: page.href }, gettext("The place's page: every span and source")),
        ),
        this.#insideOf(place),
        h("h3", { class: "section" }, gettext("Changes here")),
        this.record,
      ),
    );
    this.update(context.day);
    this.resized();
    await this.#load(place, one.slug);
  }

  /** Places inside, as buttons: a way to them without a pointer. @param {number} place */
  #insideOf(place) {
    const { context } = this;
    const { gettext, number } = context.messages;
    const inside = context.replay.standings.inside[place];
    if (!inside.length) return null;
    const buttons = inside.map((at) =>
      h(
        "li",
        {},
        h(
          "button",
          { type: "button", class: "link", click: () => context.choose(at) },
          context.words.place(at),
        ),
      ),
    );
    return h(
      "details",
      { class: "inside" },
      h("summary", {}, `${gettext("Places inside")} (${number(inside.length)})`),
      h("ul", {}, ...buttons),
    );
  }

  /** @param {number} place @param {string} slug */
  async #load(place, slug) {
    const { context, record } = this;
    if (!record) return;
    this.asked += 1;
    const mine = this.asked;
    // one that was asked for later may have come sooner, and knows more
    const late = () => this.place !== place || mine !== this.asked;
    /** @param {ChangeRecord[]} changes @param {boolean} partial */
    const list = (changes, partial) => {
      if (late()) return;
      this.partial = partial;
      this.changes = [...changes].sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0));
      this.split = -1;
      this.#listChanges(context.day);
    };
    const whole = await this.#whole(slug);
    if (whole) return list(whole, false);
    const found = await turningChanges(context.replay, context.changes, place).catch(() => []);
    if (found.length) list(found, true);
    else if (!late()) {
      const text = context.messages.gettext("The history could not be loaded.");
      record.replaceChildren(h("p", { class: "note" }, text));
    }
  }

  /** All its changes, as the site has them; null where it is not to be asked, or does not answer. @param {string} slug */
  async #whole(slug) {
    const { alone, manifest, address, known } = this.context;
    if (alone) return null;
    try {
      return (await history(manifest, address, slug, known)).changes;
    } catch {
      return null;
    }
  }

  /** What made it so on the day in view comes first; what came later stands apart. @param {number} day */
  #listChanges(day) {
    const { context, record, changes } = this;
    if (!record || !changes) return;
    const { gettext } = context.messages;
    const iso = context.replay.isoOf(day);
    const later = changes.filter((one) => one.day > iso);
    if (this.split === later.length) return;
    this.split = later.length;
    /** @param {typeof changes} some */
    const list = (some) =>
      h("ul", { class: "changes" }, ...some.map((one) => changeCard(context, one)));
    const before = changes.slice(later.length);
    const partial = context.alone
      ? gettext("Only what made it change hands. The whole history is on the place's page.")
      : gettext("Only what made it change hands: the whole history could not be loaded.");
    record.replaceChildren(
      ...(this.partial ? [h("p", { class: "note" }, partial)] : []),
      before.length ? list(before) : h("p", { class: "note" }, gettext("None on record.")),
      ...(later.length
        ? [h("h3", { class: "section" }, gettext("Later, after the day in view")), list(later)]
        : []),
    );
  }

  /** The record is a newer one: the bar and the list anew; what is open, and where one reads, stays. */
  async refresh() {
    const { place, context } = this;
    if (place === null || !this.bar) return;
    const bar = new OwnershipBar(context, place);
    this.bar.element.replaceWith(bar.element);
    this.bar = bar;
    this.update(context.day);
    this.resized();
    await this.#load(place, context.replay.places[place].slug);
  }

  resized() {
    this.bar?.draw();
  }

  /** @param {number} day */
  update(day) {
    if (this.place === null || !this.standing) return;
    const { replay, words, swatches } = this.context;
    const number = replay.standings.shown[this.place];
    const from = replay.inference.from[this.place];
    this.bar?.update(day);
    this.#listChanges(day);
    if (number === this.number && from === this.from) return;
    this.number = number;
    this.from = from;
    const standing = replay.standingOf(this.place);
    const [holding, ...more] = words.standing(standing);
    const { own } = replay.standings;
    const look =
      from < 0
        ? lookOf(standing)
        : (lookOf(replay.table.rows[own[from]]) ?? lookOf(replay.standingOf(from)));
    this.standing.replaceChildren(
      ...(look ? [swatches.canvas(look, from >= 0, 28, 28)] : []),
      h(
        "div",
        {},
        h("p", { class: "holding" }, holding),
        ...more.map((text) => h("p", {}, text)),
        from >= 0 && h("p", { class: "inferred" }, words.inferred(from)),
      ),
    );
  }
}
