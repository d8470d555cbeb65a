// Owns the element <control-map>: its attributes, its public methods and events (docs: the map element).

import { LoadError } from "../data/fetching.js";
import { loadMessages, Messages } from "../data/messages.js";
import { Session } from "../data/session.js";
import { onScheme } from "../map/palette.js";
import { h, pause } from "./dom.js";
import { handleKey } from "./keyboard.js";
import { Page } from "./page.js";
import { dress } from "./styles.js";
import { faultText } from "./trouble.js";
import { Words } from "./words.js";

/** @import { Position } from "../map/map-view.js" */
/** @import { Renderer } from "../map/painter.js" */
/** @import { State } from "../replay/files.js" */
/** @import { View } from "./page.js" */

/**
 * @typedef {{state: State, holds: string[], to: string[], contests: string[], besieges: string[],
 *   present: string[], disputed: boolean}} SlugStanding actors by slug, sorted
 */

export class ControlMap extends HTMLElement {
  static observedAttributes = ["src", "at", "known", "place", "from", "to", "lang"];

  /** @type {Page | null} */
  #page = null;
  #loading = 0;
  /** @type {AbortController | null} */
  #scheme = null;
  #mirroring = false;
  /** Whether the load under way was asked for by a choice of the clock. */
  #clockChosen = false;
  /** A wish to play that came before there was a map. @type {{daysPerSecond?: number} | null} */
  #wished = null;
  /** @type {(() => void) | undefined} */
  #paintedFirst;
  /** @type {Position | null} */
  #position = null;
  /** Resolved when the first map is painted; anew where another src, known or lang is set. @type {Promise<void>} */
  ready;

