import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isoOfEpochDay } from "../../static/js/replay/days.js";
import { readDate, readMoment, TypedDateError } from "../../static/js/replay/typed-date.js";

const LOCALES = ["en", "ar", "ar-SY"];
/** What is read, and what is not: the same table for the pages (tests/reading/test_typed_date.py). */
const TABLE = JSON.parse(readFileSync(new URL("../typed-dates.json", import.meta.url), "utf8"));

function read(text) {
  const { first, last } = readDate(text, LOCALES);
  return first === last ? isoOfEpochDay(first) : `${isoOfEpochDay(first)}/${isoOfEpochDay(last)}`;
}

for (const [text, meant] of TABLE.read) {
  test(`${text.trim()} is read as ${meant}`, () => assert.equal(read(text), meant));
}

for (const [text, reason, number] of TABLE.refused) {
  test(`“${text}” is refused: ${reason}`, () => {
    assert.throws(
      () => read(text),
      (error) =>
        error instanceof TypedDateError && error.reason === reason && error.number === number,
    );
  });
}

test("a time of the day follows the date", () => {
  const day = readDate("2017-07-01", LOCALES).first;
  for (const text of ["1 July 2017 14:05", "2017-07-01T14:05", "1 July 2017, 14:05:00"]) {
    assert.deepEqual(readMoment(text, LOCALES), { first: day, last: day, minutes: 845 });
  }
  assert.equal(readMoment("1 July 2017", LOCALES).minutes, null);
  for (const text of ["1 July 2017 24:00", "1 July 2017 12:60", "July 2017 12:00"]) {
    assert.throws(() => readMoment(text, LOCALES), { reason: "time" });
  }
});
