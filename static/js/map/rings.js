// Owns the rings: what changed on the date in view is marked, briefly where the reader allows motion. Elements, not
// pixels: the browser animates them without us, and the picture below is not painted again.

/** @import { Dot } from "./dots.js" */
/** @import { Picture } from "./picture.js" */

/** At once, the largest places: on a day with hundreds of changes rings everywhere would say nothing. */
const MOST = 24;
/** While dates pass: each is a layer of its own to the browser, and is there long enough to be seen. */
const PASSING = 8;
/** CSS pixels from a dot to its ring. */
const ROUND = 5;
const PULSE = { duration: 900, easing: "cubic-bezier(0.2, 0.7, 0.3, 1)" };

/**
 * `until`: when it has faded out, on the page's clock.
 * @typedef {{element: HTMLElement, until: number, animation?: Animation}} Ring
 */

export class Rings {
  /** @param {HTMLElement} parent which moves and scales with the picture */
  constructor(parent) {
    this.parent = parent;
    this.still = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)");
    /** @type {Ring[]} */
    this.all = [];
  }

  /**
   * Marks places that changed on the date in view. While dates pass, rings of the last ones fade out before there
   * are others; a date that stays has its own alone.
   * @param {Picture} picture
   * @param {ArrayLike<number>} places
   * @param {boolean} playing
   */
  mark({ scene }, places, playing) {
    if (!playing) this.clear();
    if (!places.length || (playing && this.still?.matches)) return;
    const now = performance.now();
    const shown = this.all.filter(({ until }) => until > now).length;
    const room = (playing ? PASSING : MOST) - shown;
    if (room <= 0) return;
    // by importance, as dots are
    const found = new Set();
    for (let at = 0; at < places.length; at += 1) found.add(scene.dotOf.get(places[at]) ?? -1);
    found.delete(-1);
    const { ratio } = scene.view;
    const dots = [...found].sort((a, b) => a - b).map((dot) => scene.dots[dot]);
    for (const dot of apart(dots, ROUND * ratio, room)) this.#show(dot, ratio, now, playing);
  }

  clear() {
    for (const ring of this.all) {
      if (!ring.until) continue;
      ring.until = 0;
      ring.element.hidden = true;
      ring.animation?.cancel();
    }
  }

  /** @param {Dot} dot @param {number} ratio @param {number} now @param {boolean} passing */
  #show({ x, y, radius }, ratio, now, passing) {
    const ring = this.all.find(({ until }) => until <= now) ?? this.#made();
    const { element } = ring;
    const size = (radius / ratio + ROUND) * 2;
    element.style.inlineSize = element.style.blockSize = `${size}px`;
    element.style.insetInlineStart = `${x / ratio - size / 2}px`;
    element.style.insetBlockStart = `${y / ratio - size / 2}px`;
    element.hidden = false;
    ring.until = passing ? now + PULSE.duration : Number.POSITIVE_INFINITY;
    if (this.still?.matches) return;
    ring.animation?.cancel();
    const from = { opacity: 1, transform: "scale(2.4)" };
    const to = { opacity: passing ? 0 : 0.85, transform: "scale(1)" };
    ring.animation = element.animate([from, to], { ...PULSE, fill: "forwards" });
  }

  #made() {
    const element = document.createElement("span");
    element.className = "change-ring";
    this.parent.append(element);
    /** @type {Ring} */
    const ring = { element, until: 0 };
    this.all.push(ring);
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
