// Owns the view in a page's address and that of its map, each following the other.

import { format, parse } from "../data/url-state.js";

/** @import { UrlState } from "../data/url-state.js" */
/** @import { ControlMap } from "./control-map.js" */

const WAIT = 300; // ms at rest: a new address costs a frame, and browsers refuse more than some hundred a minute

/**
 * What the address asks of the map, before its first picture. An element that its script has not made yet takes
 * attributes alone.
 * @param {Element} map
 */
export function ask(map) {
  const asked = parse(location);
  if (asked.at) map.setAttribute("at", asked.at);
  if (asked.place) map.setAttribute("place", asked.place);
  if (asked.from && asked.to) {
    map.setAttribute("from", asked.from);
    map.setAttribute("to", asked.to);
  }
}

/** Let it look where the address says. @param {ControlMap} map */
export function look(map) {
  const { position } = parse(location);
  if (position) map.position = position;
}

/**
 * What an address says of the map as it is.
 * @param {ControlMap} map @param {boolean} moved whether its position is anybody's wish
 * @returns {UrlState}
 */
const stateOf = (map, moved) => ({
  at: map.date,
  place: map.getAttribute("place"),
  known: map.getAttribute("known"),
  from: map.getAttribute("from"),
  to: map.getAttribute("to"),
  position: moved ? map.position : null,
});

/**
 * From now on; to be called when the first map is there.
 * @param {ControlMap} map
 * @param {(state: UrlState) => void} [changed] told what the address is about to say
 */
export function follow(map, changed = () => {}) {
  let waiting = 0;
  let moved = parse(location).position !== null;
  let following = false;

  /** @param {"replaceState" | "pushState"} how */
  const write = (how) => {
    clearTimeout(waiting);
    const state = stateOf(map, moved);
    changed(state);
    const address = format(state, location.search) || location.pathname;
    if (address !== location.search + location.hash) history[how](null, "", address);
  };
  const later = () => {
    if (following) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => write("replaceState"), WAIT);
  };

  map.addEventListener("seek", (event) => {
    if (!(/** @type {CustomEvent} */ (event).detail.playing)) later();
  });
  map.addEventListener("pause", later);
  map.addEventListener("rangechange", later);
  map.addEventListener("viewchange", () => {
    moved = true;
    later();
  });
  // A place is a step of its own: "back" closes it again.
  map.addEventListener("placeselect", () => {
    if (!following) write("pushState");
  });

  const read = async () => {
    const asked = parse(location);
    following = true;
    for (const name of /** @type {const} */ (["known", "place", "from", "to"])) {
      const value = asked[name];
      if (value === map.getAttribute(name)) continue;
      if (value) map.setAttribute(name, value);
      else map.removeAttribute(name);
    }
    await map.ready;
    // Last: choosing a place brings it into view.
    if (asked.position) map.position = asked.position;
    if (asked.at && asked.at !== map.date) await map.seek(asked.at);
    following = false;
  };
  addEventListener("popstate", read);
}
