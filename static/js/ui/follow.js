// Owns the following of one place or actor: whose it is, the days on which it turns, and the way from one to the
// next. What is chosen last is followed.

import { daysOfActor, daysOfPlace, nearestOf } from "../replay/turns.js";
import { h, ICONS, icon, setText } from "./dom.js";

/** @import { Context, Followed } from "./context.js" */

export class Follow {
  /** @param {Context} context */
  constructor(context) {
    this.context = context;
    /** @type {Followed | null} */
    this.followed = null;
    /** On which it turns, ascending. @type {number[]} */
    this.days = [];
    this.name = h("span", { class: "followed", dir: "auto" });
    this.back = this.#button(-1, ICONS.changeBack);
    this.on = this.#button(1, ICONS.changeOn);
    // time runs from left to right in every language
    this.element = h("div", { class: "follow", dir: "ltr", role: "group", hidden: true });
    this.element.append(this.back, this.name, this.on);
  }

  /** @param {1 | -1} direction @param {string} path */
  #button(direction, path) {
    const click = () => this.context.stepFollowed(direction);
    return h("button", { type: "button", class: "step", click }, icon(path));
  }

  /** @param {Followed | null} followed */
  show(followed) {
    this.followed = followed;
    this.element.hidden = followed === null;
    this.refresh();
  }

  /** The record is another one, or what is followed. */
  refresh() {
    const { followed } = this;
    const { replay, words, messages } = this.context;
    const { gettext, ngettext, interpolate } = messages;
    if (!followed) {
      this.days = [];
      return;
    }
    const { kind, at } = followed;
    const name = kind === "place" ? words.place(at) : words.actor(at);
    this.days = kind === "place" ? daysOfPlace(replay, at) : daysOfActor(replay, at);
    const count = this.days.length;
    setText(this.name, name);
    this.name.title = interpolate(
      ngettext("%(count)s day of change", "%(count)s days of change", count),
      { count },
    );
    this.element.setAttribute("aria-label", interpolate(gettext("Changes of %(name)s"), { name }));
    for (const [button, text] of /** @type {[HTMLElement, string][]} */ ([
      [this.back, gettext("Previous change of %(name)s (Shift+P)")],
      [this.on, gettext("Next change of %(name)s (Shift+N)")],
    ])) {
      button.title = interpolate(text, { name });
      button.setAttribute("aria-label", button.title);
    }
    this.update(this.context.day);
  }

  /** @param {number} day @param {1 | -1} direction @returns {number | null} */
  nearest(day, direction) {
    return nearestOf(this.days, day, direction);
  }

  /** Where there is none further, the button says so and keeps the focus. @param {number} day */
  update(day) {
    if (!this.followed) return;
    const { days } = this;
    disable(this.back, !days.length || day <= days[0]);
    disable(this.on, !days.length || day >= days[days.length - 1]);
  }
}

/** @param {HTMLElement} button @param {boolean} disabled written only where it differs */
function disable(button, disabled) {
  const said = String(disabled);
  if (button.getAttribute("aria-disabled") !== said) button.setAttribute("aria-disabled", said);
}
