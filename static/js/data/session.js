// Owns one conflict as loaded: the first picture at once, the rest after it, and what is published meanwhile.

import { epochDay, microsOf } from "../replay/days.js";
import { Difference } from "../replay/difference.js";
import { readKnown } from "../replay/known.js";
import { readPublications } from "../replay/publications.js";
import { Replay } from "../replay/replay.js";
import { readNow, readTimeline } from "../replay/timeline.js";
import { ChangeFiles } from "./change-files.js";
import { asLoadError, LoadError } from "./fetching.js";
import { Loader } from "./load.js";

/** @import { Geometry } from "../replay/geometry.js" */
/** @import { Manifest, OwnStanding } from "../replay/files.js" */
/** @import { Fault } from "./fetching.js" */
/** @import { First } from "./load.js" */

/**
 * What a session tells: `changed` places look different on the day in view; names have come; something is
 * wrong with what was asked for (null: no longer).
 * @typedef {{arrived?: (changed: number[]) => void, named?: () => void, replaced?: () => void,
 *   trouble?: (fault: Fault | null) => void}} Listener
 */

const EVERY = 5_000; // ms between two looks at the manifest while the page is seen
const AGAIN = 3_000; // ms before what failed is tried again

export class Session {
  /** @type {Promise<void> | null} */
  #loading = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #watching = false;
  #closed = false;

  /**
   * @param {URL} address of the manifest
   * @param {First} first
   * @param {Loader} loader
   * @param {string | null} known the instant or day as known at which, if not now
   */
  constructor(address, first, loader, known) {
    this.address = address;
    this.loader = loader;
    /** @type {Manifest} */
    this.manifest = first.manifest;
    this.geometry = first.geometry;
    this.places = first.places;
    /** @type {Listener} */
    this.listener = {};
    const { start } = first.manifest.conflict;
    this.replay = new Replay(first.places, start, daysOf(first.manifest));
    /** As known at this instant, in microseconds since 1970; null is now. */
    this.known = known === null ? null : microsOf(known, first.manifest.conflict.timezone);
    /** To what is known now, where an earlier instant is shown and all is here. @type {Difference | null} */
    this.difference = null;
    this.changes = new ChangeFiles(first.manifest, address, this.replay.startDay, this.known);
    if (first.now) this.#showNow(first.now);
    /** Whether the manifest is an older one, kept by the browser. */
    this.stale = first.stale;
    /** @type {Fault | null} */
    this.fault = first.stale ? "offline" : null;
  }

  /**
   * Load what the first map takes. Raises LoadError.
   * @param {URL} address
   * @param {string | null} [known] the instant or day as known at which, if not now
   * @param {(manifest: Manifest) => Promise<unknown>} [beside] what can be loaded at the same time
   */
  static async open(address, known = null, beside = undefined) {
    const loader = new Loader(address);
    const first = await loader.first(beside);
    try {
      const session = new Session(address, first, loader, known);
      if (!first.now) await session.#begin();
      return session;
    } catch (error) {
      throw asLoadError(error, address);
    }
  }

