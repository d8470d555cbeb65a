// Owns the element's styles, asked for one by one. A release brings them along with the script instead
// (events/bundle.mjs reads which they are from here, and puts a module with the same function in this one's place).

import { h } from "./dom.js";
import { inPixels, ownRem } from "./own-rem.js";

const SHEETS = [
  new URL("../../leaflet/leaflet.css", import.meta.url),
  new URL("../../css/tokens.css", import.meta.url),
  new URL("../../css/map.css", import.meta.url),
  new URL("../../css/timeline.css", import.meta.url),
  new URL("../../css/time-tools.css", import.meta.url),
  new URL("../../css/panels.css", import.meta.url),
  new URL("../../css/control-map.css", import.meta.url),
];

/** @param {ShadowRoot} shadow @returns {Promise<unknown>} when they are there, or cannot be had */
export function dress(shadow) {
  const links = SHEETS.map(({ href }) => h("link", { rel: "stylesheet", href }));
  const loaded = links.map(
    (link) =>
      new Promise((resolve) => {
        link.onload = link.onerror = resolve;
      }),
  );
  shadow.append(...links);
  const own = ownRem(shadow);
  return own ? Promise.all(loaded).then(() => replaced(shadow, links, own)) : Promise.all(loaded);
}

/**
 * By their own text, as a rule that is read back may have lost a shorthand.
 * @param {ShadowRoot} shadow @param {HTMLLinkElement[]} links @param {number} own pixels of a rem
 */
async function replaced(shadow, links, own) {
  const texts = await Promise.all(links.map(async ({ href }) => (await fetch(href)).text()));
  shadow.adoptedStyleSheets = texts.map((text) => inPixels(text, own));
  for (const link of links) link.remove();
}
