// The page of the copy in object storage: the view in its address and the map, each following the other; its links to
// the same view in another language, and at the site. The element's own script, which pages of other sites have in a
// tag, comes after this one: what the address asks is there before it begins.

import { format, parse } from "../data/url-state.js";
import { ask, follow, look } from "../ui/address.js";

/** @import { UrlState } from "../data/url-state.js" */
/** @import { ControlMap } from "../ui/control-map.js" */

/** @type {NodeListOf<HTMLAnchorElement>} */
const links = document.querySelectorAll("a[data-same-view]");

/** @param {UrlState} state */
function lead(state) {
  for (const link of links) link.href = link.href.split(/[?#]/)[0] + format(state);
}

/** What who has no script sees: the picture, and the latest changes. */
function withoutScript() {
  for (const one of document.querySelectorAll("noscript")) {
    one.insertAdjacentHTML("afterend", one.textContent ?? "");
  }
}

const map = /** @type {ControlMap | null} */ (document.querySelector("control-map"));
if (map) {
  const asked = parse(location);
  ask(map);
  // the site sorts out what it cannot mean before the map is asked; here nobody does
  if (asked.known) map.setAttribute("known", asked.known);
  lead(asked);
  // it has its turn after this one, and so cannot have failed yet
  document.querySelector("script[data-element]")?.addEventListener("error", withoutScript);
  void customElements.whenDefined("control-map").then(async () => {
    look(map);
    await map.ready;
    follow(map, lead);
  });
}
