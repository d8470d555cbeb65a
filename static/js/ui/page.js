// Owns one loaded replay on the page: the map and its controls put together, and what they do to each other.

import { MapView } from "../map/map-view.js";
import { Swatches } from "../map/swatch.js";
import { Announcer } from "./announcer.js";
import { ChangesList } from "./changes-list.js";
import { Clock } from "./clock.js";
import { Course } from "./course.js";
import { covered } from "./covered.js";
import { h, painted, pause } from "./dom.js";
import { Help } from "./help.js";
import { KnownNote } from "./known-note.js";
import { Legend } from "./legend.js";
import { PlacePanel } from "./place-panel.js";
import { PlaceSearch } from "./place-search.js";
import { Player } from "./player.js";
import { Sheet } from "./sheet.js";
import { TimeBar } from "./time-bar.js";
import { Tip } from "./tip.js";
import { Trouble } from "./trouble.js";

/** @import { Fault } from "../data/fetching.js" */
/** @import { Session } from "../data/session.js" */
/** @import { Position } from "../map/map-view.js" */
/** @import { Renderer } from "../map/painter.js" */
/** @import { Context } from "./context.js" */
/** @import { Words } from "./words.js" */

/**
 * @typedef {{painted: (iso: string, playing: boolean) => void, chosen: (slug: string | null) => void,
 *   moved: (position: Position) => void, playing: (playing: boolean) => void, replaced: () => void,
 *   knownChosen: (known: string | null) => void, ranged: (range: [from: string, to: string] | null) => void}} Listener
 */

/**
 * Where to look: a place by slug, a range by ISO days.
 * @typedef {{place: string | null, range: [from: string, to: string] | null, position: Position | null}} View
 */

const AT_REST = 250; // ms without another date

