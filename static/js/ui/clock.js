// Owns the choice of the second clock: the record as it is known now, or as it was published by an instant, typed or
// picked from the instants at which something was published.

import { instantOf, isoOfEpochDay, isoOfMicros, microsOf } from "../replay/days.js";
import { readMoment, TypedDateError } from "../replay/typed-date.js";
import { locales, refusal } from "./date-field.js";
import { h, setText } from "./dom.js";

/** @import { Publication } from "../replay/publications.js" */
/** @import { Context } from "./context.js" */

// Rows of the list at first, and how many more at a time.
const AT_FIRST = 30;

export class Clock {
  /**
   * @param {Context} context
   * @param {{publications: () => Promise<Publication[]>, chosen: (known: string | null) => void}} options
   */
  constructor(context, { publications, chosen }) {
    this.context = context;
    this.publications = publications;
    this.chosen = chosen;
    const { gettext } = context.messages;
    const known = context.known !== null;
    this.button = h(
      "button",
      {
        type: "button",
        class: "link clock",
        "aria-haspopup": "dialog",
        title: gettext("Choose as published when"),
        click: () => void this.open(),
      },
      known ? gettext("as published then") : gettext("as we know it now"),
    );
    this.error = h("p", { class: "field-error", id: "clock-error", role: "alert", hidden: true });
    this.input = h("input", {
      type: "text",
      id: "clock-typed",
      autocomplete: "off",
      spellcheck: "false",
      enterkeyhint: "go",
      input: () => this.#complain(""),
    });
    const now = h(
      "button",
      { type: "button", "aria-pressed": String(!known), click: () => this.#choose(null) },
      gettext("As we know it now"),
    );
    const form = h(
      "form",
      {
        class: "typed",
        submit: (event) => {
          event.preventDefault();
          this.#typed();
        },
      },
      h("label", { for: "clock-typed" }, gettext("As published by")),
      h("span", { class: "date-box" }, this.input, this.error),
      h("button", {}, gettext("Show")),
      h("p", { class: "note" }, this.#example()),
    );
    this.list = h("ul", { class: "publications" });
    const close = () => this.element.close();
    this.element = h(
      "dialog",
      { class: "help card", "aria-label": gettext("As known when") },
      h("h2", {}, gettext("As known when")),
      h(
        "p",
        { class: "note" },
        gettext(
          "The map can show what we say now, or what readers were told then. Nothing published is ever overwritten.",
        ),
      ),
      now,
      form,
      h("h3", { class: "section" }, gettext("When something was published")),
      h(
        "div",
        { class: "scroll", tabindex: 0, role: "group", "aria-label": gettext("Publications") },
        this.list,
      ),
      h("button", { type: "button", click: close }, gettext("Close")),
    );
    this.element.addEventListener("click", (event) => {
      if (event.target === this.element) close();
    });
    this.element.addEventListener("keydown", (event) => event.stopPropagation());
  }

  #example() {
    const { gettext, interpolate } = this.context.messages;
    const zone = this.context.manifest.conflict.timezone;
    const text = gettext(
      "A day means its end; or with a time, 1 July 2017 14:00. Time zone: %(zone)s.",
    );
    return interpolate(text, { zone });
  }

  focus() {
    this.button.focus({ preventScroll: true });
  }

  async open() {
    if (this.element.open) return;
    this.element.showModal();
    if (this.list.children.length) return;
    const { gettext } = this.context.messages;
    setText(this.list, gettext("Loading…"));
    try {
      const all = await this.publications();
      this.list.replaceChildren();
      this.#show(all, 0);
    } catch {
      this.list.replaceChildren();
      const text = gettext("The list could not be loaded.");
      this.list.append(h("li", { class: "problem", role: "alert" }, text));
    }
  }

  /** @param {Publication[]} all the latest first @param {number} from */
  #show(all, from) {
    const { gettext, interpolate } = this.context.messages;
    const rows = all.slice(from, from + AT_FIRST).map((one, at) => this.#row(one, from + at === 0));
    const rest = all.length - from - rows.length;
    if (rest > 0) {
      const more = () => {
        row.remove();
        this.#show(all, from + AT_FIRST);
        this.list.children[from + AT_FIRST]?.querySelector("button")?.focus();
      };
      const text = interpolate(gettext("Show %(count)s more"), { count: rest });
      const row = h("li", {}, h("button", { type: "button", click: more }, text));
      rows.push(row);
    }
    this.list.append(...rows);
    if (!all.length) this.list.append(h("li", {}, gettext("Nothing has been published yet.")));
  }

  /** @param {Publication} publication @param {boolean} latest */
  #row({ at, published, superseded }, latest) {
    const { context } = this;
    const { gettext, ngettext, interpolate } = context.messages;
    const here =
      context.known !== null && microsOf(context.known, context.manifest.conflict.timezone) === at;
    const what = [
      published &&
        interpolate(ngettext("%(count)s change", "%(count)s changes", published), {
          count: published,
        }),
      superseded &&
        interpolate(ngettext("%(count)s taken back", "%(count)s taken back", superseded), {
          count: superseded,
        }),
      latest && gettext("the latest"),
    ];
    return h(
      "li",
      {},
      h(
        "button",
        {
          type: "button",
          class: superseded ? "link mended" : "link",
          "aria-current": here && "true",
          click: () => this.#choose(isoOfMicros(at)),
        },
        context.words.instantExactly(at),
      ),
      h("span", { class: "what" }, what.filter(Boolean).join(" · ")),
    );
  }

  #typed() {
    const text = this.input.value.trim();
    try {
      this.#choose(this.#read(text));
    } catch (error) {
      if (error instanceof TypedDateError)
        this.#complain(refusal(this.context.messages, text, error));
      else if (error instanceof RangeError) this.#complain(error.message);
      else throw error;
    }
  }

  /** @param {string} text @returns {string} a day, or an instant in ISO; raises RangeError or TypedDateError */
  #read(text) {
    const { messages, manifest } = this.context;
    const { timezone } = manifest.conflict;
    let known = text;
    if (!/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})$/.test(text)) {
      const { first, last, minutes } = readMoment(text, locales(messages));
      // a month or a year means its end, as a day does
      known =
        minutes === null
          ? isoOfEpochDay(last)
          : new Date(instantOf(first, minutes, timezone)).toISOString();
    }
    const micros = microsOf(known, timezone);
    if (micros === null) throw new TypedDateError("form");
    const begun = known.length > 10 ? micros : micros - 86_400_000_000;
    if (begun > Date.now() * 1000) {
      throw new RangeError(
        messages.interpolate(messages.gettext("“%(text)s” is in the future."), { text }),
      );
    }
    return known;
  }

  /** @param {string | null} known */
  #choose(known) {
    this.element.close();
    this.chosen(known);
  }

  /** @param {string} why */
  #complain(why) {
    setText(this.error, why);
    this.error.hidden = !why;
    if (why) {
      this.input.setAttribute("aria-invalid", "true");
      this.input.setAttribute("aria-describedby", this.error.id);
      this.input.focus();
    } else {
      this.input.removeAttribute("aria-invalid");
      this.input.removeAttribute("aria-describedby");
    }
  }
}
