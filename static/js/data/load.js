// Owns the fetching of the readers' files: the manifest anew each time, the rest as their names never change.

import { FORMAT } from "../replay/files.js";

/** @import { ChangeRecord, GeometryFile, Manifest, PlacesFile, TimelineFile } from "../replay/files.js" */

export class LoadError extends Error {}

/** @param {string | URL} url @param {RequestInit} [options] @returns {Promise<any>} */
async function json(url, options) {
  const response = await fetch(url, options);
  if (!response.ok) throw new LoadError(`${response.status} ${response.statusText}: ${url}`);
  return response.json();
}

/** @param {{format: number}} file */
function checked(file) {
  if (file.format !== FORMAT) throw new LoadError(`format ${file.format}, not ${FORMAT}`);
  return file;
}

/**
 * The manifest and the files it names, side by side.
 * @param {URL} address of the manifest
 */
export async function load(address) {
  // "no-cache" asks with the ETag at hand, and takes 304 for an answer.
  /** @type {Manifest} */
  const manifest = await json(address, { cache: "no-cache" });
  checked(manifest);
  const [places, geometry, timeline] = await Promise.all(
    ["places", "geometry", "timeline"].map(async (kind) => {
      const name = manifest.files[/** @type {"places"} */ (kind)];
      return checked(await json(new URL(name, address)));
    }),
  );
  return {
    manifest,
    places: /** @type {PlacesFile} */ (/** @type {unknown} */ (places)),
    geometry: /** @type {GeometryFile} */ (/** @type {unknown} */ (geometry)),
    timeline: /** @type {TimelineFile} */ (/** @type {unknown} */ (timeline)),
  };
}

/** The changes in full, month by month as they are asked for. */
export class ChangeFiles {
  /** @param {Manifest} manifest @param {URL} address */
  constructor(manifest, address) {
    this.files = manifest.files.changes;
    this.months = Object.keys(this.files).sort();
    this.address = address;
    /** @type {Map<string, Promise<ChangeRecord[]>>} */
    this.asked = new Map();
  }

  /** @param {string} month YYYY-MM @returns {Promise<ChangeRecord[]>} */
  month(month) {
    const name = this.files[month];
    if (!name) return Promise.resolve([]);
    let records = this.asked.get(month);
    if (!records) {
      records = json(new URL(name, this.address)).then((file) => file.changes);
      this.asked.set(month, records);
      // what failed is asked for again the next time
      records.catch(() => this.asked.delete(month));
    }
    return records;
  }

  /** The changes of a day; those of the months beside it are fetched ahead. @param {string} iso */
  async on(iso) {
    const month = iso.slice(0, 7);
    const records = await this.month(month);
    for (const near of this.#beside(month)) this.month(near).catch(() => []);
    return records.filter((record) => record.day === iso);
  }

  /** @param {string} month */
  #beside(month) {
    const after = this.months.findIndex((known) => known > month);
    const next = after < 0 ? [] : this.months.slice(after, after + 2);
    return [...next, ...this.months.filter((known) => known < month).slice(-1)];
  }
}

/**
 * One place's spans and changes, from the API.
 * @typedef {{actor: string | null, role: string, from: string, to: string | null, change: string}} SpanRecord
 * @param {Manifest} manifest
 * @param {URL} address
 * @param {string} slug
 * @returns {Promise<{spans: SpanRecord[], changes: ChangeRecord[]}>}
 */
export function history(manifest, address, slug) {
  const url = new URL(manifest.links.history.replace("{slug}", encodeURIComponent(slug)), address);
  const known = address.searchParams.get("known_at");
  if (known) url.searchParams.set("known_at", known);
  return json(url);
}
