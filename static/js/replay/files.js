// Owns the types of the files that events/replay builds, and of the standings made from them.

/**
 * @typedef {{slug: string, name: string, short: string, plural?: boolean, names: Record<string, string>, kind: string,
 *   colour: string, pattern: string, note: string}} Actor
 * @typedef {{slug: string, name: string, names: Record<string, string>, kind: string,
 *   parent: number | null, lat: number | null, lon: number | null, population: number | null,
 *   approximate: boolean}} Place
 * What a Replay takes for its gazetteer: `Places`, or plain objects alike. `index`: slug -> position.
 * @typedef {{actors: Actor[], places: Place[], index: ReadonlyMap<string, number>}} Gazetteer
 *
 * @typedef {"held" | "joint" | "contested" | "divided" | "changing" | "unclear" | "no_data"} State
 * @typedef {{state: State, holds: number[], to: number[], contests: number[], besieges: number[],
 *   present: number[], disputed: boolean}} OwnStanding
 *
 * A standing as shown. Numbers are positions in the list of actors, in the order of their slugs.
 * `counts`, of a place with tracked places inside: holders and how many of them, most first.
 * @typedef {OwnStanding & {counts: [number[], number][]}} Standing
 *
 * Columns of equal length, sorted by day, then place: on this day's map this place's own standing became that.
 * @typedef {{day: Int32Array, place: Int32Array, standing: Int32Array}} TimelineRows
 *
 * How many changes a day has by the actor who gained (-1: nobody), sorted by day.
 * @typedef {{day: Int32Array, actor: Int32Array, times: Int32Array}} Tally
 *
 * Rings and lines are [x0, y0, dx, dy, …] in steps of 1/`scale` degree; rings close implicitly, even-odd.
 * @typedef {ArrayLike<number>} CodedLine
 * @typedef {[place: number, rings: CodedLine[]]} CodedArea
 * @typedef {[place: number, tier: number, rings: CodedLine[]]} CodedTerritory
 * @typedef {{name: string, names: Record<string, string>}} Named
 * @typedef {{land: (Named & {own: boolean, rings: CodedLine[]})[],
 *   water: (Named & {schematic: boolean, rings: CodedLine[]})[],
 *   rivers: (Named & {schematic: boolean, lines: CodedLine[]})[]}} BaseMap
 * @typedef {{source: string, source_name: string, kind: string, reliability: string, stance: string,
 *   title: string, url: string, published: string, quote: string, note: string}} CitationRecord
 * @typedef {{id: string, date: string, date_words: string, date_words_in?: Record<string, string>,
 *   day: string, first_day: string | null,
 *   kind: string, supersedes: string | null, reason: string, verb: string, actor: string | null, other_actor: string | null, places: string[],
 *   place_count: number | null, headline: string, note: string, ruling: string,
 *   ruling_reason: string, published_at: string, url: string, citations: CitationRecord[]}} ChangeRecord
 *
 * @typedef {{format: number, etag: string, built_at: string, known_at: string | null,
 *   conflict: {slug: string, title: string, timezone: string, start: string, end: string,
 *     bounds: [number, number, number, number] | null, languages: string[]},
 *   tiles: {url: string, attribution: string} | null,
 *   words?: Record<string, string>,
 *   links: {history: string, place: string, change: string, messages: string},
 *   files: {places: string, labels: string, names: string, coarse?: string, geometry: string, now: string,
 *     timeline: [first: number, end: number, url: string][],
 *     known: [first: number, end: number, url: string][], changes: string}}} Manifest
 */

export {};