  /** The first map from the whole timeline; where that is damaged, from the last day alone, as that of a large one. */
  async #begin() {
    try {
      await this.whole();
    } catch (error) {
      // it is asked for again with the rest, and then said what is wrong
      if (!(error instanceof LoadError)) throw error;
      this.#showNow(await this.loader.now(this.manifest));
    }
  }

  /** @param {Uint8Array} file */
  #showNow(file) {
    const now = readNow(file, this.number);
    if (now.length !== this.places.places.length) {
      throw new LoadError("damaged", `${this.manifest.files.now}: of other places`);
    }
    this.replay.showNow(now);
  }

  /** The instant of the record that is shown: what was published by then. @returns {string | null} */
  get knownAt() {
    const { known_at: last } = this.manifest;
    if (this.known === null || (last && Date.parse(last) * 1000 <= this.known)) return last;
    return new Date(this.known / 1000).toISOString();
  }

  /** @type {(own: OwnStanding) => number} */
  number = (own) => this.replay.table.ofOwn(own);

  /** The whole timeline; at once where it is here. Raises LoadError, and may then be asked again. @returns {Promise<void>} */
  whole() {
    if (this.replay.whole) return Promise.resolve();
    this.#loading ??= this.#complete(this.manifest).finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  /** @param {Manifest} manifest */
  async #complete(manifest) {
    const [files, known] = await Promise.all([
      this.loader.timeline(manifest),
      this.known === null ? null : this.loader.known(manifest),
    ]);
    if (this.#closed) return;
    const size = { places: this.places.places.length, actors: this.replay.actors.length };
    let timeline;
    let now;
    try {
      now = readTimeline(files, this.number, size);
      timeline =
        known && this.known !== null ? readKnown(files, known, this.known, this.number, size) : now;
    } catch (error) {
      throw asLoadError(error, this.address);
    }
    this.manifest = manifest;
    this.changes.update(manifest);
    const changed = this.replay.complete(timeline, daysOf(manifest));
    if (known) this.difference = new Difference(this.replay, now.rows);
    this.listener.arrived?.(changed);
  }

  /** Finer shapes than those of the first map; null where there are none, or they cannot be had now. */
  async fine() {
    try {
      const fine = await this.loader.fine(this.manifest);
      if (!this.#closed) return fine;
    } catch (error) {
      // the coarse ones go on being shown, which are not wrong
      console.warn(error);
    }
    return null;
  }

  /** The names of all places, if they have not come with the first map. */
  async names() {
    if (this.places.named) return;
    await this.loader.names(this.manifest, this.places);
    if (!this.#closed) this.listener.named?.();
  }

  /** When something was published or taken back, the latest first. Raises LoadError. */
  async publications() {
    const files = await this.loader.known(this.manifest);
    try {
      return readPublications(files);
    } catch (error) {
      throw asLoadError(error, this.address);
    }
  }

  /** Load the rest, then look for what is published, until it is closed. */
  watch() {
    if (this.#watching) return;
    this.#watching = true;
    document.addEventListener("visibilitychange", this.#seen);
    addEventListener("online", this.#seen);
    void this.#rest();
  }

  async #rest() {
    try {
      await this.whole();
      await this.names();
      this.#say(this.stale ? "offline" : null);
    } catch (error) {
      this.#say(error instanceof LoadError ? error.fault : "damaged");
      if (!(error instanceof LoadError)) console.error(error);
      if (!this.#closed) this.#timer = setTimeout(() => void this.#again(), AGAIN);
      return;
    }
    this.#later();
  }

  /** What failed may have been replaced: ask what there is now, then for the rest. */
  async #again() {
    try {
      const manifest = await this.loader.manifest();
      this.stale = false;
      if (!sameGround(manifest, this.manifest)) return this.listener.replaced?.();
      this.manifest = manifest;
    } catch {
      // the rest is asked for all the same, and says what is wrong
    }
    if (!this.#closed) await this.#rest();
  }

  #later() {
    clearTimeout(this.#timer);
    if (this.#closed || document.hidden) return;
    this.#timer = setTimeout(() => void this.look(), EVERY);
  }

  #seen = () => {
    if (!document.hidden && this.replay.whole) void this.look();
  };

  /** Ask for the manifest, and load what it has that is new. */
  async look() {
    clearTimeout(this.#timer);
    try {
      const manifest = await this.loader.manifest();
      if (this.#closed) return;
      this.stale = false;
      if (manifest.etag !== this.manifest.etag) {
        if (!sameGround(manifest, this.manifest)) {
          // the places themselves have changed: begin anew, where all of it can be had
          await this.loader.firstOf(manifest);
          this.listener.replaced?.();
          return;
        }
        await this.#complete(manifest);
      }
      this.#say(null);
    } catch (error) {
      this.#say(error instanceof LoadError ? error.fault : "damaged");
      if (!(error instanceof LoadError)) console.error(error);
    }
    this.#later();
  }

  /** @param {Fault | null} fault */
  #say(fault) {
    if (this.#closed || fault === this.fault) return;
    this.fault = fault;
    this.listener.trouble?.(fault);
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    document.removeEventListener("visibilitychange", this.#seen);
    removeEventListener("online", this.#seen);
  }
}

/** @param {Manifest} manifest */
function daysOf({ conflict }) {
  const [first, last] = [epochDay(conflict.start), epochDay(conflict.end)];
  if (first === null || last === null || last < first) {
    throw new LoadError("damaged", `${conflict.start} to ${conflict.end}`);
  }
  return last - first + 1;
}

/** Whether two manifests speak of the same places and shapes. @param {Manifest} a @param {Manifest} b */
function sameGround(a, b) {
  return (
    a.files.places === b.files.places &&
    a.files.geometry === b.files.geometry &&
    a.files.coarse === b.files.coarse &&
    a.files.names === b.files.names &&
    a.conflict.start === b.conflict.start
  );
}
