// The reader's page: the view in the address and the map, each following the other.

import { format, parse } from "../data/url-state.js";
import { ControlMap } from "../ui/control-map.js";
import { share } from "../ui/share.js";

/** @import { UrlState } from "../data/url-state.js" */

if (!customElements.get("control-map")) customElements.define("control-map", ControlMap);

const WAIT = 300; // ms at rest: a new address costs a frame, and browsers refuse more than some hundred a minute

/** @param {ControlMap} map */
function follow(map) {
  let waiting = 0;
  let moved = parse(location).position !== null;
  let following = false;

  /** @returns {UrlState} */
  const state = () => ({
    at: map.date,
    place: map.getAttribute("place"),
    known: map.getAttribute("known"),
    from: map.getAttribute("from"),
    to: map.getAttribute("to"),
    position: moved ? map.position : null,
  });
  /** @param {"replaceState" | "pushState"} how */
  const write = (how) => {
    clearTimeout(waiting);
    const address = format(state(), location.search) || location.pathname;
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

const map = document.querySelector("control-map");
if (map instanceof ControlMap) {
  const asked = parse(location);
  if (asked.position) map.position = asked.position;
  if (asked.at) map.setAttribute("at", asked.at);
  if (asked.place) map.setAttribute("place", asked.place);
  if (asked.from && asked.to) {
    map.setAttribute("from", asked.from);
    map.setAttribute("to", asked.to);
  }
  void map.ready.then(() => follow(map));
  void map.ready.then(() => share(map));
}
