import assert from "node:assert/strict";
import { test } from "node:test";
import { Messages } from "../../static/js/data/messages.js";
import { headlineOf } from "../../static/js/ui/sentences.js";
import { Words } from "../../static/js/ui/words.js";

const actors = [
  { slug: "is", short: "IS", plural: false, names: {} },
  { slug: "rebels", short: "Rebels", plural: true, names: {} },
  { slug: "sdf", short: "SDF", names: {} },
];
const places = ["East", "West"].map((name) => ({ name, names: {} }));
const placeIndex = new Map([
  ["east", 0],
  ["west", 1],
]);
const replay = { actors, places, placeIndex };
const messages = new Messages("en");
const context = { replay, messages, words: new Words(replay, { timezone: "UTC" }, messages) };

/** @param {object} said */
function headline(said) {
  const record = { headline: "", other_actor: null, places: ["east"], place_count: null, ...said };
  return headlineOf(context, record);
}

for (const [said, words] of [
  [{ actor: "is", verb: "holds" }, "IS holds East"],
  [{ actor: "rebels", verb: "holds" }, "Rebels hold East"],
  [{ actor: "rebels", verb: "present" }, "Rebels are present in East"],
  [{ actor: "rebels", verb: "captured", other_actor: "is" }, "Rebels captured East from IS"],
  [{ actor: "is", verb: "holds", other_actor: "rebels" }, "IS holds East, not Rebels"],
  [{ actor: "is", verb: "retook", places: ["east", "west"] }, "IS retook East and West"],
  [{ actor: "is", verb: "withdrew", place_count: 17 }, "IS withdrew from 17 places in East"],
  [{ actor: null, verb: "clash" }, "Fighting in East"],
  [{ actor: null, verb: "unclear" }, "Nobody is known to hold East"],
  [{ actor: "is", verb: "foresaw", places: ["nowhere"] }, "IS: nowhere"],
  [{ actor: "is", verb: "holds", headline: "As the desk wrote it" }, "As the desk wrote it"],
]) {
  test(`a change without a headline says: ${words}`, () => assert.equal(headline(said), words));
}

for (const [holds, words] of [
  [[0], "IS holds"],
  [[1], "Rebels hold"],
  [[2], "SDF holds"],
  [[1, 2], "Rebels and SDF hold it together"],
]) {
  test(`a standing agrees with who holds: ${words}`, () => {
    const standing = { state: holds.length > 1 ? "joint" : "held", holds };
    assert.equal(context.words.holding(standing), words);
  });
}
