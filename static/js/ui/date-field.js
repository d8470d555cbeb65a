// Owns a date that can be typed: it shows the day in words, takes any usual way of writing one, and says what is
// wrong with what it cannot read.

import { readDate, TypedDateError } from "../replay/typed-date.js";
import { h } from "./dom.js";

/** @import { Messages } from "../data/messages.js" */
/** @import { Context } from "./context.js" */

/**
 * Names of months are read in the reader's language, in English and, as in Damascus or as in Cairo, in Arabic.
 * @param {Messages} messages
 */
export const locales = ({ language }) => [language, "en", "ar", "ar-SY"];

/** @param {Messages} messages @param {string} text @param {TypedDateError} error */
export function refusal({ gettext, interpolate }, text, { reason, number }) {
  const why = {
    form: gettext(
      "“%(text)s” is not a date. Write it as 2017-06-30, 30 June 2017, June 2017 or 2017.",
    ),
    month: gettext(
      "“%(text)s”: there is no month %(number)s. The day comes first, as in 30/6/2017.",
    ),
    day: gettext("“%(text)s”: this month has the days 1 to %(number)s."),
    year: gettext("“%(text)s”: write the year with four digits."),
    time: gettext("“%(text)s”: a time goes from 00:00 to 23:59 and follows a day."),
  }[reason];
  return interpolate(why, { text, number });
}

let made = 0;

export class DateField {
  /**
   * @param {Context} context
   * @param {{label: string, name: string, end?: "first" | "last", chosen: (day: number) => void}} options
   *   `end`: which day of a month or a year is meant
   */
  constructor(context, { label, name, end = "first", chosen }) {
    const { gettext } = context.messages;
    this.context = context;
    this.end = end;
    this.chosen = chosen;
    made += 1;
    this.error = h("p", { class: "field-error", id: `date-error-${made}`, role: "alert" });
    this.error.hidden = true;
    this.input = h("input", {
      type: "text",
      class: `date-field ${name}`,
      "aria-label": label,
      title: gettext("Type a date: 2017-06-30, 30 June 2017, June 2017 or 2017"),
      autocomplete: "off",
      spellcheck: "false",
      enterkeyhint: "go",
      focus: () => this.input.select(),
      input: () => this.#typed(),
      change: () => this.#commit(),
      blur: () => this.#commit(),
      keydown: (event) => this.#key(/** @type {KeyboardEvent} */ (event)),
    });
    this.element = h("span", { class: "date-box" }, this.input, this.error);
    /** Whether a reader has typed what has not been taken yet. */
    this.dirty = false;
    this.day = -1;
  }

  /** @param {number} day left alone while something is typed */
  show(day) {
    this.day = day;
    if (this.dirty) return;
    const text = this.context.words.day(day);
    if (this.input.value !== text) this.input.value = text;
  }

  #typed() {
    this.dirty = true;
    this.#complain("");
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Enter") {
      this.#commit();
      if (!this.dirty) this.input.select();
    } else if (event.key === "Escape" && this.dirty) {
      // what was typed goes; whatever else Escape closes stays
      event.stopPropagation();
      this.dirty = false;
      this.#complain("");
      this.show(this.day);
      this.input.select();
    }
  }

  #commit() {
    if (!this.dirty) return;
    const text = this.input.value.trim();
    if (!text) {
      this.dirty = false;
      return this.show(this.day);
    }
    try {
      const day = dayTyped(this.context, text, this.end);
      this.dirty = false;
      this.#complain("");
      this.chosen(day);
      this.show(day);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#complain(error.message);
    }
  }

  /** @param {string} why */
  #complain(why) {
    const { input, error } = this;
    if (error.textContent === why) return;
    error.textContent = why;
    error.hidden = !why;
    if (why) {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", error.id);
    } else {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
  }
}

/**
 * @param {Context} context @param {string} text @param {"first" | "last"} end
 * @returns {number} a day of the record; raises RangeError, whose message is for the reader
 */
function dayTyped({ replay, words, messages }, text, end) {
  let typed;
  try {
    typed = readDate(text, locales(messages));
  } catch (error) {
    if (error instanceof TypedDateError) {
      throw new RangeError(refusal(messages, text, error));
    }
    throw error;
  }
  const [first, last] = [typed.first - replay.startDay, typed.last - replay.startDay];
  if (last < 0 || first > replay.days - 1) {
    const ends = { first: words.day(0), last: words.day(replay.days - 1) };
    const outside = messages.gettext(
      "“%(text)s” is outside the record, from %(first)s to %(last)s.",
    );
    throw new RangeError(messages.interpolate(outside, { text, ...ends }));
  }
  return replay.clamp(end === "first" ? first : last);
}
