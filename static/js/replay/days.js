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
