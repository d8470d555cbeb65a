// Owns a reader's course through time: the range that limits it, whom it follows, and the steps from change to change.

/** @import { Page } from "./page.js" */
/** @import { Followed, Range } from "./context.js" */
/** @import { Way } from "./keyboard.js" */

export class Course {
  /** @param {Page} page whose parts it moves */
  constructor(page) {
    this.page = page;
    /** @type {Range | null} */
    this.range = null;
  }

  /** @param {1 | -1} direction */
  async stepChange(direction) {
    const { page } = this;
    await this.#halt();
    const day = page.replay.changes.nearest(page.player.day, direction);
    if (day !== null) await page.seek(day);
  }

  /** To the next change of the place or the actor that is followed. @param {1 | -1} direction */
  async stepFollowed(direction) {
    const { page } = this;
    await this.#halt();
    const day = page.timeBar.follow.nearest(page.player.day, direction);
    if (day !== null) await page.seek(day);
  }

  async #halt() {
    this.page.player.pause();
    await this.page.session.whole();
  }

  /** @param {Followed | null} followed */
  follow(followed) {
    this.page.timeBar.showFollowed(followed);
    this.page.legend.showFollowed(followed);
  }

  /** @param {[from: string, to: string] | null} range in ISO days; one that is none is none */
  showRange(range) {
    const [from, to] = (range ?? []).map((iso) => this.page.replay.dayOf(iso));
    const meant = typeof from === "number" && typeof to === "number" && from < to;
    this.setRange(meant ? { from, to } : null);
  }

  /** What limits playing and the list. @param {Range | null} range of days that there are */
  setRange(range) {
    const { replay, player, timeBar, changesList, listener } = this.page;
    this.range = range;
    player.limits = range;
    timeBar.showRange(range);
    changesList.forget();
    void changesList.update(player.day);
    listener.ranged(range && [replay.isoOf(range.from), replay.isoOf(range.to)]);
  }

  /** To where a key leads; with `range` the range is drawn along. @param {Way} way @param {boolean} range */
  move(way, range) {
    const { replay, player } = this.page;
    const { day } = player;
    let to = way.end === "first" ? 0 : replay.days - 1;
    if (way.days) to = replay.clamp(day + way.days);
    else if (way.months) to = replay.monthsFrom(day, way.months);
    if (range) {
      const { range: was } = this;
      // the end that lies on the day in view is the one that moves, as in a text
      const anchor = was?.to === day ? was.from : was?.from === day ? was.to : day;
      const [from, until] = [Math.min(anchor, to), Math.max(anchor, to)];
      this.setRange(from < until ? { from, to: until } : null);
    }
    void this.page.seek(to);
  }
}
