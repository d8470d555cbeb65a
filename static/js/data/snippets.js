// Owns what is copied to take the map elsewhere: a link, an element, a frame, a citation.

import { format } from "./url-state.js";

/** @import { UrlState } from "./url-state.js" */

/**
 * `site`: its address without a slash at the end; `slug`: the conflict's; `script`, `manifest`: addresses of the
 * element's script and of the manifest it reads.
 * @typedef {{site: string, slug: string, title: string, script: string, manifest: string, lang: string}} About
 */

/** @param {About} about @param {UrlState} state */
export const linkTo = ({ site, slug }, state) => `${site}/${slug}/${format(state)}`;

/**
 * An instant of the record as it stands in an address: "+00:00" would have to be escaped, "Z" has not. Its fractions
 * of a second stay: what was published later in the same second was not known then.
 * @param {string | null} iso
 */
export const inUtc = (iso) => iso?.replace(/\+00:00$/, "Z") ?? null;

/** @param {About} about @param {UrlState} state */
export function elementOf({ script, manifest, lang }, { at, known, place }) {
  const given = { src: manifest, at, known, place };
  const attributes = Object.entries(given).flatMap(([name, value]) =>
    value ? [`${name}="${escaped(value)}"`] : [],
  );
  const map = `<control-map ${attributes.join(" ")} lang="${escaped(lang)}" controls></control-map>`;
  return `<script type="module" src="${escaped(script)}"></script>\n${map}`;
}

/** @param {About} about @param {UrlState} state */
export function frameOf({ site, slug, title, lang }, state) {
  const asked = format({ ...state, from: null, to: null }, `?${new URLSearchParams({ lang })}`);
  const address = `${site}/${slug}/embed/${asked.replace("?", "?controls&")}`;
  const size = `width="800" height="600"`;
  return `<iframe src="${escaped(address)}" ${size} title="${escaped(title)}" frameborder="0" loading="lazy" allowfullscreen></iframe>`;
}

/** For an attribute in double quotes. @param {string} text */
const escaped = (text) =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
