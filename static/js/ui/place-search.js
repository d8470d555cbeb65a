// Owns the search for a place by any name in the file, in any script: an editable combobox with a list.

import { h } from "./dom.js";
import { fold } from "./fold.js";
import { kindNames } from "./words.js";

/** @import { Context } from "./context.js" */

const MOST = 12;

export class PlaceSearch {
  /** @param {Context} context */
  constructor(context) {
    const { gettext } = context.messages;
    this.context = context;
    /** Of each place its names, folded; made when first asked for, and again when more have come. @type {string[][]} */
    this.names = [];
    this.named = -1;
    /** @type {number[]} */
    this.found = [];
    this.active = -1;
    this.input = h("input", {
      type: "search",
      class: "search-input",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      placeholder: gettext("Find a place"),
      "aria-label": gettext("Find a place"),
      "aria-expanded": "false",
      "aria-controls": "search-list",
      "aria-autocomplete": "list",
      input: () => this.#find(),
      focus: () => this.#find(),
      blur: () => setTimeout(() => this.#close(), 150),
      keydown: (event) => this.#key(/** @type {KeyboardEvent} */ (event)),
    });
    this.list = h("ul", {
      id: "search-list",
      class: "search-list",
      role: "listbox",
      "aria-label": gettext("Places"),
      hidden: true,
    });
    this.element = h("div", { class: "search", role: "search" }, this.input, this.list);
  }

  #find() {
    const asked = fold(this.input.value);
    if (!asked) return this.#close();
    const { places, placeIndex } = this.context.replay;
    if (this.named !== placeIndex.size) {
      this.named = placeIndex.size;
      this.names = places.map(({ name, names }) => [name, ...Object.values(names)].map(fold));
    }
    /** @type {[number, number][]} */
    const scored = [];
    this.names.forEach((names, at) => {
      let score = 9;
      for (const name of names) {
        if (name === asked) score = Math.min(score, 0);
        else if (name.startsWith(asked)) score = Math.min(score, 1);
        else if (name.includes(` ${asked}`)) score = Math.min(score, 2);
        else if (name.includes(asked)) score = Math.min(score, 3);
      }
      if (score < 9) scored.push([score, at]);
    });
    scored.sort(
      (a, b) => a[0] - b[0] || (places[b[1]].population ?? 0) - (places[a[1]].population ?? 0),
    );
    this.found = scored.slice(0, MOST).map(([, at]) => at);
    this.active = this.found.length ? 0 : -1;
    this.#show();
  }

  #show() {
    const { words, replay, messages } = this.context;
    const kinds = kindNames(messages);
    const options = this.found.map((at, row) => {
      const place = replay.places[at];
      const parent = place.parent === null ? "" : `, ${words.place(place.parent)}`;
      const name = words.place(at);
      const english = name === place.name ? (place.names.ar ?? "") : place.name;
      return h(
        "li",
        {
          id: `search-${row}`,
          role: "option",
          "aria-selected": row === this.active ? "true" : "false",
          mousedown: (event) => event.preventDefault(),
          click: () => this.#choose(row),
        },
        h("span", { class: "name" }, name, " ", h("bdi", { class: "other-name" }, english)),
        h("span", { class: "hint" }, `${kinds[place.kind] ?? place.kind}${parent}`),
      );
    });
    if (!options.length)
      options.push(h("li", { class: "none" }, messages.gettext("No place of that name")));
    this.list.replaceChildren(...options);
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    if (this.active >= 0) this.input.setAttribute("aria-activedescendant", `search-${this.active}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  #close() {
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  /** @param {number} row */
  #choose(row) {
    const place = this.found[row];
    if (place === undefined) return;
    this.input.value = "";
    this.#close();
    this.context.choose(place);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !this.list.hidden && this.found.length) {
      this.active = (this.active + step + this.found.length) % this.found.length;
      this.#show();
    } else if (event.key === "Enter" && this.active >= 0) this.#choose(this.active);
    else if (event.key === "Escape" && !this.list.hidden) {
      this.#close();
      event.stopPropagation();
    } else return;
    event.preventDefault();
  }
}
