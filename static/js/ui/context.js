// Owns the type of what the parts of the page share: the replay, its words, and what a reader can ask for.

/** @import { ChangeFiles } from "../data/change-files.js" */
/** @import { Swatches } from "../map/swatch.js" */
/** @import { Manifest } from "../replay/files.js" */
/** @import { Replay } from "../replay/replay.js" */
/** @import { Words } from "./words.js" */

/**
 * @typedef {object} Context
 * @property {Replay} replay
 * @property {Words} words
 * @property {Swatches} swatches
 * @property {Manifest} manifest
 * @property {URL} address of the manifest
 * @property {ChangeFiles} changes
 * @property {string | null} known the instant as known at which, if not now
 * @property {number} day in view
 * @property {(day: number) => void} seek
 * @property {(direction: 1 | -1) => void} stepChange
 * @property {() => void} togglePlay
 * @property {(daysPerSecond: number) => void} setSpeed
 * @property {(place: number | null) => void} choose
 * @property {(only: boolean) => void} showSourcedOnly
 */

export {};
