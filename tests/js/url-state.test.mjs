import assert from "node:assert/strict";
import { test } from "node:test";
import { format, parse } from "../../static/js/data/url-state.js";

/** As the browser would split an address. */
function split(address) {
  const { search, hash } = new URL(address, "https://example.org/syria/");
  return { search, hash };
}

const NONE = { at: null, place: null, known: null, from: null, to: null, position: null };

test("a view comes back from its address", () => {
  const states = [
    NONE,
    { ...NONE, at: "2017-06-30", place: "al-sinaa" },
    { ...NONE, at: "2017-06-30", from: "2017-06-06", to: "2017-10-17" },
    {
      ...NONE,
      at: "2017-06-30",
      known: "2017-07-01T00:00:00+03:00",
      position: { zoom: 12.5, lat: 35.95, lon: 39.02 },
    },
    { ...NONE, place: "raqqa", position: { zoom: 7, lat: -3.5, lon: -120.0012 } },
  ];
  for (const state of states) assert.deepEqual(parse(split(format(state))), state);
});

test("what an address cannot mean is left out", () => {
  const state = parse(split("?at=2017-02-30&place=<b>&known=soon#99/1/2"));
  assert.deepEqual(state, NONE);
  // a range has two ends, the first before the second
  for (const range of [
    "from=2017-06-06",
    "from=2017-06-06&to=2017-06-06",
    "from=2017-07-01&to=2017-06-06",
  ]) {
    assert.deepEqual(parse(split(`?${range}`)), NONE);
  }
  assert.equal(parse(split("#main")).position, null);
  assert.equal(parse(split("#7/95/0")).position, null);
});

test("parameters of others are kept", () => {
  const state = { ...NONE, at: "2017-06-30" };
  assert.equal(format(state, "?utm=x&place=raqqa"), "?utm=x&at=2017-06-30");
});

test("a plus that was not escaped is read as one", () => {
  const { known } = parse(split("?known=2017-07-01T00:00:00+03:00"));
  assert.equal(known, "2017-07-01T00:00:00+03:00");
});

test("an address says where the map is to a part of a pixel, as close as it may be", () => {
  for (let zoom = 4; zoom <= 17; zoom += 0.25) {
    const position = { zoom, lat: 35.95049378, lon: 39.01045646 };
    const { position: found } = parse(split(format({ ...NONE, position })));
    const pixels = (256 * 2 ** zoom) / 360;
    assert.equal(found.zoom, zoom);
    assert.ok(Math.abs(found.lon - position.lon) * pixels < 0.5, `${zoom}`);
    const stretched = pixels / Math.cos((position.lat * Math.PI) / 180);
    assert.ok(Math.abs(found.lat - position.lat) * stretched < 0.5, `${zoom}`);
  }
});
