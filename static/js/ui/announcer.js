// Owns what is said to those who hear the page: the date and what changed on it, when the date has come to rest.

import { h, setText } from "./dom.js";
import { headlineOf } from "./sentences.js";

/** @import { Context } from "./context.js" */

// Headlines that are said; the list has all of them.
const SAID = 3;

export class Announcer {
  /** @param {Context} context */
  constructor(context) {
    this.context = context;
    this.element = h("div", { class: "visually-hidden", "aria-live": "polite" });
  }

  /**
   * @param {number} day
   * @param {string} count how many changes it has
   * @param {string} differing what differs from what is known now, if anything
   */
  async say(day, count, differing) {
    const { context } = this;
    const { words, changes, replay } = context;
    const text = [`${words.day(day)}: ${count}.`, differing];
    const [from, to] = replay.changes.on(day);
    if (from < to) {
      try {
        const records = await changes.on(day);
        text.push(...records.slice(0, SAID).map((record) => `${headlineOf(context, record)}.`));
      } catch {
        // the count alone is said; the list tells that it could not be loaded
      }
    }
    if (context.day === day) setText(this.element, text.filter(Boolean).join(" "));
  }
}
