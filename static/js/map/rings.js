// Owns the rings: what changed on the date in view is marked, briefly where the reader allows motion. Elements, not
// pixels: the browser animates them without us, and the picture below is not painted again.

/** @import { Dot } from "./dots.js" */
/** @import { Picture } from "./picture.js" */

/** At once, the largest places: on a day with hundreds of changes rings everywhere would say nothing. */
const MOST = 24;
/** CSS pixels from a dot to its ring. */
const ROUND = 5;
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
    const { ratio } = scene.view;
    const dots = [...found].sort((a, b) => a - b).map((dot) => scene.dots[dot]);
    for (const dot of apart(dots, ROUND * ratio, playing ? MOST / 3 : MOST)) {
      this.#ring(dot, ratio, playing);
    }
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
    const size = (radius / ratio + ROUND) * 2;
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

/**
 * Rings across each other are a tangle: where places lie close, the most important has one for all.
 * @param {Dot[]} dots most important first @param {number} round from a dot to its ring @param {number} most
 * @returns {Dot[]}
 */
export function apart(dots, round, most) {
  /** @type {Dot[]} */
  const kept = [];
  for (const dot of dots) {
    if (kept.length >= most) break;
    const clear = kept.every(
      ({ x, y, radius }) => Math.hypot(x - dot.x, y - dot.y) > radius + dot.radius + round,
    );
    if (clear) kept.push(dot);
  }
  return kept;
}
