// Owns the changes in full: the files of the periods that a reader looks at, read into records.

import { isoOfEpochDay } from "../replay/days.js";
import { json, LoadError } from "./fetching.js";

/** @import { ChangeRecord, Manifest } from "../replay/files.js" */

/**
 * The file of one period. A change: id, which date, day, first day, published (microseconds), kind, verb,
 * actor, other actor, count of places, headline, note, ruling, its reason, places, citations; then, as far as
 * there is any, the instant at which it was superseded, the id of what it supersedes, and why.
 * @typedef {{sources: string[][], languages: string[], dates: string[][], changes: any[][]}} TextFile
 * @typedef {{files: [first: number, end: number, ...urls: string[]][], past: string[]}} TextIndex
 */

// Where in a change it says when it was published, and when superseded.
const [SINCE, GONE] = [4, 16];

export class ChangeFiles {
  /**
   * @param {Manifest} manifest
   * @param {URL} address of the manifest
   * @param {number} startDay since 1970-01-01
   * @param {number | null} [known] as known at this instant, in microseconds since 1970; null is now
   */
  constructor(manifest, address, startDay, known = null) {
    this.known = known;
    this.manifest = manifest;
    this.address = address;
    this.startDay = startDay;
    /** @type {Promise<TextIndex> | null} */
    this.index = null;
    /** @type {Map<string, Promise<ChangeRecord[]>>} */
    this.asked = new Map();
  }

  /** A newer manifest: files that are the same are not read again. @param {Manifest} manifest */
  update(manifest) {
    if (manifest.files.changes !== this.manifest.files.changes) this.index = null;
    this.manifest = manifest;
  }

  /** What the index names lies beside it. */
  get indexUrl() {
    return new URL(this.manifest.files.changes, this.address);
  }

  #index() {
    if (!this.index) {
      this.index = json(this.indexUrl);
      // what failed is asked for again the next time
      this.index.catch(() => {
        this.index = null;
      });
    }
    return this.index;
  }

  /** @param {string} url @returns {Promise<ChangeRecord[]>} */
  #file(url) {
    let records = this.asked.get(url);
    if (!records) {
      records = json(new URL(url, this.indexUrl)).then((file) => this.#records(file));
      this.asked.set(url, records);
      records.catch(() => this.asked.delete(url));
    }
    return records;
  }

  /** The changes of a day; the periods beside it are fetched ahead. @param {number} day from the conflict's first */
  async on(day) {
    const { files, past } = await this.#index();
    const at = files.findIndex(([first, end]) => first <= day && day < end);
    const urls = at < 0 ? [] : files[at].slice(2).map(String);
    if (this.known !== null) urls.push(...past);
    const records = (await Promise.all(urls.map((url) => this.#file(url)))).flat();
    for (const near of at < 0 ? [] : [files[at + 1], files[at - 1]]) {
      if (near?.length === 3) this.#file(near[2]).catch(() => []);
    }
    const iso = isoOfEpochDay(this.startDay + day);
    return records.filter((record) => record.day === iso);
  }

  /** @param {TextFile} file @returns {ChangeRecord[]} */
  #records({ sources, languages, dates, changes }) {
    if (!Array.isArray(changes)) throw new LoadError("damaged", "not a file of changes");
    const [own, ...others] = languages;
    const page = this.manifest.links.change;
    /** @param {number | null} day */
    const iso = (day) => (day === null ? null : isoOfEpochDay(this.startDay + day));
    const stood = changes.filter((change) => {
      const gone = change[GONE] ?? Number.POSITIVE_INFINITY;
      return this.known === null || (change[SINCE] <= this.known && this.known < gone);
    });
    return stood.map(([id, date, day, first, at, kind, verb, actor, other, ...rest]) => {
      const [text, words, ...translated] = dates[date];
      const [count, headline, note, ruling, why, places, citations, , supersedes, reason] = rest;
      return {
        id,
        date: text,
        date_words: words,
        date_words_in: Object.fromEntries([
          [own, words],
          ...others.map((code, n) => [code, translated[n]]),
        ]),
        day: iso(day) ?? "",
        first_day: iso(first),
        kind,
        supersedes: supersedes ?? null,
        reason: reason ?? "",
        verb,
        actor,
        other_actor: other,
        places,
        place_count: count,
        headline,
        note,
        ruling,
        ruling_reason: why,
        published_at: new Date(at / 1000).toISOString(),
        url: page.replace("{id}", encodeURIComponent(id)),
        citations: citations.map((/** @type {any[]} */ cited) => {
          const [source, source_name, kindOf, reliability] = sources[cited[0]];
          const [, stance, title, url, published, quote, said] = cited;
          return {
            ...{ source, source_name, kind: kindOf, reliability, stance },
            ...{ title, url, published, quote, note: said },
          };
        }),
      };
    });
  }
}
