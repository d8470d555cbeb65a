// Owns the rings: what changed on the date in view is marked, briefly where the reader allows motion. Elements, not
// pixels: the browser animates them without us, and the picture below is not painted again.

/** @import { Dot } from "./dots.js" */
/** @import { Picture } from "./picture.js" */

/** At once, the largest places: on a day with hundreds of changes rings everywhere would say nothing. */
const MOST = 24;
const PULSE = { duration: 900, easing: "cubic-bezier(0.2, 0.7, 0.3, 1)" };

export class Rings {
  /** @param {HTMLElement} parent which moves and scales with the picture */
  constructor(parent) {
    this.parent = parent;
    this.still = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)");
    /** @type {HTMLElement[]} */
    this.all = [];
    this.shown = 0;
    this.next = 0;
  }

  /**
   * Marks places that changed on the date in view. While dates pass, rings of the last ones fade out beside them;
   * a date that stays has its own alone.
   * @param {Picture} picture
   * @param {ArrayLike<number>} places
   * @param {boolean} playing
   */
  mark({ scene }, places, playing) {
    if (!playing) this.clear();
    if (!places.length) return;
    // by importance, as dots are
    const found = new Set();
    for (let at = 0; at < places.length; at += 1) found.add(scene.dotOf.get(places[at]) ?? -1);
    found.delete(-1);
    const most = playing ? MOST / 3 : MOST;
    const dots = [...found].sort((a, b) => a - b).slice(0, most);
    const { ratio } = scene.view;
    for (const dot of dots) this.#ring(scene.dots[dot], ratio, playing);
  }

  clear() {
    if (!this.shown) return;
    for (const ring of this.all) {
      ring.hidden = true;
      for (const animation of ring.getAnimations()) animation.cancel();
    }
    this.shown = 0;
  }

  /** @param {Dot} dot @param {number} ratio @param {boolean} passing */
  #ring({ x, y, radius }, ratio, passing) {
    this.all[this.next] ??= this.#made();
    const ring = this.all[this.next];
    this.next = (this.next + 1) % MOST;
    this.shown += 1;
    const size = (radius / ratio) * 2 + 10;
    ring.style.inlineSize = ring.style.blockSize = `${size}px`;
    ring.style.insetInlineStart = `${x / ratio - size / 2}px`;
    ring.style.insetBlockStart = `${y / ratio - size / 2}px`;
    ring.hidden = passing && !!this.still?.matches;
    if (this.still?.matches) return;
    for (const animation of ring.getAnimations()) animation.cancel();
    const from = { opacity: 1, transform: "scale(2.4)" };
    const to = { opacity: passing ? 0 : 0.85, transform: "scale(1)" };
    ring.animate([from, to], { ...PULSE, fill: "forwards" });
  }

  #made() {
    const ring = document.createElement("span");
    ring.className = "change-ring";
    this.parent.append(ring);
    return ring;
  }
}
