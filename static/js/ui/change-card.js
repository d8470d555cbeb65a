// Owns one change as readers see it: what, where, how sure the date is, and according to whom.

import { heldBy } from "../map/swatch.js";
import { h } from "./dom.js";
import { headlineOf } from "./sentences.js";
import { stanceNames } from "./words.js";

/** @import { Messages } from "../data/messages.js" */
/** @import { ChangeRecord, CitationRecord } from "../replay/files.js" */
/** @import { Context } from "./context.js" */

/**
 * @param {Context} context
 * @param {ChangeRecord} record
 */
export function changeCard(context, record) {
  const { replay, swatches, words, address, messages } = context;
  const { gettext, interpolate } = messages;
  const actor = replay.actors.findIndex((one) => one.slug === record.actor);
  const open = { open: gettext("Open claim"), rejected: gettext("Refuted claim") }[record.ruling];
  const places = record.places.flatMap((slug) => replay.placeIndex.get(slug) ?? []);
  const url = new URL(record.url, address).href;
  return h(
    "li",
    { class: `change ${record.ruling}`, "data-day": record.day },
    h(
      "h3",
      {},
      actor >= 0 && swatches.canvas(heldBy(actor), false, 14, 14),
      h(
        "a",
        // A headline is in a language of its own; the sentence is in the page's, whatever name it begins with.
        { href: url, dir: record.headline ? "auto" : undefined },
        headlineOf(context, record),
      ),
    ),
    open && h("p", { class: "ruling" }, open, record.ruling_reason && `: ${record.ruling_reason}`),
    record.reason &&
      h(
        "p",
        { class: "mended" },
        interpolate(gettext("Correction: %(reason)s"), { reason: record.reason }),
      ),
    h(
      "p",
      { class: "where" },
      h("bdi", { class: "date-words" }, record.date_words_in?.[words.short] ?? record.date_words),
      ...places
        .slice(0, 6)
        .flatMap((place) => [
          " · ",
          h(
            "button",
            { type: "button", class: "link", click: () => context.choose(place) },
            words.place(place),
          ),
        ]),
      record.place_count !== null && ` · ${counted(messages, record.place_count)}`,
    ),
    h(
      "ul",
      { class: "sources" },
      ...record.citations.map((citation) => source(messages, citation)),
    ),
  );
}

/** @param {Messages} messages @param {number} count */
const counted = ({ ngettext, interpolate }, count) =>
  interpolate(ngettext("%(count)s place", "%(count)s places", count), { count });

/** @param {Messages} messages @param {CitationRecord} citation */
function source(messages, citation) {
  const stance = stanceNames(messages)[citation.stance] ?? citation.stance;
  const title = citation.title || citation.url;
  const safe = /^https?:\/\//.test(citation.url);
  return h(
    "li",
    { class: `stance-${citation.stance}` },
    h("b", { dir: "auto" }, citation.source_name),
    " ",
    h("span", { class: "stance" }, stance),
    title ? ": " : "",
    safe
      ? h("a", { href: citation.url, rel: "noopener", dir: "auto" }, title)
      : h("bdi", {}, title),
    citation.quote ? h("q", { dir: "auto" }, citation.quote) : null,
  );
}
