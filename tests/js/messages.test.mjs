import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import {
  currentLanguage,
  gettext,
  interpolate,
  loadMessages,
  ngettext,
  use,
} from "../../static/js/data/messages.js";

const fetchBefore = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = fetchBefore;
  use({}, "en");
});

/** @param {unknown} answer */
function answering(answer) {
  const asked = [];
  globalThis.fetch = async (address) => {
    asked.push(String(address));
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return asked;
}

test("words come from the catalogue in the language asked for", async () => {
  const catalog = { Play: "تشغيل", "": "header" };
  const asked = answering(Response.json({ catalog, formats: {}, plural: "n != 1" }));
  await loadMessages(new URL("https://example.org/messages/"), "ar-SY");
  assert.deepEqual(asked, ["https://example.org/messages/?lang=ar"]);
  assert.deepEqual(
    [gettext("Play"), gettext("Pause"), currentLanguage()],
    ["تشغيل", "Pause", "ar-SY"],
  );
});

for (const [name, answer] of [
  ["no network", new Error("offline")],
  ["a server error", new Response("", { status: 500 })],
  ["no JSON", new Response("<html>")],
  ["no catalogue", Response.json({})],
]) {
  test(`English on ${name}`, async () => {
    answering(answer);
    await loadMessages(new URL("https://example.org/messages/"), "ar");
    assert.equal(gettext("Play"), "Play");
    assert.equal(ngettext("%(n)s change", "%(n)s changes", 2), "%(n)s changes");
  });
}

test("plural forms are chosen without evaluating anything", () => {
  use({ "%(n)s day": ["zero", "one", "two", "few", "many", "other"] }, "ar");
  const forms = [0, 1, 2, 3, 11, 100].map((n) => ngettext("%(n)s day", "%(n)s days", n));
  assert.deepEqual(forms, ["zero", "one", "two", "few", "many", "other"]);
  use({ "%(n)s day": ["%(n)s Tag", "%(n)s Tage"] }, "de");
  assert.deepEqual(
    [1, 2].map((n) => ngettext("%(n)s day", "%(n)s days", n)),
    ["%(n)s Tag", "%(n)s Tage"],
  );
});

test("an empty translation falls back to English", () => {
  use({ Play: "", "%(n)s day": ["", ""] }, "ar");
  assert.equal(gettext("Play"), "Play");
  assert.equal(ngettext("%(n)s day", "%(n)s days", 5), "%(n)s days");
});

test("values fill a text, and what is unknown stays", () => {
  assert.equal(interpolate("%(a)s → %(b)s %(c)s", { a: 1, b: "x" }), "1 → x %(c)s");
});

test("English, in which the words are written, is not asked for", async () => {
  const asked = answering(Response.json({ catalog: { Play: "spielen" } }));
  await loadMessages(new URL("https://example.org/messages/"), "en-GB");
  assert.deepEqual(asked, []);
  assert.deepEqual([gettext("Play"), currentLanguage()], ["Play", "en-GB"]);
});