export class Page {
  /**
   * Its parts, which `begin` puts on the page.
   * @param {HTMLElement} root
   * @param {Session} session
   * @param {Words} words
   * @param {{at: string | null, known: string | null, language: string, alone: boolean, renderer: Renderer}} wish
   * @param {Listener} listener
   */
  constructor(root, session, words, wish, listener) {
    const { messages } = words;
    const { gettext } = messages;
    this.root = root;
    this.wish = wish;
    this.listener = listener;
    this.resting = 0;
    this.gone = false;
    /** The day up to which changes have had their ring. */
    this.marked = 0;
    this.course = new Course(this);
    const { course } = this;
    /** What it began with. @type {View | null} */
    this.view = null;
    this.session = session;
    this.replay = session.replay;
    const last = this.replay.days - 1;
    this.replay.moveTo(wish.at ? (this.replay.dayOf(wish.at) ?? last) : last);
    const page = this;
    /** @type {Context} */
    this.context = {
      replay: this.replay,
      messages,
      words,
      swatches: new Swatches(this.replay.actors),
      get manifest() {
        return session.manifest;
      },
      address: session.address,
      changes: session.changes,
      known: wish.known,
      alone: wish.alone,
      get day() {
        return page.player.day;
      },
      get range() {
        return course.range;
      },
      seek: (day) => void this.seek(day),
      stepChange: (direction) => void course.stepChange(direction),
      setRange: (range) => course.setRange(range),
      follow: (followed) => course.follow(followed),
      stepFollowed: (direction) => void course.stepFollowed(direction),
      togglePlay: () => this.togglePlay(),
      setSpeed: (speed) => this.setSpeed(speed),
      choose: (place) => this.choose(place),
      showSourcedOnly: (only) => this.map.layer.showSourcedOnly(only),
    };
    const { context } = this;
    this.stage = h("div", {
      class: "map",
      role: "region",
      "aria-label": gettext("Map"),
      tabindex: 0,
    });
    this.tip = new Tip(context, this.stage);
    this.announcer = new Announcer(context);
    this.search = new PlaceSearch(context);
    this.legend = new Legend(context);
    this.changesList = new ChangesList(context);
    this.panel = new PlacePanel(context);
    this.help = new Help(messages);
    this.clock = new Clock(context, {
      publications: () => session.publications(),
      chosen: (known) => listener.knownChosen(known),
    });
    /** Only where an earlier instant is shown. */
    this.knownNote =
      session.known === null
        ? null
        : new KnownNote(context, session.known, () => listener.knownChosen(null));
    this.timeBar = new TimeBar(context, this.clock.button, () => this.help.open());
    this.sheet = new Sheet(root, messages);
    this.trouble = new Trouble(messages);
    this.side = h(
      "aside",
      { class: "side card", "aria-label": gettext("What changed, and where") },
      this.changesList.element,
      this.panel.element,
    );
    this.resizing = new ResizeObserver(() => this.#resized());
    // both are there from `begin` on, before which nothing of the page can be reached
    this.map = /** @type {MapView} */ (/** @type {unknown} */ (null));
    this.player = /** @type {Player} */ (/** @type {unknown} */ (null));
  }

  /**
   * Instead of what is on the page: all at once, or as a first map soon rather than whole, in parts that let others
   * have their turn.
   * @param {boolean} first @param {() => View} wished
   * @returns {Promise<void>} when the map is there, though not seen yet
   */
  async begin(first, wished) {
    const { root, session, wish, listener, context } = this;
    if (first) await pause();
    if (this.gone) return;
    this.view = wished();
    const { place, range, position } = this.view;
    const { gettext } = context.messages;
    root.replaceChildren(
      h(
        "div",
        { class: "stage" },
        this.stage,
        this.knownNote?.element,
        this.tip.element,
        this.trouble.element,
        this.search.element,
        this.legend.element,
        this.side,
        this.sheet.element,
      ),
      this.timeBar.element,
      this.help.element,
      this.clock.element,
      this.announcer.element,
    );
    this.map = new MapView(this.stage, this.replay, session.geometry, session.manifest, {
      language: wish.language,
      rtl: root.dir === "rtl",
      renderer: wish.renderer,
      finer: () => session.fine(),
      position,
      zoomIn: gettext("Zoom in"),
      zoomOut: gettext("Zoom out"),
      covered: () => covered(root, this.stage),
    });
    this.player = new Player(this.replay, this.map, {
      painted: (day, playing) => this.#painted(day, playing),
      started: () => this.#playing(true),
      stopped: () => this.#playing(false),
    });
    this.map.onMove(() => listener.moved(this.map.position));
    this.map.onChoose((place) => this.choose(place));
    this.map.onHover((place, x, y) => this.tip.show(place, x, y));
    if (this.knownNote) this.knownNote.difference = session.difference;
    // A position in the address says where to look; the place alone would be brought into view.
    if (place) this.choose(this.#placeOf(place), !position);
    if (range) this.course.showRange(range);
    this.#painted(this.player.day, false);
    this.#listen();
    await this.map.layer.begin(first ? pause : null);
    if (!first) this.#resized();
    void this.#settle(first);
  }

  /** What was wished while the map was being drawn. @param {View} view */
  catchUp({ place, range, position }) {
    const { view } = this;
    if (position && position !== view?.position) this.map.position = position;
    if (place !== view?.place) this.choose(this.#placeOf(place));
    if (String(range) !== String(view?.range)) this.course.showRange(range);
  }

  /** @param {string | null} slug */
  #placeOf(slug) {
    return slug === null ? null : (this.replay.placeIndex.get(slug) ?? null);
  }

  /** What comes after the first picture; of a first map one part a frame. @param {boolean} first */
  async #settle(first) {
    const parts = [
      () => this.map.layer.complete(),
      () => this.context.swatches.begin(pause),
      // which at once draws what goes by the size
      () => this.resizing.observe(this.root),
      () => this.#toRead(this.player.day, this.player.playing),
      () => this.session.watch(),
    ];
    await painted();
    for (const part of parts) {
      if (this.gone) return;
      await part();
      if (first) await painted();
    }
  }

  /** What the session brings after the first picture; or before, where an early date asks for it. */
  #listen() {
    const { session } = this;
    session.listener = {
      arrived: (changed) => this.#arrived(changed),
      named: () => this.#named(),
      replaced: () => this.listener.replaced(),
      trouble: (fault) => this.showTrouble(fault),
    };
    this.showTrouble(session.fault);
  }

  /** @param {Fault | null} fault */
  showTrouble(fault) {
    this.trouble.show(fault);
  }

