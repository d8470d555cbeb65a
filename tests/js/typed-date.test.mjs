import assert from "node:assert/strict";
import { test } from "node:test";
import { isoOfEpochDay } from "../../static/js/replay/days.js";
import { readDate, readMoment, TypedDateError } from "../../static/js/replay/typed-date.js";

const LOCALES = ["en", "ar", "ar-SY"];

function read(text) {
  const { first, last } = readDate(text, LOCALES);
  return first === last ? isoOfEpochDay(first) : `${isoOfEpochDay(first)}/${isoOfEpochDay(last)}`;
}

for (const [text, meant] of [
  ["2017-06-30", "2017-06-30"],
  ["2017-6-3", "2017-06-03"],
  ["2017/06/30", "2017-06-30"],
  ["30 June 2017", "2017-06-30"],
  ["30th of June, 2017", "2017-06-30"],
  ["June 30, 2017", "2017-06-30"],
  ["  30   jun 2017 ", "2017-06-30"],
  ["1 Sept. 2014", "2014-09-01"],
  ["2017 June 30", "2017-06-30"],
  ["June 2017", "2017-06-01/2017-06-30"],
  ["2017-06", "2017-06-01/2017-06-30"],
  ["6/2017", "2017-06-01/2017-06-30"],
  ["2016-02", "2016-02-01/2016-02-29"],
  ["2017", "2017-01-01/2017-12-31"],
  ["30 يونيو 2017", "2017-06-30"],
  ["٣٠ حزيران ٢٠١٧", "2017-06-30"],
  ["١ تشرين الأول ٢٠١٧", "2017-10-01"],
  ["\u200f30/6/2017\u200f", "2017-06-30"],
]) {
  test(`${text.trim()} is read as ${meant}`, () => assert.equal(read(text), meant));
}

test("the day comes first, whatever the reader's country does", () => {
  assert.equal(read("3/4/2017"), "2017-04-03");
  assert.equal(read("30.6.2017"), "2017-06-30");
  assert.equal(read("30. 6. 2017"), "2017-06-30");
});

for (const [text, reason, number] of [
  ["6/30/2017", "month", 30],
  ["2017-13-01", "month", 13],
  ["2017-00", "month", 0],
  ["31 June 2017", "day", 30],
  ["2017-02-29", "day", 28],
  ["0 June 2017", "day", 30],
  ["30/6/17", "year", 0],
  ["30 June 17", "year", 0],
  ["0017", "year", 0],
  ["30 Juno 2017", "form", 0],
  ["ju 2017", "form", 0],
  ["June", "form", 0],
  ["", "form", 0],
  ["yesterday", "form", 0],
  ["2017-06-30 2017-07-01", "form", 0],
  ["<b>", "form", 0],
]) {
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