  constructor() {
    super();
    this.ready = new Promise((resolve) => {
      this.#paintedFirst = resolve;
    });
    const shadow = this.attachShadow({ mode: "open" });
    this.styled = dress(shadow);
    this.root = h("div", { class: "control-map", "data-open": "" });
    shadow.append(this.root);
    this.root.addEventListener("keydown", (event) => this.#key(event));
  }

  connectedCallback() {
    // taken out and put back: what was published meanwhile is asked for
    if (this.src) void this.#load();
    this.#scheme = new AbortController();
    onScheme(() => void this.#load(), this.#scheme.signal);
  }

  disconnectedCallback() {
    this.#scheme?.abort();
    this.pause();
    this.#page?.session.close();
  }

  /** @param {string} name @param {string | null} was @param {string | null} is */
  attributeChangedCallback(name, was, is) {
    if (was === is || this.#mirroring || !this.isConnected) return;
    if (name === "at") {
      if (is && is !== this.date) void this.seek(is);
    } else if (name === "place") {
      this.#page?.choose(is ? (this.#page.replay.placeIndex.get(is) ?? null) : null);
    } else if (name === "from" || name === "to") {
      this.#page?.course.showRange(this.#range);
    } else if (this.src) {
      void this.#load();
    }
  }

  /** When names and fronts are there too, which come some frames after the first map. @returns {Promise<void>} */
  get drawn() {
    return this.ready.then(() => this.#page?.map.layer.drawn);
  }

  get src() {
    return this.getAttribute("src");
  }

  /** The day in view, YYYY-MM-DD. */
  get date() {
    const page = this.#page;
    return page ? page.replay.isoOf(page.player.day) : this.getAttribute("at");
  }

  /** The instant of the record that is shown: what was published by then. */
  get knownAt() {
    return this.#page?.session.knownAt ?? null;
  }

  get playing() {
    return this.#page?.player.playing ?? false;
  }

  /** The words it speaks in, which are its own: another map of the page may speak another language. */
  get messages() {
    return this.#page?.context.messages ?? new Messages(this.#language);
  }

  /** Where the map is. @returns {Position | null} */
  get position() {
    return this.#page?.map.position ?? this.#position;
  }

  set position(position) {
    this.#position = position;
    if (this.#page && position) this.#page.map.position = position;
  }

  /** @param {string} isoDate @returns {Promise<void>} when that date is painted */
  async seek(isoDate) {
    await this.ready;
    const day = this.#page?.replay.dayOf(isoDate);
    if (day === null || day === undefined) throw new RangeError(`${isoDate} is not a date`);
    await this.#page?.seek(day);
  }

  /** @param {number} days @returns {Promise<void>} when that date is painted */
  async step(days) {
    await this.ready;
    const page = this.#page;
    await page?.seek(page.player.day + days);
  }

  /** @param {{daysPerSecond?: number}} [options] what is asked for before the map is there begins with it */
  play({ daysPerSecond } = {}) {
    const page = this.#page;
    if (page) void page.play(daysPerSecond ?? page.player.speed);
    else this.#wished = { daysPerSecond };
  }

  pause() {
    this.#wished = null;
    this.#page?.player.pause();
  }

  /** The map takes the focus, and with it the keys. @param {FocusOptions} [options] */
  focus(options) {
    if (this.#page) this.#page.stage.focus(options);
    else super.focus(options);
  }

  /** What is drawn now of a place, or null where there is no such place. @param {string} placeSlug @returns {SlugStanding | null} */
  standing(placeSlug) {
    const page = this.#page;
    const place = page?.replay.placeIndex.get(placeSlug);
    if (!page || place === undefined) return null;
    const { state, holds, to, contests, besieges, present, disputed } =
      page.replay.standingOf(place);
    /** @param {number[]} actors */
    const slugs = (actors) => actors.map((actor) => page.replay.actors[actor].slug);
    return {
      state,
      holds: slugs(holds),
      to: slugs(to),
      contests: slugs(contests),
      besieges: slugs(besieges),
      present: slugs(present),
      disputed,
    };
  }

  get #language() {
    return this.getAttribute("lang") || document.documentElement.lang || "en";
  }

  /** The range of the attributes, where they have both ends. @returns {[from: string, to: string] | null} */
  get #range() {
    const [from, to] = [this.getAttribute("from"), this.getAttribute("to")];
    return from && to ? [from, to] : null;
  }

  /** Where to look, by what was set last. @returns {View} */
  get #view() {
    return { place: this.getAttribute("place"), range: this.#range, position: this.position };
  }

  /**
   * `renderer="canvas"` or `"webgl"`, to compare the two; what a reader's machine is best at where there is none.
   * @returns {Renderer}
   */
  get #renderer() {
    const wanted = this.getAttribute("renderer");
    return wanted === "canvas" || wanted === "webgl" ? wanted : "auto";
  }

  /** Several attributes may change at once, as when a page is parsed: one load is enough. */
  async #load() {
    this.#loading += 1;
    const mine = this.#loading;
    // at once: whoever sets an attribute waits for what comes of it, and not for what was there
    if (!this.#paintedFirst) {
      this.ready = new Promise((resolve) => {
        this.#paintedFirst = resolve;
      });
    }
    await Promise.resolve();
    if (mine !== this.#loading) return;
    const address = new URL(this.src ?? "", document.baseURI);
    const known = this.getAttribute("known");
    const language = this.#language;
    let wording = Promise.resolve(new Messages(language));
    try {
      const session = await Session.open(address, known, (manifest) => {
        wording = loadMessages(manifest, address, language);
        return Promise.all([wording, this.styled]);
      });
      const at = this.getAttribute("at");
      const asked = at ? session.replay.dayOf(at) : null;
      if (known || (asked !== null && !session.replay.has(asked))) await session.whole();
      // one that takes another's place is there whole at once
      const first = !this.#page;
      if (first) await pause();
      const words = new Words(session.replay, session.manifest.conflict, await wording);
      if (first) await pause();
      if (mine !== this.#loading) return session.close();
      // Where the map is now, or is wished to be: asked before the old one goes.
      this.#position = this.position;
      this.#page?.remove();
      // while the next one is put together, whoever listens asks this element, and not a map that is gone
      this.#page = null;
      this.#speak(language);
      const alone = this.hasAttribute("alone");
      const wish = { at, known, language, alone, renderer: this.#renderer };
      const page = new Page(this.root, session, words, wish, {
        painted: (iso, playing) => {
          this.#mirror("at", iso);
          this.#tell("seek", { date: iso, playing });
        },
        chosen: (slug) => {
          this.#mirror("place", slug);
          this.#tell("placeselect", { place: slug });
        },
        moved: (at) => this.#tell("viewchange", at),
        playing: (playing) => this.#tell(playing ? "play" : "pause", {}),
        replaced: () => void this.#load(),
        ranged: (range) => {
          this.#mirror("from", range?.[0] ?? null);
          this.#mirror("to", range?.[1] ?? null);
          this.#tell("rangechange", { range });
        },
        knownChosen: (known) => {
          if (known === this.getAttribute("known")) return;
          this.#clockChosen = true;
          if (known === null) this.removeAttribute("known");
          else this.setAttribute("known", known);
        },
      });
      await page.begin(first, () => this.#view);
      if (mine !== this.#loading || !this.isConnected) return page.remove();
      // before the page is asked where its map is: only what was set meanwhile is another wish
      page.catchUp(this.#view);
      this.#page = page;
      // what was chosen in the page before is where the keys were
      if (this.#clockChosen) this.#page.clock.focus();
      this.#clockChosen = false;
      this.#paintedFirst?.();
      this.#paintedFirst = undefined;
      if (this.#wished) this.play(this.#wished);
      this.#wished = null;
    } catch (error) {
      if (mine !== this.#loading) return;
      console.error(error);
      const fault = error instanceof LoadError ? error.fault : null;
      // a picture that is there stays, and says that it is not the latest
      if (this.#page) {
        this.#page.showTrouble(fault ?? "damaged");
        // it is of the clock that it was of, and the other one can be asked for again
        this.#mirror("known", this.#page.context.known);
        this.#clockChosen = false;
        this.#paintedFirst?.();
        this.#paintedFirst = undefined;
        return;
      }
      const again = () => void this.#load();
      const messages = await wording;
      if (mine !== this.#loading) return;
      const { gettext } = messages;
      this.#speak(language);
      this.root.replaceChildren(
        h(
          "div",
          { class: "failed", role: "alert" },
          h("p", {}, gettext("The map could not be loaded.")),
          fault && h("p", {}, faultText(messages, fault)),
          h("button", { type: "button", click: again }, gettext("Try again")),
        ),
      );
    }
  }

  /** @param {string} language */
  #speak(language) {
    this.root.lang = language;
    this.root.dir = /^(ar|fa|he|ku-arab|ur)\b/i.test(language) ? "rtl" : "ltr";
  }

  /** @param {string} name @param {string | null} value set without being told of it */
  #mirror(name, value) {
    this.#mirroring = true;
    if (value === null) this.removeAttribute(name);
    else this.setAttribute(name, value);
    this.#mirroring = false;
  }

  /** @param {string} name @param {object} detail */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const page = this.#page;
    if (!page || !this.hasAttribute("controls")) return;
    handleKey(event, {
      togglePlay: () => page.togglePlay(),
      move: (way, range) => page.course.move(way, range),
      stepChange: (direction, followed) =>
        void (followed ? page.course.stepFollowed(direction) : page.course.stepChange(direction)),
      zoom: (levels) => page.map.zoom(levels),
      pan: (x, y) => page.map.pan(x, y),
      help: () => page.help.open(),
      escape: () => page.escape(event),
    });
  }
}
