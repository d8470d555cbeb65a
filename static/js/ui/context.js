// Owns the type of what the parts of the page share: the replay, its words, and what a reader can ask for.

/** @import { ChangeFiles } from "../data/change-files.js" */
/** @import { Messages } from "../data/messages.js" */
/** @import { Swatches } from "../map/swatch.js" */
/** @import { Manifest } from "../replay/files.js" */
/** @import { Replay } from "../replay/replay.js" */
/** @import { Words } from "./words.js" */

/**
 * From the map of one day to that of a later one: what changed after `from`, up to `to`, both days of the record.
 * @typedef {{from: number, to: number}} Range
 *
 * Whose turning points a reader follows.
 * @typedef {{kind: "place" | "actor", at: number}} Followed
 *
 * @typedef {object} Context
 * @property {Replay} replay
 * @property {Messages} messages its words, in its language
 * @property {Words} words
 * @property {Swatches} swatches
 * @property {Manifest} manifest
 * @property {URL} address of the manifest
 * @property {ChangeFiles} changes
 * @property {string | null} known the instant as known at which, if not now
 * @property {boolean} alone whether nobody is asked but where the manifest is
 * @property {number} day in view
 * @property {(day: number) => void} seek
 * @property {(direction: 1 | -1) => void} stepChange
 * @property {Range | null} range that limits playing and the list
 * @property {(range: Range | null) => void} setRange
 * @property {(followed: Followed | null) => void} follow
 * @property {(direction: 1 | -1) => void} stepFollowed to the next change of what is followed, or the one before
 * @property {() => void} togglePlay
 * @property {(daysPerSecond: number) => void} setSpeed
 * @property {(place: number | null) => void} choose
 * @property {(only: boolean) => void} showSourcedOnly
 */

export {};
