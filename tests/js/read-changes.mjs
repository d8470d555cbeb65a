// The changes in full as the reader's page has them: node read-changes.mjs < WORK.json
// {manifest, files: {address: text}, known: microseconds | null, days} -> one JSON line: the records of all days.

import { text } from "node:stream/consumers";
import { ChangeFiles } from "../../static/js/data/change-files.js";
import { epochDay } from "../../static/js/replay/days.js";

const { manifest, files, known, days } = JSON.parse(await text(process.stdin));

globalThis.fetch = async (url) => {
  const text = files[new URL(url).pathname];
  return new Response(text ?? "", { status: text === undefined ? 404 : 200 });
};
const address = new URL("https://example.org/api/v1/conflicts/golden/replay");
const changes = new ChangeFiles(manifest, address, epochDay(manifest.conflict.start), known);
const found = [];
for (let day = 0; day < days; day += 1) found.push(...(await changes.on(day)));
console.log(JSON.stringify(found));
