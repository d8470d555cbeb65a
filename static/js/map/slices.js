// Owns long work spread over frames: a generator is run a few milliseconds at a time, so that what plays goes on.

const BUDGET = 8; // ms of a frame's sixteen

export class Slices {
  constructor() {
    /** @type {{work: Generator<void, unknown>, done: (result: any) => void} | null} */
    this.task = null;
    this.frame = 0;
  }

  get busy() {
    return this.task !== null;
  }

  /**
   * Run from the next frame on, instead of what was running.
   * @template Result
   * @param {Generator<void, Result>} work
   * @param {(result: Result) => void} done
   */
  start(work, done) {
    this.task = { work, done };
    this.frame ||= requestAnimationFrame(() => this.#run());
  }

  /** At once, to the end. @template Result @param {Generator<void, Result>} work @returns {Result} */
  now(work) {
    this.stop();
    for (;;) {
      const { done, value } = work.next();
      if (done) return value;
    }
  }

  /**
   * Soon, to the end, with a rest every few milliseconds in which others have their turn.
   * @template Result @param {Generator<void, Result>} work @param {() => Promise<void>} rest @returns {Promise<Result>}
   */
  async soon(work, rest) {
    this.stop();
    for (let end = performance.now() + BUDGET; ; ) {
      const { done, value } = work.next();
      if (done) return value;
      if (performance.now() < end) continue;
      await rest();
      end = performance.now() + BUDGET;
    }
  }

  stop() {
    this.task = null;
    if (this.frame) cancelAnimationFrame(this.frame);
    this.frame = 0;
  }

  #run() {
    this.frame = 0;
    const { task } = this;
    if (!task) return;
    const end = performance.now() + BUDGET;
    do {
      const { done, value } = task.work.next();
      if (!done) continue;
      this.task = null;
      task.done(value);
      return;
    } while (performance.now() < end);
    this.frame = requestAnimationFrame(() => this.#run());
  }
}
