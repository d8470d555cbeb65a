import assert from "node:assert/strict";
import { test } from "node:test";
import { fold } from "../../static/js/ui/fold.js";

test("spellings of one name meet", () => {
  for (const spellings of [
    ["Al-Senaa", "al senaa", "Senaa", "SENAA"],
    ["الرقة", "الرقه", "رقة", "الرَّقّة"],
    ["Deir ez-Zor", "deir ez zor", "Deir  Ez-Zor"],
    ["إدلب", "ادلب", "أدلب"],
    ["Türkmen", "turkmen"],
  ]) {
    assert.equal(new Set(spellings.map(fold)).size, 1, spellings.join());
  }
});

test("a name that is only an article is not folded away", () => {
  assert.equal(fold("Al"), "al");
  assert.equal(fold("ال"), "ال");
});
