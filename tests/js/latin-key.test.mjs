// A shortcut's letter is that of the key's place, whatever script the keyboard writes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { asksForHelp, latinKey } from "../../static/js/ui/latin-key.js";

test("a Latin letter is itself, wherever its key is, in either case", () => {
  assert.equal(latinKey({ key: "a", code: "KeyQ" }), "a");
  assert.equal(latinKey({ key: "P", code: "KeyP" }), "p");
});

test("a letter of another script is that of its place", () => {
  assert.equal(latinKey({ key: "ح", code: "KeyP" }), "p");
  assert.equal(latinKey({ key: "ى", code: "KeyN" }), "n");
  assert.equal(latinKey({ key: "т", code: "KeyN" }), "n");
});

test("what writes no letter is none", () => {
  for (const key of ["Enter", "ArrowLeft", "?", "1", " "])
    assert.equal(latinKey({ key, code: "X" }), "");
});

test("help is asked for by the sign of either script", () => {
  assert.ok(asksForHelp({ key: "?" }));
  assert.ok(asksForHelp({ key: "؟" }));
  assert.ok(!asksForHelp({ key: "/" }));
});
