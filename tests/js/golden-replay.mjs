// What the reader's page makes of built files: node golden-replay.mjs PLACES.json TIMELINE.json < DAYS.json
// DAYS is a list of ISO days. One JSON line a day: {at, standings: {slug: standing}}, places with data only.

import { readFileSync } from "node:fs";
import { Replay } from "../../static/js/replay/replay.js";

const [places, timeline] = process.argv
  .slice(2, 4)
  .map((path) => JSON.parse(readFileSync(path, "utf8")));
const days = JSON.parse(readFileSync(0, "utf8"));
const replay = new Replay(places, timeline);

/** @param {number[]} actors */
const slugs = (actors) => actors.map((at) => replay.actors[at].slug).sort();

for (const at of days) {
  const day = replay.dayOf(at);
  if (day === null) throw new Error(`${at} is not a day`);
  replay.moveTo(day);
  const standings = Object.fromEntries(
    replay.places
      .map((place, index) => [place.slug, replay.standingOf(index)])
      .filter(([, standing]) => standing.state !== "no_data")
      .map(([slug, { state, holds, to, contests, besieges, present, disputed }]) => [
        slug,
        {
          state,
          holds: slugs(holds),
          to: slugs(to),
          contests: slugs(contests),
          besieges: slugs(besieges),
          present: slugs(present),
          disputed,
        },
      ]),
  );
  console.log(JSON.stringify({ at, standings }));
}
