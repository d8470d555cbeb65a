// Owns what there is of a place's history in the record's own files: the changes that made it stand otherwise. The
// whole of it is the API's to tell, which a reader of a copy elsewhere may not reach.

import { turnsOfPlace } from "../replay/turns.js";

/** @import { ChangeRecord } from "../replay/files.js" */
/** @import { Replay } from "../replay/replay.js" */
/** @import { ChangeFiles } from "./change-files.js" */

// The last ones; each may be in a file of its own.
const MOST = 60;

/**
 * Of each day on which the place turned the changes that name it; where none does, those that name what is next
 * around it, and so reached inside. Raises LoadError.
 * @param {Replay} replay @param {Pick<ChangeFiles, "on">} changes @param {number} place
 * @returns {Promise<ChangeRecord[]>} by day
 */
export async function turningChanges(replay, changes, place) {
  const slugs = replay
    .pathTo(place)
    .map((at) => replay.places[at].slug)
    .reverse();
  const days = turnsOfPlace(replay, place).slice(-MOST);
  const found = days.map(async (day) => {
    const records = await changes.on(day);
    const named = slugs.map((slug) => records.filter((one) => one.places.includes(slug)));
    return named.find((some) => some.length) ?? [];
  });
  return (await Promise.all(found)).flat();
}
