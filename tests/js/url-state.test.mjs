import assert from "node:assert/strict";
import { test } from "node:test";
import { format, parse } from "../../static/js/data/url-state.js";

/** As the browser would split an address. */
function split(address) {
  const { search, hash } = new URL(address, "https://example.org/syria/");
  return { search, hash };
}

test("a view comes back from its address", () => {
  const states = [
    { at: null, place: null, known: null, position: null },
    { at: "2017-06-30", place: "al-sinaa", known: null, position: null },
    {
      at: "2017-06-30",
      place: null,
      known: "2017-07-01T00:00:00+03:00",
      position: { zoom: 12.5, lat: 35.95, lon: 39.02 },
    },
    { at: null, place: "raqqa", known: null, position: { zoom: 7, lat: -3.5, lon: -120.0012 } },
  ];
  for (const state of states) assert.deepEqual(parse(split(format(state))), state);
});

test("what an address cannot mean is left out", () => {
  const state = parse(split("?at=2017-02-30&place=<b>&known=soon#99/1/2"));
  assert.deepEqual(state, { at: null, place: null, known: null, position: null });
  assert.equal(parse(split("#main")).position, null);
  assert.equal(parse(split("#7/95/0")).position, null);
});

test("parameters of others are kept", () => {
  const state = { at: "2017-06-30", place: null, known: null, position: null };
  assert.equal(format(state, "?utm=x&place=raqqa"), "?utm=x&at=2017-06-30");
});

test("a plus that was not escaped is read as one", () => {
  const { known } = parse(split("?known=2017-07-01T00:00:00+03:00"));
  assert.equal(known, "2017-07-01T00:00:00+03:00");
});
