"""The desk's own words: what each verb does, who the other actor is to it, and a headline."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from events.chronology.agreement import agree
from events.chronology.verbs import VERBS
from events.ledger import NewChange, listed

from .called import Called, called

Text = str | Promise
# As it is, or for one actor and for several or one whose name is plural.
Form = Text | tuple[Text, Text]


@dataclass(frozen=True, slots=True)
class VerbWords:
    """`says` is the headline's form, with %(actor)s, %(places)s and, in `with_other`, %(other)s. `many` is the label
    that goes with a plural name, where it is another.
    """

    label: Text
    line: Text
    other: Text
    says: Form
    with_other: Form | None = None
    many: Text | None = None


WORDS: dict[str, VerbWords] = {
    "captured": VerbWords(
        _("captured"),
        _("Took it from others. Everybody else's role there ends, in every place inside too."),
        _("from"),
        (_("%(actor)s captures %(places)s"), _("%(actor)s capture %(places)s")),
    ),
    "retook": VerbWords(
        _("retook"),
        _("Took back what it had held before. Otherwise as “captured”."),
        _("from"),
        (_("%(actor)s retakes %(places)s"), _("%(actor)s retake %(places)s")),
    ),
    "holds": VerbWords(
        _("holds"),
        _("Is in control; says nothing about how or since when. Reaches every place inside."),
        _("against"),
        (_("%(actor)s holds %(places)s"), _("%(actor)s hold %(places)s")),
        many=_("hold"),
    ),
    "shares": VerbWords(
        _("shares"),
        _("Holds it together with another. Reaches every place inside."),
        _("shared with"),
        _("%(actor)s and others hold %(places)s together"),
        _("%(actor)s and %(other)s hold %(places)s together"),
        many=_("share"),
    ),
    "withdrew": VerbWords(
        _("withdrew"),
        _(
            "Left, also from places inside where it had a role. Nobody holds it then, unless you say who."
        ),
        _("left to"),
        (_("%(actor)s withdraws from %(places)s"), _("%(actor)s withdraw from %(places)s")),
    ),
    "handed_over": VerbWords(
        _("handed over"),
        _("Gave it to another without fighting, also the places inside that it held."),
        _("handed to"),
        (_("%(actor)s hands over %(places)s"), _("%(actor)s hand over %(places)s")),
        (_("%(actor)s hands %(places)s to %(other)s"), _("%(actor)s hand %(places)s to %(other)s")),
    ),
    "absent": VerbWords(
        _("is absent"),
        _("Has no role there any more, nor anywhere inside."),
        _("other actor"),
        (_("%(actor)s is gone from %(places)s"), _("%(actor)s are gone from %(places)s")),
        many=_("are absent"),
    ),
    "unclear": VerbWords(
        _("unclear"),
        _("Nobody is known to hold it, nor the places inside."),
        _("other actor"),
        _("Control of %(places)s is unclear"),
    ),
    "entered": VerbWords(
        _("entered"),
        _("Fights inside. Who holds it stays the same; it is shown as contested."),
        _("against"),
        (_("%(actor)s enters %(places)s"), _("%(actor)s enter %(places)s")),
    ),
    "repelled": VerbWords(
        _("repelled"),
        _("Drove attackers out: those you name, or all of them."),
        _("drove back"),
        (
            _("%(actor)s repels attackers in %(places)s"),
            _("%(actor)s repel attackers in %(places)s"),
        ),
        (
            _("%(actor)s repels %(other)s in %(places)s"),
            _("%(actor)s repel %(other)s in %(places)s"),
        ),
    ),
    "besieged": VerbWords(
        _("besieged"),
        _("Encircles it from outside. Who holds it stays the same."),
        _("against"),
        (_("%(actor)s besieges %(places)s"), _("%(actor)s besiege %(places)s")),
    ),
    "relieved": VerbWords(
        _("relieved"),
        _("Ended a siege: that of the besieger you name, or every one."),
        _("besieged by"),
        (
            _("%(actor)s breaks the siege of %(places)s"),
            _("%(actor)s break the siege of %(places)s"),
        ),
    ),
    "present": VerbWords(
        _("is present"),
        _("Is there, without holding or contesting it."),
        _("with"),
        (_("%(actor)s is present in %(places)s"), _("%(actor)s are present in %(places)s")),
        many=_("are present"),
    ),
    "attack": VerbWords(
        _("attacked"),
        _("Shown in the timeline; changes nothing about who holds what."),
        _("against"),
        (_("%(actor)s attacks %(places)s"), _("%(actor)s attack %(places)s")),
    ),
    "clash": VerbWords(
        _("clashed"),
        _("Shown in the timeline; changes nothing about who holds what."),
        _("with"),
        _("Clashes in %(places)s"),
        _("%(actor)s and %(other)s clash in %(places)s"),
    ),
}
# In the order of the list to choose from: (heading, verbs).
GROUPS: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (_("Control changes"), ("captured", "retook", "withdrew", "handed_over")),
    (_("A state of things"), ("holds", "shares", "present", "absent", "unclear")),
    (_("Fighting"), ("entered", "repelled", "besieged", "relieved", "attack", "clash")),
)
OTHER: Text = _("other actor")
SHOWN_BY_NAME = 3


def other_label(verb: str) -> Text:
    return WORDS[verb].other if verb in WORDS else OTHER


def places_listed(new: NewChange, now: Called) -> str:
    """ "al-Senaa, al-Rumaniya and 4 more places"; "17 places in Aleppo province"."""
    names = [now.place(place) for place in new.places]
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


def headline(new: NewChange, now: Called | None = None) -> str:
    """What is proposed where the desk wrote none: "IS retakes al-Senaa". "" while too little is known. `now`: names
    that were looked up already, for many of them.
    """
    if new.verb not in WORDS or not new.places or (VERBS[new.verb].needs_actor and not new.actor):
        return ""
    now = now or called(new.conflict)
    verb = WORDS[new.verb]
    named = new.actor is not None and new.other_actor is not None
    form = verb.with_other if verb.with_other and named else verb.says
    actor = now.actor(new.actor) if new.actor else ""
    said = str(_agreeing(form, actor)) % {
        "actor": actor,
        "other": now.actor(new.other_actor) if new.other_actor else "",
        "places": places_listed(new, now),
    }
    return said if len(said) <= 300 else said[:299] + "…"


def verb_label(name: str, who: str = "") -> str:
    """As it goes with `who`; by itself in the singular."""
    if name not in WORDS:
        return name or gettext("did something")
    verb = WORDS[name]
    return str(agree(verb.label, verb.many or verb.label, who))


def _agreeing(form: Form, who: str) -> Text:
    return agree(*form, who) if isinstance(form, tuple) else form
