// Owns the note over the map that says what could not be loaded; the picture under it is the last good one.

import { gettext } from "../data/messages.js";
import { h, setText } from "./dom.js";

/** @import { Fault } from "../data/fetching.js" */

/** @param {Fault} fault */
export function faultText(fault) {
  return {
    offline: gettext("No connection."),
    missing: gettext("A file of the record is not there."),
    server: gettext("The server cannot answer now."),
    damaged: gettext("A file of the record is damaged."),
    future: gettext("The record has a newer form than this page can read. Reload the page."),
  }[fault];
}

export class Trouble {
  constructor() {
    this.text = h("span", {});
    this.element = h("p", { class: "trouble", role: "status", hidden: true }, this.text);
  }

  /** @param {Fault | null} fault */
  show(fault) {
    this.element.hidden = fault === null;
    if (fault === null) return setText(this.text, "");
    const last = gettext("You see what was loaded last; newer changes may be missing.");
    setText(this.text, `${faultText(fault)} ${last}`);
  }
}
