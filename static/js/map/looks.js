// Owns what a standing looks like as fill: bands of holders in proportion, and who is fighting over it.

/** @import { Standing } from "../replay/files.js" */

/** In a band: held by nobody who is known. */
export const NOBODY = -1;

/**
 * `bands`: [actor or NOBODY, share of 1]. `narrow`: bands of what is changing, old and new by turns.
 * `hatch`: the actor who contests, or null.
 * @typedef {{key: string, bands: [number, number][], narrow: boolean, hatch: number | null}} Look
 */

/**
 * @param {Standing} standing
 * @returns {Look | null} null where there is no data: nothing is painted
 */
export function lookOf(standing) {
  const { state, holds, to, contests, counts } = standing;
  if (state === "no_data") return null;
  /** @type {[number, number][]} */
  let bands;
  if (state === "divided") bands = inProportion(counts);
  else if (state === "changing") bands = [...equal(holds, 0.5), ...equal(to, 0.5)];
  else bands = equal(holds, 1);
  const hatch = state === "contested" && contests.length ? contests[0] : null;
  const narrow = state === "changing";
  return { key: JSON.stringify([bands, hatch, narrow]), bands, narrow, hatch };
}

/** @param {number[]} actors @param {number} whole @returns {[number, number][]} */
function equal(actors, whole) {
  if (!actors.length) return [[NOBODY, whole]];
  return actors.map((actor) => [actor, whole / actors.length]);
}

/** @param {Standing["counts"]} counts @returns {[number, number][]} */
function inProportion(counts) {
  const total = counts.reduce((sum, [, times]) => sum + times, 0);
  /** @type {Map<number, number>} */
  const shares = new Map();
  for (const [actors, times] of counts) {
    for (const [actor, share] of equal(actors, times / total)) {
      shares.set(actor, (shares.get(actor) ?? 0) + share);
    }
  }
  return [...shares];
}
