// Owns the element <point-map>: the readers' map as a place to point at. A click, or an arrow key, moves the pin.

import { loadMessages, Messages } from "../data/messages.js";
import { Session } from "../data/session.js";
import { MapView } from "../map/map-view.js";
import { onScheme } from "../map/palette.js";
import { h } from "./dom.js";

/** @typedef {{lat: number, lon: number}} Point */

/** CSS pixels that an arrow key moves the pin by; with Shift. */
const STEP = 8;
const SMALL = 1;
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
/** A tenth of a second of arc: some three metres. */
const DIGITS = 5;

/**
 * Tells `pick` {lat, lon}, in degrees, each time the pin is moved on the map. `at`: the day that it shows, else the
 * last one; `around`: the area that it opens on (west,south,east,north), else the whole conflict.
 */
export class PointMap extends HTMLElement {
  /** @type {MapView | null} */
  #view = null;
  /** @type {Session | null} */
  #session = null;
  /** @type {AbortController | null} */
  #left = null;
  #resizing = new ResizeObserver(() => this.#view?.resized());
  /** @type {Point | null} */
  #point = null;

  constructor() {
    super();
    this.attachShadow({ mode: "open" });
    this.stage = h("div", { class: "map", tabindex: 0, role: "application" });
    this.stage.addEventListener("keydown", (event) => this.#key(event));
    this.shadowRoot?.append(this.stage);
  }

  connectedCallback() {
    this.#left = new AbortController();
    // Where a release has put them only the page knows.
    for (const href of (this.getAttribute("styles") ?? "").split(" ").filter(Boolean)) {
      if (!this.shadowRoot?.querySelector(`link[href="${href}"]`)) {
        this.stage.before(h("link", { rel: "stylesheet", href }));
      }
    }
    this.stage.setAttribute("aria-label", this.getAttribute("label") ?? "");
    onScheme(() => void this.#load(), this.#left.signal);
    this.#resizing.observe(this.stage);
    void this.#load();
  }

  disconnectedCallback() {
    this.#left?.abort();
    this.#resizing.disconnect();
    this.#clear();
  }

  /** Where the pin is. @returns {Point | null} */
  get point() {
    return this.#point;
  }

  /** Put the pin there, and bring it into view. @param {Point | null} point */
  set point(point) {
    this.#point = point;
    this.#view?.pin(point);
  }

  async #load() {
    const address = new URL(this.getAttribute("src") ?? "", document.baseURI);
    const language = this.getAttribute("lang") || document.documentElement.lang || "en";
    const position = this.#view?.position ?? null;
    try {
      let messages = new Messages(language);
      const session = await Session.open(address, null, async (manifest) => {
        messages = await loadMessages(manifest, address, language);
      });
      if (!this.isConnected) return;
      this.#clear();
      this.#session = session;
      const { replay } = session;
      const day = replay.dayOf(this.getAttribute("at") ?? "") ?? replay.days - 1;
      // its own day or, where that cannot be had, the last one
      if (!replay.has(day)) await session.whole().catch(() => {});
      if (!this.isConnected) return session.close();
      replay.moveTo(day);
      const view = new MapView(this.stage, replay, session.geometry, this.#around(session), {
        language,
        rtl: document.dir === "rtl",
        position,
        zoomIn: messages.gettext("Zoom in"),
        zoomOut: messages.gettext("Zoom out"),
        renderer: "auto",
        finer: () => session.fine(),
        covered: () => [0, 0, 0, 0],
      });
      view.layer.refresh();
      this.#view = view;
      view.onPoint((point) => this.#pick(point));
      if (this.#point) view.pin(this.#point);
      await session.names();
      view.layer.refresh();
    } catch (error) {
      if (!this.isConnected || this.#view) return;
      console.warn(error);
      this.stage.replaceChildren(h("p", { class: "missing" }, this.getAttribute("missing") ?? ""));
      this.stage.removeAttribute("tabindex");
      this.stage.setAttribute("role", "note");
    }
  }

  /**
   * What the map is told of the conflict: with the bounds of the area that is asked for, where one is.
   * @param {Session} session
   */
  #around({ manifest }) {
    const bounds = (this.getAttribute("around") ?? "").split(",").map(Number);
    if (bounds.length !== 4 || !bounds.every(Number.isFinite)) return manifest;
    const [west, south, east, north] = bounds;
    /** @type {[number, number, number, number]} */
    const area = [west, south, east, north];
    return { ...manifest, conflict: { ...manifest.conflict, bounds: area } };
  }

  #clear() {
    this.#session?.close();
    this.#view?.remove();
    this.#session = this.#view = null;
  }

  /** @param {Point} point */
  #pick({ lat, lon }) {
    const point = { lat: Number(lat.toFixed(DIGITS)), lon: Number(lon.toFixed(DIGITS)) };
    this.point = point;
    this.dispatchEvent(new CustomEvent("pick", { detail: point, bubbles: true }));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const view = this.#view;
    if (!view || event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    const step = event.shiftKey ? SMALL : STEP;
    if (arrow) this.#pick(view.moved(this.#point, arrow[0] * step, arrow[1] * step));
    else if (event.key === "+" || event.key === "=") view.zoom(1, this.#point);
    else if (event.key === "-") view.zoom(-1, this.#point);
    else return;
    event.preventDefault();
  }
}
