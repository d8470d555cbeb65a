"""The desk's own words: what each verb does, who the other actor is to it, and a headline."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.chronology.verbs import VERBS
from events.ledger import NewChange, listed

Text = str | Promise
_l = gettext_lazy


@dataclass(frozen=True, slots=True)
class VerbWords:
    """`says` is the headline's form, with %(actor)s, %(places)s and, in `with_other`, %(other)s."""

    label: Text
    line: Text
    other: Text
    says: Text
    with_other: Text | None = None


WORDS: dict[str, VerbWords] = {
    "captured": VerbWords(
        _l("captured"),
        _l("Took it from others. Everybody else's role there ends, in every place inside too."),
        _l("from"),
        _l("%(actor)s captures %(places)s"),
    ),
    "retook": VerbWords(
        _l("retook"),
        _l("Took back what it had held before. Otherwise as “captured”."),
        _l("from"),
        _l("%(actor)s retakes %(places)s"),
    ),
    "holds": VerbWords(
        _l("holds"),
        _l("Is in control; says nothing about how or since when. Reaches every place inside."),
        _l("against"),
        _l("%(actor)s holds %(places)s"),
    ),
    "shares": VerbWords(
        _l("shares"),
        _l("Holds it together with another. Reaches every place inside."),
        _l("shared with"),
        _l("%(actor)s and others hold %(places)s together"),
        _l("%(actor)s and %(other)s hold %(places)s together"),
    ),
    "withdrew": VerbWords(
        _l("withdrew"),
        _l(
            "Left, also from places inside where it had a role. Nobody holds it then, unless you say who."
        ),
        _l("left to"),
        _l("%(actor)s withdraws from %(places)s"),
    ),
    "handed_over": VerbWords(
        _l("handed over"),
        _l("Gave it to another without fighting, also the places inside that it held."),
        _l("handed to"),
        _l("%(actor)s hands over %(places)s"),
        _l("%(actor)s hands %(places)s to %(other)s"),
    ),
    "absent": VerbWords(
        _l("is absent"),
        _l("Has no role there any more, nor anywhere inside."),
        _l("other actor"),
        _l("%(actor)s is gone from %(places)s"),
    ),
    "unclear": VerbWords(
        _l("unclear"),
        _l("Nobody is known to hold it, nor the places inside."),
        _l("other actor"),
        _l("Control of %(places)s is unclear"),
    ),
    "entered": VerbWords(
        _l("entered"),
        _l("Fights inside. Who holds it stays the same; it is shown as contested."),
        _l("against"),
        _l("%(actor)s enters %(places)s"),
    ),
    "repelled": VerbWords(
        _l("repelled"),
        _l("Drove attackers out: those you name, or all of them."),
        _l("drove back"),
        _l("%(actor)s repels attackers in %(places)s"),
        _l("%(actor)s repels %(other)s in %(places)s"),
    ),
    "besieged": VerbWords(
        _l("besieged"),
        _l("Encircles it from outside. Who holds it stays the same."),
        _l("against"),
        _l("%(actor)s besieges %(places)s"),
    ),
    "relieved": VerbWords(
        _l("relieved"),
        _l("Ended a siege: that of the besieger you name, or every one."),
        _l("besieged by"),
        _l("%(actor)s breaks the siege of %(places)s"),
    ),
    "present": VerbWords(
        _l("is present"),
        _l("Is there, without holding or contesting it."),
        _l("with"),
        _l("%(actor)s is present in %(places)s"),
    ),
    "attack": VerbWords(
        _l("attacked"),
        _l("Shown in the timeline; changes nothing about who holds what."),
        _l("against"),
        _l("%(actor)s attacks %(places)s"),
    ),
    "clash": VerbWords(
        _l("clashed"),
        _l("Shown in the timeline; changes nothing about who holds what."),
        _l("with"),
        _l("Clashes in %(places)s"),
        _l("%(actor)s and %(other)s clash in %(places)s"),
    ),
}
# In the order of the list to choose from: (heading, verbs).
GROUPS: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (_l("Control changes"), ("captured", "retook", "withdrew", "handed_over")),
    (_l("A state of things"), ("holds", "shares", "present", "absent", "unclear")),
    (_l("Fighting"), ("entered", "repelled", "besieged", "relieved", "attack", "clash")),
)
OTHER: Text = _l("other actor")
SHOWN_BY_NAME = 3


def other_label(verb: str) -> Text:
    return WORDS[verb].other if verb in WORDS else OTHER


def places_listed(new: NewChange) -> str:
    """ "al-Senaa, al-Rumaniya and 4 more places"; "17 places in Aleppo province"."""
    names = [place.name for place in new.places]
    more = len(names) - SHOWN_BY_NAME
    if more > 1:
        rest = ngettext("%(count)d more place", "%(count)d more places", more) % {"count": more}
        names = [*names[:SHOWN_BY_NAME], rest]
    said = listed(names, {})
    if new.place_count:
        return ngettext(
            "%(count)d place in %(area)s", "%(count)d places in %(area)s", new.place_count
        ) % {
            "count": new.place_count,
            "area": said,
        }
    return said


def headline(new: NewChange) -> str:
    """What is proposed where the desk wrote none: "IS retakes al-Senaa". "" while too little is known."""
    if new.verb not in WORDS or not new.places or (VERBS[new.verb].needs_actor and not new.actor):
        return ""
    verb = WORDS[new.verb]
    named = new.actor is not None and new.other_actor is not None
    form = str(verb.with_other if verb.with_other and named else verb.says)
    said = form % {
        "actor": new.actor.short if new.actor else "",
        "other": new.other_actor.short if new.other_actor else "",
        "places": places_listed(new),
    }
    return said if len(said) <= 300 else said[:299] + "…"


def verb_label(name: str) -> str:
    return str(WORDS[name].label) if name in WORDS else name or _("did something")
