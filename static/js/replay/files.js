// Owns the types of the files that events/replay builds, and of the standings made from them.

/**
 * @typedef {{slug: string, name: string, short: string, names: Record<string, string>, kind: string,
 *   colour: string, pattern: string, note: string}} Actor
 * @typedef {{slug: string, name: string, names: Record<string, string>, kind: string,
 *   parent: number | null, lat: number | null, lon: number | null, population: number | null,
 *   approximate: boolean}} Place
 * @typedef {{format: number, actors: Actor[], places: Place[], verbs: Record<string, string>}} PlacesFile
 *
 * @typedef {"held" | "joint" | "contested" | "divided" | "changing" | "unclear" | "no_data"} State
 * @typedef {{state: State, holds: number[], to: number[], contests: number[], besieges: number[],
 *   present: number[], disputed: boolean}} OwnStanding
 *
 * A standing as shown. Numbers are positions in the list of actors, in the order of their slugs.
 * `counts`, of a place with tracked places inside: holders and how many of them, most first.
 * @typedef {OwnStanding & {counts: [number[], number][]}} Standing
 *
 * @typedef {{id: string[], day: number[], first: number[], actor: number[], verb: string[],
 *   places: number[][]}} ChangeColumns
 * @typedef {{format: number, start: string, days: number, standings: OwnStanding[], day: number[],
 *   place: number[], standing: number[], change: ChangeColumns}} TimelineFile
 *
 * @typedef {[place: number, rings: number[][]]} CodedArea
 * @typedef {[place: number, tier: number, rings: number[][]]} CodedTerritory
 * @typedef {{name: string, names: Record<string, string>}} Named
 * @typedef {{format: number, scale: number, areas: CodedArea[], territories: CodedTerritory[],
 *   evidence_radius: {town: number, neighbourhood: number}, attribution: string,
 *   base: {land: (Named & {own: boolean, rings: number[][]})[],
 *     water: (Named & {schematic: boolean, rings: number[][]})[],
 *     rivers: (Named & {schematic: boolean, lines: number[][]})[]}}} GeometryFile
 *
 * @typedef {{source: string, source_name: string, kind: string, reliability: string, stance: string,
 *   title: string, url: string, published: string, quote: string, note: string}} CitationRecord
 * @typedef {{id: string, date: string, date_words: string, date_words_in?: Record<string, string>,
 *   day: string, first_day: string | null,
 *   kind: string, verb: string, actor: string | null, other_actor: string | null, places: string[],
 *   place_count: number | null, headline: string, note: string, ruling: string,
 *   ruling_reason: string, published_at: string, url: string, citations: CitationRecord[]}} ChangeRecord
 *
 * @typedef {{format: number, etag: string, built_at: string, known_at: string | null,
 *   conflict: {slug: string, title: string, timezone: string, start: string, end: string,
 *     bounds: [number, number, number, number] | null, languages: string[]},
 *   tiles: {url: string, attribution: string} | null,
 *   links: {history: string, place: string, change: string, messages: string},
 *   files: {places: string, geometry: string, timeline: string,
 *     changes: Record<string, string>}}} Manifest
 */

/** The format of the files that this code reads. */
export const FORMAT = 1;
