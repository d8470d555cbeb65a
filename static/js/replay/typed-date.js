// Owns the reading of a date as a person types it: ISO, day first, or with the month's name; a month or a year alone.

import { addMonths } from "./days.js";

const DAY = 86_400_000;
// Of "sept", "sep." and "September"; "ma" would be two of them.
const LEAST_LETTERS = 3;
// What a pasted date may bring along to set its direction.
const MARKS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Why a text is no date. @typedef {"form" | "month" | "day" | "year" | "time"} Reason */

/** `number`: the month that there is not; or how many days the month has. */
export class TypedDateError extends Error {
  /** @param {Reason} reason @param {number} [number] */
  constructor(reason, number = 0) {
    super(reason);
    this.reason = reason;
    this.number = number;
  }
}

/**
 * Days since 1970-01-01, both included: of a month or a year its first and last.
 * @typedef {{first: number, last: number}} TypedDate
 * @param {string} text
 * @param {string[]} locales whose names of months are read
 * @returns {TypedDate} raises TypedDateError
 */
export function readDate(text, locales) {
  const plain = inAscii(text);
  const iso = /^(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?$/.exec(plain);
  if (iso) return dateOf(iso[1], iso[3], iso[4]);
  const dayFirst = /^(?:(\d{1,2})([-/. ]) ?)?(\d{1,2})[-/. ] ?(\d+)$/.exec(plain);
  if (dayFirst) return dateOf(dayFirst[4], dayFirst[3], dayFirst[1]);
  return withName(plain, locales);
}

/**
 * A date, and where a time of the day follows it (14:00) its minutes after midnight.
 * @param {string} text @param {string[]} locales
 * @returns {TypedDate & {minutes: number | null}} raises TypedDateError
 */
export function readMoment(text, locales) {
  const found = /^(.*?)(?:T|[\s,،]+)(\d{1,2}):(\d{2})(?::\d{2})?$/i.exec(inAscii(text));
  if (!found) return { ...readDate(text, locales), minutes: null };
  const [hour, minute] = [Number(found[2]), Number(found[3])];
  const date = readDate(found[1], locales);
  // a time of a whole month is none
  if (hour > 23 || minute > 59 || date.first !== date.last) throw new TypedDateError("time");
  return { ...date, minutes: hour * 60 + minute };
}

/** Arabic and Persian digits as 0 to 9, without marks of direction. @param {string} text */
function inAscii(text) {
  return text
    .replace(MARKS, "")
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/\s+/g, " ")
    .trim();
}

/** @param {string} plain "30 June 2017", "June 30, 2017", "June 2017" @param {string[]} locales */
function withName(plain, locales) {
  const numbers = plain.match(/\d+/g) ?? [];
  const words = plain.replace(/(\d)(st|nd|rd|th)\b/gi, "$1").replace(/\d+/g, " ");
  const month = monthNamed(words.replace(/[.,،]|\bof\b/gi, " "), locales);
  if (month === null || !numbers.length || numbers.length > 2) throw new TypedDateError("form");
  const at = numbers.findIndex((number) => number.length > 2);
  if (at < 0) throw new TypedDateError("year");
  return dateOf(numbers[at], String(month), numbers[1 - at]);
}

/** @param {string} words @param {string[]} locales @returns {number | null} 1 to 12 */
function monthNamed(words, locales) {
  const wanted = folded(words);
  if (wanted.length < LEAST_LETTERS) return null;
  for (const locale of locales) {
    const names = namesIn(locale);
    const whole = names.indexOf(wanted);
    if (whole >= 0) return whole + 1;
    const begun = names.flatMap((name, month) => (name.startsWith(wanted) ? month + 1 : []));
    if (begun.length === 1) return begun[0];
  }
  return null;
}

/** @param {string} locale @returns {string[]} */
function namesIn(locale) {
  const format = new Intl.DateTimeFormat(locale, { month: "long", timeZone: "UTC" });
  return Array.from({ length: 12 }, (_, month) => folded(format.format(Date.UTC(2001, month, 1))));
}

/** @param {string} text */
function folded(text) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^\p{L}]+/gu, " ").trim();
}

/** @param {string} year @param {string} [month] @param {string} [day] */
function dateOf(year, month, day) {
  if (year.length !== 4) throw new TypedDateError("year");
  const january = Date.UTC(Number(year), 0, 1) / DAY;
  if (Number(year) < 100) throw new TypedDateError("year");
  if (month === undefined) return { first: january, last: addMonths(january, 12) - 1 };
  const number = Number(month);
  if (number < 1 || number > 12) throw new TypedDateError("month", number);
  const first = addMonths(january, number - 1);
  const last = addMonths(first, 1) - 1;
  if (day === undefined) return { first, last };
  const at = first + Number(day) - 1;
  if (at < first || at > last) throw new TypedDateError("day", last - first + 1);
  return { first: at, last: at };
}
