// What the reader's code makes of files: node read-files.mjs < WORK.json, a list of works, one JSON line each.
// {timeline: [base64], actors, places} -> {rows: [[day, place, standing]], tally: [[day, actor, times]]}
// {geometry: base64} -> {shapes: [[role, of, rings]]}, rings as corners in steps
// With {known: [base64], at: microseconds}, the first as known at that instant. What is refused: {error: name}.

import { text } from "node:stream/consumers";
import { Geometry } from "../../static/js/replay/geometry.js";
import { readKnown } from "../../static/js/replay/known.js";
import { readTimeline } from "../../static/js/replay/timeline.js";

/** @param {string} text */
const bytes = (text) => new Uint8Array(Buffer.from(text, "base64"));

function timeline({ timeline: files, known, at: instant, actors, places }) {
  const table = [];
  const number = (own) => table.push(own) - 1;
  const size = { actors, places };
  const { rows, tally } = known
    ? readKnown(files.map(bytes), known.map(bytes), instant, number, size)
    : readTimeline(files.map(bytes), number, size);
  return {
    rows: Array.from(rows.day, (day, at) => [day, rows.place[at], table[rows.standing[at]]]),
    tally: Array.from(tally.day, (day, at) => [day, tally.actor[at], tally.times[at]]),
  };
}

function geometry({ geometry: file }) {
  const read = new Geometry(bytes(file));
  const corners = (ring) => {
    const found = [];
    let [x, y] = [0, 0];
    for (let at = 0; at < ring.length; at += 2) {
      x += ring[at];
      y += ring[at + 1];
      found.push([x, y]);
    }
    return found;
  };
  return {
    shapes: Array.from(read.role, (role, shape) => [
      role,
      read.of[shape],
      read.ringsOf(shape).map(corners),
    ]),
  };
}

for (const work of JSON.parse(await text(process.stdin))) {
  let found;
  try {
    found = work.timeline ? timeline(work) : geometry(work);
  } catch (error) {
    found = { error: error.constructor.name };
  }
  console.log(JSON.stringify(found));
}
