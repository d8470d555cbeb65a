// Owns what a change says where the desk wrote no headline: the sentences of events/ledger/sentences.py.

/** @import { Messages } from "../data/messages.js" */
/** @import { ChangeRecord } from "../replay/files.js" */
/** @import { Context } from "./context.js" */

/**
 * One form where the verb is in the past; else one for one actor, and one for a plural name.
 * @typedef {[one: string, many?: string]} Forms
 */

/** By verb: without and with the other actor. @param {Messages} messages @returns {Record<string, [Forms, Forms]>} */
export const sentences = ({ gettext }) => ({
  captured: [
    [gettext("%(actor)s captured %(places)s")],
    [gettext("%(actor)s captured %(places)s from %(other)s")],
  ],
  retook: [
    [gettext("%(actor)s retook %(places)s")],
    [gettext("%(actor)s retook %(places)s from %(other)s")],
  ],
  holds: [
    [gettext("%(actor)s holds %(places)s"), gettext("%(actor)s hold %(places)s")],
    [
      gettext("%(actor)s holds %(places)s, not %(other)s"),
      gettext("%(actor)s hold %(places)s, not %(other)s"),
    ],
  ],
  entered: [
    [gettext("%(actor)s entered %(places)s")],
    [gettext("%(actor)s entered %(places)s against %(other)s")],
  ],
  repelled: [
    [gettext("%(actor)s repelled an attack in %(places)s")],
    [gettext("%(actor)s repelled %(other)s in %(places)s")],
  ],
  withdrew: [
    [gettext("%(actor)s withdrew from %(places)s")],
    [gettext("%(actor)s withdrew from %(places)s in favour of %(other)s")],
  ],
  handed_over: [
    [gettext("%(actor)s handed %(places)s over")],
    [gettext("%(actor)s handed %(places)s over to %(other)s")],
  ],
  shares: [
    [gettext("%(actor)s shares %(places)s"), gettext("%(actor)s share %(places)s")],
    [gettext("%(actor)s and %(other)s hold %(places)s together")],
  ],
  besieged: [
    [gettext("%(actor)s besieged %(places)s")],
    [gettext("%(actor)s besieged %(other)s in %(places)s")],
  ],
  relieved: [
    [gettext("%(actor)s ended the siege of %(places)s")],
    [gettext("%(actor)s ended the siege of %(places)s by %(other)s")],
  ],
  present: [
    [gettext("%(actor)s is present in %(places)s"), gettext("%(actor)s are present in %(places)s")],
    [
      gettext("%(actor)s is present in %(places)s beside %(other)s"),
      gettext("%(actor)s are present in %(places)s beside %(other)s"),
    ],
  ],
  absent: [
    [
      gettext("%(actor)s has no role in %(places)s any more"),
      gettext("%(actor)s have no role in %(places)s any more"),
    ],
    [
      gettext("%(actor)s has no role in %(places)s any more, unlike %(other)s"),
      gettext("%(actor)s have no role in %(places)s any more, unlike %(other)s"),
    ],
  ],
  unclear: [
    [gettext("Nobody is known to hold %(places)s")],
    [gettext("Nobody is known to hold %(places)s")],
  ],
  clash: [
    [gettext("%(actor)s fought in %(places)s")],
    [gettext("%(actor)s and %(other)s fought in %(places)s")],
  ],
  attack: [
    [gettext("%(actor)s attacked %(places)s")],
    [gettext("%(actor)s attacked %(other)s in %(places)s")],
  ],
});

/**
 * Its headline, or what it says.
 * @param {Context} context
 * @param {ChangeRecord} record
 */
export function headlineOf({ replay, words, messages }, record) {
  if (record.headline) return record.headline;
  const { gettext, interpolate } = messages;
  /** @param {string | null} slug */
  const numberOf = (slug) => replay.actors.findIndex((one) => one.slug === slug);
  const [actor, other] = [numberOf(record.actor), numberOf(record.other_actor)];
  const values = {
    actor: actor < 0 ? "" : words.actor(actor),
    other: other < 0 ? "" : words.actor(other),
    places: placesOf(
      messages,
      words.listed(record.places.map((slug) => placeName(replay, words, slug))),
      record.place_count,
    ),
  };
  if (record.verb === "clash" && actor < 0) {
    return interpolate(gettext("Fighting in %(places)s"), values);
  }
  const forms = sentences(messages)[record.verb]?.[other < 0 ? 0 : 1] ?? ["%(actor)s: %(places)s"];
  const [one, many = one] = forms;
  return interpolate(words.isPlural(actor) ? many : one, values);
}

/** @param {Context["replay"]} replay @param {Context["words"]} words @param {string} slug */
function placeName(replay, words, slug) {
  const place = replay.placeIndex.get(slug);
  return place === undefined ? slug : words.place(place);
}

/** @param {Messages} messages @param {string} names @param {number | null} count of places not known by name */
function placesOf({ gettext, ngettext, interpolate }, names, count) {
  if (!count) return names;
  const counted = interpolate(ngettext("%(count)s place", "%(count)s places", count), { count });
  return interpolate(gettext("%(count)s in %(area)s"), { count: counted, area: names });
}