  /** The whole timeline is here, or a newer one: the same day, in the same view. @param {number[]} changed */
  #arrived(changed) {
    const { replay, player } = this;
    const { day } = replay;
    this.map.layer.update(changed);
    this.map.layer.extended();
    this.timeBar.extended();
    this.legend.extended();
    if (this.knownNote) this.knownNote.difference = this.session.difference;
    this.changesList.forget();
    void this.panel.refresh();
    if (player.day !== day && player.day > replay.days - 1) player.day = day;
    this.#painted(player.day, player.playing);
  }

  /** The names of all places are here. */
  #named() {
    this.map.layer.refresh();
    this.changesList.forget();
    this.#painted(this.player.day, this.player.playing);
  }

  /** Any day but the last waits for the timeline. @param {number} day */
  async seek(day) {
    if (!this.replay.has(day)) await this.session.whole();
    await this.player.seek(day);
  }

  /** What Escape closes, one at a time, the nearest first. @param {Event} event @returns {boolean} whether there was something */
  escape(event) {
    if (this.timeBar.brush.cancel()) return true;
    const atTime = event.composedPath().includes(this.timeBar.element);
    if (this.course.range && (atTime || (this.panel.place === null && !this.sheet.opened))) {
      this.course.setRange(null);
      return true;
    }
    if (this.panel.place === null) return this.sheet.close();
    this.choose(null);
    return true;
  }

  togglePlay() {
    if (this.player.playing) this.player.pause();
    else void this.play(this.player.speed);
  }

  /** @param {number} daysPerSecond */
  async play(daysPerSecond) {
    if (!this.replay.whole) await this.session.whole();
    this.player.play(daysPerSecond);
  }

  /** @param {number} daysPerSecond */
  setSpeed(daysPerSecond) {
    this.player.speed = daysPerSecond;
  }

  /** @param {number | null} place @param {boolean} [show] whether to bring it into view */
  choose(place, show = true) {
    if (place === this.panel.place) return;
    const had = this.panel.place;
    this.map.layer.choose(place);
    void this.panel.show(place);
    this.root.classList.toggle("with-place", place !== null);
    this.sheet.openFor(place);
    this.course.follow(place === null ? null : { kind: "place", at: place });
    if (place !== null && show) this.map.show(place);
    if (place !== null) this.panel.element.focus({ preventScroll: true });
    else if (had !== null) this.stage.focus({ preventScroll: true });
    this.listener.chosen(place === null ? null : this.replay.places[place].slug);
  }

  /** @param {boolean} playing */
  #playing(playing) {
    this.root.classList.toggle("playing", playing);
    this.timeBar.showPlaying(playing);
    this.listener.playing(playing);
  }

  /**
   * What is watched follows every frame; what is read (cards, the page's words for those who hear it) comes when
   * the date has come to rest, be it between two days of a slow replay: nothing is fetched or listed in between.
   * @param {number} day @param {boolean} playing
   */
  #painted(day, playing) {
    this.timeBar.update(day, playing);
    this.legend.update(day);
    this.panel.update(day);
    this.knownNote?.count(day);
    this.changesList.head(day);
    this.sheet.showCount(this.changesList.count(day));
    this.listener.painted(this.replay.isoOf(day), playing);
    clearTimeout(this.resting);
    const { layer } = this.map;
    if (playing) layer.mark(this.replay.changedBetween(Math.min(this.marked, day), day), true);
    else layer.mark([]);
    this.marked = day;
    this.resting = setTimeout(() => this.#toRead(day, playing), AT_REST);
  }

  /** @param {number} day @param {boolean} playing */
  #toRead(day, playing) {
    void this.changesList.update(day);
    this.timeBar.say(day);
    const { messages, words } = this.context;
    const label = messages.interpolate(messages.gettext("Map of control on %(date)s"), {
      date: words.day(day),
    });
    this.stage.setAttribute("aria-label", label);
    this.#lightUp();
    if (playing) return;
    // the first day brings the baselines: that is where the record begins, not what changed
    if (day > 0) this.map.layer.mark(this.replay.changedBetween(day - 1, day));
    const count = this.changesList.count(day);
    void this.announcer.say(day, count, this.knownNote?.said() ?? "");
  }

  #lightUp() {
    if (!this.knownNote) return;
    this.map.layer.lightUp(this.knownNote.places);
    this.knownNote.listAll();
  }

  #resized() {
    this.map?.resized();
    this.timeBar.resized();
    this.panel.resized();
  }

  remove() {
    this.gone = true;
    this.session.close();
    this.player?.pause();
    clearTimeout(this.resting);
    this.resizing.disconnect();
    this.map?.remove();
  }
}
