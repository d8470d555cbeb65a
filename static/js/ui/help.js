// Owns the help of the map: its keys and gestures, in a dialog that "?" and a button open.

import { h } from "./dom.js";

/** @import { Messages } from "../data/messages.js" */

/**
 * Keys, and what they do; those of one line are alternatives.
 * @param {Messages} messages
 * @returns {[keys: string[], text: string][]}
 */
const keys = ({ gettext }) => [
  [[gettext("Space")], gettext("play, pause")],
  [["←", "→"], gettext("a day back, a day on")],
  [[gettext("Page Up"), gettext("Page Down")], gettext("a month back, a month on")],
  [[gettext("Home"), gettext("End")], gettext("first day, last day")],
  [["P", "N"], gettext("previous change, next change")],
  [
    [`${gettext("Shift")} P`, `${gettext("Shift")} N`],
    gettext("the same, of the chosen place or actor"),
  ],
  [
    [`${gettext("Shift")} ←`, `${gettext("Shift")} →`],
    gettext("draw a range; also with Page Up, Page Down, Home and End"),
  ],
  [["+", "−"], gettext("closer, farther")],
  [["Alt ←", "Alt →", "Alt ↑", "Alt ↓"], gettext("move the map")],
  [[gettext("Esc")], gettext("close the place, clear the range")],
  [["?"], gettext("this help")],
];

/** @param {Messages} messages */
const gestures = ({ gettext }) => [
  gettext(
    "Press a bar to go to its day. Drag over the bars to choose a range: playing and the list keep to it.",
  ),
  gettext("Drag the knob under the bars to move through time."),
  gettext("Press the date to type another one: 2017-06-30, 30 June 2017, June 2017 or 2017."),
  gettext("Press an actor in the legend to follow its changes; press a place to read its history."),
  gettext(
    "A dashed line under the bars: days on which a place was changing hands, dated no more exactly than its sources.",
  ),
];

export class Help {
  /** @param {Messages} messages */
  constructor(messages) {
    const { gettext } = messages;
    const close = h(
      "button",
      { type: "button", click: () => this.element.close() },
      gettext("Close"),
    );
    this.element = h(
      "dialog",
      { class: "help card", "aria-label": gettext("Keys and gestures") },
      h("h2", {}, gettext("Keys and gestures")),
      h("ul", { class: "gestures" }, ...gestures(messages).map((text) => h("li", {}, text))),
      h(
        "dl",
        {},
        ...keys(messages).flatMap(([names, text]) => [
          h("dt", {}, ...names.flatMap((name) => [h("kbd", {}, name), " "])),
          h("dd", {}, text),
        ]),
      ),
      close,
    );
    // a press outside of it, on the backdrop, is on the dialog itself
    this.element.addEventListener("click", (event) => {
      if (event.target === this.element) this.element.close();
    });
    // its own Escape closes nothing else
    this.element.addEventListener("keydown", (event) => event.stopPropagation());
  }

  open() {
    if (!this.element.open) this.element.showModal();
  }
}
