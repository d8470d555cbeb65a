// Owns the days of the time bar: whole days counted from the conflict's first.

const DAY = 86_400_000;

/**
 * Days since 1970-01-01 of an ISO date, or null where it is not one (2017-02-30).
 * @param {string} iso
 */
export function epochDay(iso) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return null;
  const time = Date.parse(`${iso}T00:00:00Z`);
  if (Number.isNaN(time) || isoOfEpochDay(time / DAY) !== iso) return null;
  return time / DAY;
}

/** @param {number} day days since 1970-01-01 */
export function isoOfEpochDay(day) {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/**
 * The instant that an ISO date or instant means, in microseconds since 1970; of a day its close, the next
 * midnight in the time zone. Null where it is neither.
 * @param {string} iso
 * @param {string} timeZone
 */
export function microsOf(iso, timeZone) {
  const day = epochDay(iso);
  if (day !== null) return instantOf(day + 1, 0, timeZone) * 1000;
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return null;
  // a Date keeps milliseconds alone
  const [, below] = /\.\d{3}(\d{1,3})/.exec(iso) ?? [];
  return time * 1000 + Number((below ?? "").padEnd(3, "0"));
}

/**
 * Milliseconds since 1970 of a local time.
 * @param {number} day since 1970-01-01 @param {number} minutes after midnight, as clocks tell it @param {string} timeZone
 */
export function instantOf(day, minutes, timeZone) {
  const asIfUtc = day * DAY + minutes * 60_000;
  // twice: the offset may be another one at the instant that the first guess gives
  const guess = asIfUtc - offsetAt(asIfUtc, timeZone);
  return asIfUtc - offsetAt(guess, timeZone);
}

/** An instant in ISO form, with its microseconds: a Date would cut them off. @param {number} micros since 1970 */
export function isoOfMicros(micros) {
  const below = String(Math.floor(micros % 1_000_000)).padStart(6, "0");
  return `${new Date(Math.floor(micros / 1_000_000) * 1000).toISOString().slice(0, 19)}.${below}Z`;
}

/** @param {number} time @param {string} timeZone milliseconds that local clocks are ahead of UTC */
function offsetAt(time, timeZone) {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(time);
  /** @param {string} type */
  const part = (type) => Number(parts.find((one) => one.type === type)?.value);
  const local = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return local - Math.floor(time / 1000) * 1000;
}

/**
 * The first day of the month before or after, by `months`; both are days since 1970-01-01.
 * @param {number} day
 * @param {number} months
 */
export function addMonths(day, months) {
  const date = new Date(day * DAY);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0));
  const inMonth = Math.min(date.getUTCDate(), last.getUTCDate());
  return Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), inMonth) / DAY;
}
