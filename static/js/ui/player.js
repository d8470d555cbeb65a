// Owns the clock of the replay: the day in view, seeking, stepping and playing, one paint a frame.

/** @import { MapView } from "../map/map-view.js" */
/** @import { Replay } from "../replay/replay.js" */
/** @import { Range } from "./context.js" */

/** @typedef {{painted: (day: number, playing: boolean) => void, started: () => void, stopped: () => void}} Listener */

/** A tab in the background gets no frames, and a seek there must still end. @param {() => void} run */
function nextFrame(run) {
  if (document.hidden) setTimeout(run, 0);
  else requestAnimationFrame(run);
}

export class Player {
  /** @param {Replay} replay @param {MapView} map @param {Listener} listener */
  constructor(replay, map, listener) {
    this.replay = replay;
    this.map = map;
    this.listener = listener;
    this.day = replay.day;
    this.playing = false;
    /** Days between which it plays; null: all. @type {Range | null} */
    this.limits = null;
    this.speed = 30;
    /** Part of a day that has passed and not been painted. */
    this.fraction = 0;
    this.last = 0;
    /** Whether the frame under way has had its paint. */
    this.spent = false;
    /** The paint that waits for the next one. @type {{painted: Promise<void>, resolve: () => void} | null} */
    this.waiting = null;
  }

  /**
   * Paint a day: at once, so that a date takes one frame and not two; where this frame has had its paint, at the
   * next one, and of several asked for meanwhile the last.
   * @param {number} day @returns {Promise<void>} when it is painted
   */
  seek(day) {
    this.day = this.replay.clamp(day);
    this.fraction = 0;
    if (!this.spent) {
      this.#paint();
      return Promise.resolve();
    }
    if (!this.waiting) {
      let resolve = () => {};
      const painted = new Promise((/** @type {(value: void) => void} */ done) => {
        resolve = done;
      });
      this.waiting = { painted, resolve };
    }
    return this.waiting.painted;
  }

  /** @param {number} daysPerSecond */
  play(daysPerSecond) {
    this.speed = daysPerSecond;
    if (this.playing) return;
    if (this.day >= this.#last || this.day < this.#first) this.day = this.#first;
    this.playing = true;
    this.fraction = 0;
    this.last = performance.now();
    this.listener.started();
    requestAnimationFrame((now) => this.#tick(now));
  }

  get #first() {
    return this.limits?.from ?? 0;
  }

  get #last() {
    return this.limits?.to ?? this.replay.days - 1;
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    this.#paint();
    this.listener.stopped();
  }

  /** @param {number} now */
  #tick(now) {
    if (!this.playing) return;
    // After a pause of the browser's own, go on from where we were.
    const seconds = Math.min(0.25, Math.max(0, now - this.last) / 1000);
    this.last = now;
    const passed = this.fraction + seconds * this.speed;
    const whole = Math.floor(passed);
    this.fraction = passed - whole;
    if (whole) {
      // a day beyond the end of a range was sought there: it stays
      this.day = Math.max(this.day, Math.min(this.#last, this.day + whole));
      this.#paint();
    }
    if (this.day >= this.#last) this.pause();
    else requestAnimationFrame((then) => this.#tick(then));
  }

  #paint() {
    if (!this.spent) {
      this.spent = true;
      nextFrame(() => this.#frame());
    }
    this.map.layer.update(this.replay.moveTo(this.day));
    this.listener.painted(this.day, this.playing);
  }

  #frame() {
    this.spent = false;
    const { waiting } = this;
    if (!waiting) return;
    this.waiting = null;
    this.#paint();
    waiting.resolve();
  }
}
