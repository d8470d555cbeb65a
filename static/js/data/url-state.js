// Owns the view in the address: ?at=YYYY-MM-DD&place=slug&known=ISO&from=YYYY-MM-DD&to=YYYY-MM-DD#zoom/lat/lon, one
// schema both ways. `from` and `to` are the range, and mean nothing without each other.

import { epochDay } from "../replay/days.js";

/** @typedef {{zoom: number, lat: number, lon: number}} Position */
/** @typedef {{at: string | null, place: string | null, known: string | null, from: string | null, to: string | null,
 *   position: Position | null}} UrlState */

const NAMES = /** @type {const} */ (["at", "place", "known", "from", "to"]);

/** What may stand in a query parameter. @type {Record<typeof NAMES[number], (text: string) => boolean>} */
const VALID = {
  at: (text) => epochDay(text) !== null,
  place: (text) => /^[-\w]{1,80}$/.test(text),
  known: (text) => /^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(text)),
  from: (text) => epochDay(text) !== null,
  to: (text) => epochDay(text) !== null,
};

/** @param {{search: string, hash: string}} address @returns {UrlState} what it does not mean is null */
export function parse({ search, hash }) {
  const query = new URLSearchParams(search);
  /** @param {typeof NAMES[number]} name */
  const read = (name) => {
    // A + that was not escaped (2017-07-01T00:00+03:00) has been read as a space.
    const text = query.get(name)?.replaceAll(" ", "+");
    return text && VALID[name](text) ? text : null;
  };
  const [from, to] = [read("from"), read("to")];
  const range = from !== null && to !== null && from < to;
  return {
    at: read("at"),
    place: read("place"),
    known: read("known"),
    from: range ? from : null,
    to: range ? to : null,
    position: parsePosition(hash),
  };
}

/** @param {string} hash @returns {Position | null} */
function parsePosition(hash) {
  const match = /^#(\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)$/.exec(hash);
  if (!match) return null;
  const [zoom, lat, lon] = match.slice(1).map(Number);
  return zoom <= 22 && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { zoom, lat, lon } : null;
}

/**
 * The address of a state; parameters that are none of ours are kept.
 * @param {UrlState} state
 * @param {string} [search] the query as it is
 */
export function format(state, search = "") {
  const query = new URLSearchParams(search);
  for (const name of NAMES) {
    const value = state[name];
    if (value) query.set(name, value);
    else query.delete(name);
  }
  // A known instant is easier to read, and to paste, with its colons.
  const text = query.toString().replaceAll("%3A", ":");
  const { position } = state;
  // to a part of a pixel: of one on the ground there are nine metres at zoom 14, and one at 17
  const digits = position && position.zoom > 13 ? 6 : 4;
  const hash = position
    ? `#${round(position.zoom, 2)}/${round(position.lat, digits)}/${round(position.lon, digits)}`
    : "";
  return `${text ? `?${text}` : ""}${hash}`;
}

/** @param {number} value @param {number} digits */
const round = (value, digits) => Number(value.toFixed(digits));
