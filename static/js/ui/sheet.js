// Owns the sheet of narrow screens: tabs that open the changes or the legend over the lower part of the map.

import { h, setText } from "./dom.js";

/** @import { Messages } from "../data/messages.js" */

/** @typedef {"changes" | "legend" | "place" | ""} Opened */

export class Sheet {
  /** @param {HTMLElement} root whose data-open says what is open @param {Messages} messages */
  constructor(root, { gettext }) {
    this.root = root;
    this.changes = this.#tab("changes", gettext("Changes"));
    this.legend = this.#tab("legend", gettext("Legend"));
    this.element = h("div", { class: "tabs" }, this.changes, this.legend);
    this.#open("");
  }

  /** @param {"changes" | "legend"} name @param {string} label */
  #tab(name, label) {
    const toggle = () => this.#open(this.root.dataset.open === name ? "" : name);
    return h(
      "button",
      { type: "button", class: "tab", "aria-expanded": "false", click: toggle },
      label,
    );
  }

  /** @param {Opened} name */
  #open(name) {
    this.root.dataset.open = name;
    this.changes.setAttribute("aria-expanded", String(name === "changes"));
    this.legend.setAttribute("aria-expanded", String(name === "legend"));
  }

  /** @param {number | null} place */
  openFor(place) {
    if (place !== null) this.#open("place");
    else if (this.root.dataset.open === "place") this.#open("");
  }

  get opened() {
    return this.root.dataset.open !== "";
  }

  close() {
    const was = this.opened;
    this.#open("");
    return was;
  }

  /** @param {string} text how many changes the day has */
  showCount(text) {
    setText(this.changes, text);
  }
}
