import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { afterEach, test } from "node:test";
import { loadMessages, Messages } from "../../static/js/data/messages.js";

const fetchBefore = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = fetchBefore;
});

const MANIFEST = new URL("https://cdn.example/maps/syria/manifest.json");
const LINKS = { messages: "https://site.example/jsi18n/" };
const SAID = { catalog: { Play: "تشغيل", "": "header" } };
const NAME = `words-ar.${createHash("sha256").update(JSON.stringify(SAID)).digest("hex").slice(0, 20)}.json`;
const FILE = `https://cdn.example/maps/syria/${NAME}`;
const SITE = "https://site.example/jsi18n/?lang=ar";

/** @param {Record<string, unknown>} answers by address; what has none is not there */
function answering(answers) {
  const asked = [];
  globalThis.fetch = async (address) => {
    asked.push(String(address));
    const answer = answers[String(address)] ?? new Response("", { status: 404 });
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return asked;
}

/** @param {string} language @param {Record<string, string>} [words] */
const load = (language, words = { ar: NAME }) =>
  loadMessages({ words, links: LINKS }, MANIFEST, language);

test("words come from the file beside the record, in the language asked for", async () => {
  const asked = answering({ [FILE]: Response.json(SAID) });
  const { gettext, language } = await load("ar-SY");
  assert.deepEqual(asked, [FILE]);
  assert.deepEqual([gettext("Play"), gettext("Pause"), language], ["تشغيل", "Pause", "ar-SY"]);
});

test("from a file that is not there, or not what its name says, one comes to the site", async () => {
  for (const answer of [undefined, Response.json({ catalog: { Play: "else" } })]) {
    const asked = answering({ [FILE]: answer, [SITE]: Response.json(SAID) });
    assert.equal((await load("ar")).gettext("Play"), "تشغيل");
    assert.deepEqual(asked, [FILE, SITE]);
  }
});

test("the manifest of an older release names no file: the site is asked", async () => {
  const asked = answering({ [SITE]: Response.json(SAID) });
  const found = await loadMessages({ links: LINKS }, MANIFEST, "ar");
  assert.deepEqual([asked, found.gettext("Play")], [[SITE], "تشغيل"]);
});

test("a language that the record has no words of is English, and nobody is asked", async () => {
  const asked = answering({});
  assert.deepEqual([(await load("fr")).gettext("Play"), asked], ["Play", []]);
});

for (const [name, answer] of [
  ["no network", new Error("offline")],
  ["a server error", new Response("", { status: 500 })],
  ["no JSON", new Response("<html>")],
  ["no catalogue", Response.json({})],
]) {
  test(`English on ${name}`, async () => {
    answering({ [FILE]: answer, [SITE]: answer });
    const found = await load("ar");
    assert.equal(found.gettext("Play"), "Play");
    assert.equal(found.ngettext("%(n)s change", "%(n)s changes", 2), "%(n)s changes");
  });
}

test("plural forms are chosen without evaluating anything", () => {
  const arabic = new Messages("ar", {
    "%(n)s day": ["zero", "one", "two", "few", "many", "other"],
  });
  const german = new Messages("de", { "%(n)s day": ["%(n)s Tag", "%(n)s Tage"] });
  /** @param {Messages} messages @param {number[]} numbers */
  const forms = ({ ngettext }, numbers) =>
    numbers.map((n) => ngettext("%(n)s day", "%(n)s days", n));
  const all = ["zero", "one", "two", "few", "many", "other"];
  assert.deepEqual(forms(arabic, [0, 1, 2, 3, 11, 100]), all);
  assert.deepEqual(forms(german, [1, 2]), ["%(n)s Tag", "%(n)s Tage"]);
});

test("words of one language know nothing of those of another", () => {
  const arabic = new Messages("ar", { Play: "تشغيل", "%(n)s day": ["0", "1", "2", "3", "4", "5"] });
  const english = new Messages("en");
  assert.deepEqual(
    [arabic, english, arabic].map(({ gettext }) => gettext("Play")),
    ["تشغيل", "Play", "تشغيل"],
  );
  assert.deepEqual(
    [arabic, english, arabic].map(({ ngettext }) => ngettext("%(n)s day", "%(n)s days", 2)),
    ["2", "%(n)s days", "2"],
  );
});

test("an empty translation falls back to English", () => {
  const { gettext, ngettext } = new Messages("ar", { Play: "", "%(n)s day": ["", ""] });
  assert.equal(gettext("Play"), "Play");
  assert.equal(ngettext("%(n)s day", "%(n)s days", 5), "%(n)s days");
});

test("values fill a text, and what is unknown stays", () => {
  const { interpolate } = new Messages("en");
  assert.equal(interpolate("%(a)s → %(b)s %(c)s", { a: 1, b: "x" }), "1 → x %(c)s");
});

test("numbers are written as in the language", () => {
  const written = ["en", "ar", "ar-SY", "de", "no language"].map((language) => {
    const { interpolate, number } = new Messages(language);
    return [number(999), interpolate("%(n)s", { n: 12345 }), interpolate("%(n)s", { n: "12345" })];
  });
  assert.deepEqual(written, [
    ["999", "12,345", "12345"],
    ["999", "12,345", "12345"],
    ["٩٩٩", "١٢٬٣٤٥", "12345"],
    ["999", "12.345", "12345"],
    ["999", "12,345", "12345"],
  ]);
});

test("English, in which the words are written, is not asked for", async () => {
  const asked = answering({ [FILE]: Response.json(SAID) });
  const found = await load("en-GB", { en: NAME });
  assert.deepEqual(asked, []);
  assert.deepEqual([found.gettext("Play"), found.language], ["Play", "en-GB"]);
});
