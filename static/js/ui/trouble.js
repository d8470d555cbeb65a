// Owns the note over the map that says what could not be loaded; the picture under it is the last good one.

import { h, setText } from "./dom.js";

/** @import { Fault } from "../data/fetching.js" */
/** @import { Messages } from "../data/messages.js" */

/** @param {Messages} messages @param {Fault} fault */
export function faultText({ gettext }, fault) {
  return {
    offline: gettext("No connection."),
    missing: gettext("A file of the record is not there."),
    server: gettext("The server cannot answer now."),
    damaged: gettext("A file of the record is damaged."),
    future: gettext("The record has a newer form than this page can read. Reload the page."),
  }[fault];
}

export class Trouble {
  /** @param {Messages} messages */
  constructor(messages) {
    this.messages = messages;
    this.text = h("span", {});
    this.element = h("p", { class: "trouble", role: "status", hidden: true }, this.text);
  }

  /** @param {Fault | null} fault */
  show(fault) {
    this.element.hidden = fault === null;
    if (fault === null) return setText(this.text, "");
    const last = this.messages.gettext(
      "You see what was loaded last; newer changes may be missing.",
    );
    setText(this.text, `${faultText(this.messages, fault)} ${last}`);
  }
}
