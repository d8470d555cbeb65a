// What the reader's page makes of built files: node golden-replay.mjs FOLDER < DAYS.json
// FOLDER has manifest.json, and the files that it names by the last part of their addresses. DAYS is a list of
// ISO days. One JSON line a day: {at, standings: {slug: standing}}, places with data only.

import { readFileSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import { epochDay } from "../../static/js/replay/days.js";
import { Places } from "../../static/js/replay/places.js";
import { Replay } from "../../static/js/replay/replay.js";
import { readNow, readTimeline } from "../../static/js/replay/timeline.js";

const folder = process.argv[2];
const manifest = JSON.parse(readFileSync(path.join(folder, "manifest.json"), "utf8"));
/** @param {string} url */
const file = (url) => new Uint8Array(readFileSync(path.join(folder, path.basename(url))));
const places = new Places(file(manifest.files.places));
places.addNames(file(manifest.files.names));
const { start, end } = manifest.conflict;
const replay = new Replay(places, start, epochDay(end) - epochDay(start) + 1);
const number = (own) => replay.table.ofOwn(own);
const days = JSON.parse(await text(process.stdin));

/** @param {number[]} actors */
const slugs = (actors) => actors.map((at) => replay.actors[at].slug).sort();

const picture = () =>
  Object.fromEntries(
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

replay.showNow(readNow(file(manifest.files.now), number));
const first = JSON.stringify(picture());
const size = { places: places.places.length, actors: replay.actors.length };
const parts = manifest.files.timeline.map(([, , url]) => file(url));
replay.complete(readTimeline(parts, number, size));
if (JSON.stringify(picture()) !== first) throw new Error("the first map is not the last day's");

for (const at of days) {
  const day = replay.dayOf(at);
  if (day === null) throw new Error(`${at} is not a day`);
  replay.moveTo(day);
  console.log(JSON.stringify({ at, standings: picture() }));
}
