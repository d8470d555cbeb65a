// Owns the loading of the readers' files in the order in which a reader needs them: first what the first map
// takes, then the timeline, then names. What its name says is unchanged is not asked for again.

import { FORMAT, FutureFormatError } from "../replay/columns.js";
import { Geometry } from "../replay/geometry.js";
import { Places } from "../replay/places.js";
import { bytes, json, LoadError, readFile } from "./fetching.js";

/** @import { ChangeRecord, Manifest } from "../replay/files.js" */

// Not `export … from`: after the comment above, its address would be hashed twice in a release.
export { LoadError };

/**
 * What a first map takes. `now`: the file of the last day's standings, null where the whole timeline is here instead;
 * `stale`: whether the manifest is an
 * older one, kept by the browser, because the network is away.
 * @typedef {{manifest: Manifest, places: Places, geometry: Geometry, now: Uint8Array | null, stale: boolean}} First
 */

export class Loader {
  /** @param {URL} address of the manifest */
  constructor(address) {
    this.address = address;
    /** Timeline files as they came, by address. @type {Map<string, Promise<Uint8Array>>} */
    this.kept = new Map();
    /** @type {{name: string, places: Promise<Places>} | null} */
    this.gazetteer = null;
    /** @type {{name: string, geometry: Promise<Geometry>} | null} */
    this.shapes = null;
  }

  /** The manifest, asked for anew: "no-cache" asks with the ETag at hand, and takes 304 for an answer. */
  async manifest() {
    /** @type {Manifest} */
    const manifest = await json(this.address, { cache: "no-cache" });
    return this.#checked(manifest);
  }

  /** @param {Manifest} manifest */
  #checked(manifest) {
    if (manifest.format > FORMAT) {
      const error = new FutureFormatError(manifest.format);
      throw new LoadError("future", `${this.address}: ${error}`, error);
    }
    if (manifest.format !== FORMAT || !manifest.files) {
      throw new LoadError("damaged", `${this.address}: format ${manifest.format}`);
    }
    return manifest;
  }

  /** @param {(manifest: Manifest) => Promise<unknown>} [beside] @returns {Promise<First>} */
  async first(beside) {
    let stale = false;
    let manifest;
    try {
      manifest = await this.manifest();
    } catch (error) {
      if (!(error instanceof LoadError) || error.fault !== "offline") throw error;
      const kept = await json(this.address, { cache: "force-cache" }).catch(() => {
        throw error;
      });
      manifest = this.#checked(kept);
      stale = true;
    }
    const others = beside?.(manifest);
    try {
      const first = await this.firstOf(manifest);
      await others;
      return { ...first, stale };
    } catch (error) {
      // it may have moved on while we looked, and its old files been cleared away
      if (!(error instanceof LoadError) || error.fault !== "missing") throw error;
      return { ...(await this.firstOf(await this.manifest())), stale };
    }
  }

  /** @param {Manifest} manifest @returns {Promise<Omit<First, "stale">>} */
  async firstOf(manifest) {
    const { files } = manifest;
    // A small conflict has its last day from the timeline itself, which is as soon here, and is wanted next.
    const small = files.labels === files.names && files.timeline.length === 1;
    const now = small
      ? this.timeline(manifest).then(
          () => null,
          () => this.now(manifest),
        )
      : this.now(manifest);
    const [places, geometry] = await Promise.all([
      this.#places(files.places, files.labels),
      this.#geometry(files.coarse ?? files.geometry),
      now,
    ]);
    return { manifest, places, geometry, now: await now };
  }

  /** @param {string} name @param {string} labels */
  #places(name, labels) {
    const key = `${name} ${labels}`;
    if (this.gazetteer?.name !== key) {
      const loading = async () => {
        const url = new URL(labels, this.address);
        const [places, names] = await Promise.all([
          readFile(new URL(name, this.address), (data) => new Places(data)),
          bytes(url),
        ]);
        places.addNames(names);
        return places;
      };
      this.gazetteer = { name: key, places: loading() };
      this.gazetteer.places.catch(() => {
        this.gazetteer = null;
      });
    }
    return this.gazetteer.places;
  }

  /** @param {string} name */
  #geometry(name) {
    if (this.shapes?.name !== name) {
      this.shapes = { name, geometry: this.#shapesOf(name) };
      this.shapes.geometry.catch(() => {
        this.shapes = null;
      });
    }
    return this.shapes.geometry;
  }

  /** @param {string} name */
  #shapesOf(name) {
    return readFile(new URL(name, this.address), (data) => new Geometry(data));
  }

  /** The shapes as fine as they are, where the first map came with coarse ones. @param {Manifest} manifest */
  async fine({ files }) {
    return files.coarse === files.geometry ? null : this.#shapesOf(files.geometry);
  }

  /** @param {string} name */
  #bytes(name) {
    let data = this.kept.get(name);
    if (!data) {
      data = bytes(new URL(name, this.address));
      this.kept.set(name, data);
      data.catch(() => this.kept.delete(name));
    }
    return data;
  }

  /** Every place's standing on the last day. @param {Manifest} manifest */
  now({ files }) {
    return this.#bytes(files.now);
  }

  /** The files of the timeline, in the order of time. @param {Manifest} manifest */
  async timeline(manifest) {
    const { now, timeline, known } = manifest.files;
    const wanted = new Set([now, ...[...timeline, ...known].map(([, , name]) => name)]);
    for (const name of this.kept.keys()) if (!wanted.has(name)) this.kept.delete(name);
    return Promise.all(timeline.map(([, , name]) => this.#bytes(name)));
  }

  /** What was known of the same periods, in the same order. @param {Manifest} manifest */
  async known(manifest) {
    return Promise.all(manifest.files.known.map(([, , name]) => this.#bytes(name)));
  }

  /** The names of all places, where the first map came with some. @param {Manifest} manifest @param {Places} places */
  async names(manifest, places) {
    if (places.named) return;
    const url = new URL(manifest.files.names, this.address);
    await readFile(url, (data) => places.addNames(data));
  }
}

/**
 * One place's spans and changes, from the API.
 * @typedef {{actor: string | null, role: string, from: string, to: string | null, change: string}} SpanRecord
 * @param {Manifest} manifest
 * @param {URL} address
 * @param {string} slug
 * @param {string | null} known the instant as known at which, if not now
 * @returns {Promise<{spans: SpanRecord[], changes: ChangeRecord[]}>}
 */
export function history(manifest, address, slug, known) {
  const url = new URL(manifest.links.history.replace("{slug}", encodeURIComponent(slug)), address);
  if (known) url.searchParams.set("known_at", known);
  return json(url);
}
