// Owns the words beside the pointer: which place is there, and who holds it.

import { h } from "./dom.js";

/** @import { Context } from "./context.js" */

export class Tip {
  /** @param {Context} context @param {HTMLElement} stage that it lies on */
  constructor(context, stage) {
    this.context = context;
    this.stage = stage;
    this.element = h("div", { class: "tip", "aria-hidden": "true", hidden: true });
  }

  /** @param {number | null} place @param {number} x @param {number} y CSS pixels of the stage */
  show(place, x, y) {
    const { element, stage } = this;
    element.hidden = place === null;
    if (place === null) return;
    const { words, replay } = this.context;
    const [holding] = words.standing(replay.standingOf(place));
    const from = replay.inference.from[place];
    element.replaceChildren(
      h("b", {}, words.place(place)),
      h("span", {}, holding),
      ...(from < 0 ? [] : [h("span", {}, words.inferred(from))]),
    );
    const { clientWidth, clientHeight } = stage;
    element.style.left = `${Math.min(x + 14, clientWidth - 240)}px`;
    element.style.top = `${y > clientHeight - 90 ? y - 64 : y + 16}px`;
  }
}
