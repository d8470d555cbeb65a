import assert from "node:assert/strict";
import { test } from "node:test";
import { elementOf, frameOf, inUtc, linkTo } from "../../static/js/data/snippets.js";

const about = {
  site: "https://news.example",
  slug: "syria",
  title: 'Syria & "others" <b>',
  script: "https://news.example/static/js/pages/control-map.js",
  manifest: "https://news.example/api/v1/conflicts/syria/replay",
  lang: "ar",
};
const state = {
  at: "2017-06-30",
  place: "raqqa",
  known: "2017-07-01T00:00:00+03:00",
  from: null,
  to: null,
  position: { zoom: 8, lat: 35.9, lon: 39 },
};
const none = { at: null, place: null, known: null, from: null, to: null, position: null };

test("a link reproduces the view", () => {
  assert.equal(
    linkTo(about, state),
    "https://news.example/syria/?at=2017-06-30&place=raqqa&known=2017-07-01T00:00:00%2B03:00#8/35.9/39",
  );
  assert.equal(linkTo(about, none), "https://news.example/syria/");
});

test("an element names only what is asked", () => {
  assert.equal(
    elementOf(about, none),
    '<script type="module" src="https://news.example/static/js/pages/control-map.js"></script>\n' +
      '<control-map src="https://news.example/api/v1/conflicts/syria/replay" lang="ar" controls></control-map>',
  );
  assert.match(elementOf(about, state), / at="2017-06-30" known="[^"]+" place="raqqa" lang="ar" /);
});

test("a frame's title and address are safe in its attributes", () => {
  const frame = frameOf(about, state);
  assert.match(frame, /title="Syria &amp; &quot;others&quot; &lt;b&gt;"/);
  const [, address] = /src="([^"]+)"/.exec(frame);
  const url = new URL(address.replaceAll("&amp;", "&"));
  assert.equal(url.pathname, "/syria/embed/");
  assert.equal(url.hash, "#8/35.9/39");
  assert.deepEqual(Object.fromEntries(url.searchParams), {
    controls: "",
    lang: "ar",
    at: "2017-06-30",
    place: "raqqa",
    known: "2017-07-01T00:00:00+03:00",
  });
});

test("an instant of the record needs no escape in an address, and is the same instant", () => {
  const known = inUtc("2026-11-27T09:29:59.123456+00:00");
  assert.equal(known, "2026-11-27T09:29:59.123456Z");
  assert.match(linkTo(about, { ...state, known }), /&known=2026-11-27T09:29:59\.123456Z#/);
  assert.equal(inUtc("2017-07-01T00:00:00+03:00"), "2017-07-01T00:00:00+03:00");
  assert.equal(inUtc("2017-07-01"), "2017-07-01");
  assert.equal(inUtc(null), null);
});
