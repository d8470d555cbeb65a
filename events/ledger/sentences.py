"""What a Change says, as a sentence: one for each verb, with and without the other actor.

Where the verb is in the past its actor's number does not show; else there is a form for one, and one for a plural name.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.chronology.agreement import agree
from events.models import Change

from .naming import Naming
from .words import listed, places_in_words

Form = Promise | str | tuple[Promise, Promise]
UNKNOWN: tuple[Form, Form] = ("%(actor)s: %(places)s", "%(actor)s: %(places)s")
SENTENCES: dict[str, tuple[Form, Form]] = {
    "captured": (
        _("%(actor)s captured %(places)s"),
        _("%(actor)s captured %(places)s from %(other)s"),
    ),
    "retook": (
        _("%(actor)s retook %(places)s"),
        _("%(actor)s retook %(places)s from %(other)s"),
    ),
    "holds": (
        (_("%(actor)s holds %(places)s"), _("%(actor)s hold %(places)s")),
        (
            _("%(actor)s holds %(places)s, not %(other)s"),
            _("%(actor)s hold %(places)s, not %(other)s"),
        ),
    ),
    "entered": (
        _("%(actor)s entered %(places)s"),
        _("%(actor)s entered %(places)s against %(other)s"),
    ),
    "repelled": (
        _("%(actor)s repelled an attack in %(places)s"),
        _("%(actor)s repelled %(other)s in %(places)s"),
    ),
    "withdrew": (
        _("%(actor)s withdrew from %(places)s"),
        _("%(actor)s withdrew from %(places)s in favour of %(other)s"),
    ),
    "handed_over": (
        _("%(actor)s handed %(places)s over"),
        _("%(actor)s handed %(places)s over to %(other)s"),
    ),
    "shares": (
        (_("%(actor)s shares %(places)s"), _("%(actor)s share %(places)s")),
        _("%(actor)s and %(other)s hold %(places)s together"),
    ),
    "besieged": (
        _("%(actor)s besieged %(places)s"),
        _("%(actor)s besieged %(other)s in %(places)s"),
    ),
    "relieved": (
        _("%(actor)s ended the siege of %(places)s"),
        _("%(actor)s ended the siege of %(places)s by %(other)s"),
    ),
    "present": (
        (_("%(actor)s is present in %(places)s"), _("%(actor)s are present in %(places)s")),
        (
            _("%(actor)s is present in %(places)s beside %(other)s"),
            _("%(actor)s are present in %(places)s beside %(other)s"),
        ),
    ),
    "absent": (
        (
            _("%(actor)s has no role in %(places)s any more"),
            _("%(actor)s have no role in %(places)s any more"),
        ),
        (
            _("%(actor)s has no role in %(places)s any more, unlike %(other)s"),
            _("%(actor)s have no role in %(places)s any more, unlike %(other)s"),
        ),
    ),
    "unclear": (
        _("Nobody is known to hold %(places)s"),
        _("Nobody is known to hold %(places)s"),
    ),
    "clash": (
        _("%(actor)s fought in %(places)s"),
        _("%(actor)s and %(other)s fought in %(places)s"),
    ),
    "attack": (
        _("%(actor)s attacked %(places)s"),
        _("%(actor)s attacked %(other)s in %(places)s"),
    ),
}


def said(verb: str, actor: str, places: str, other: str = "") -> str:
    """ "IS retook al-Senaa from SDF"; `actor` may be a chronology.agreement.Name."""
    if verb == "clash" and not actor:
        return gettext("Fighting in %(places)s") % {"places": places}
    without, with_other = SENTENCES.get(verb, UNKNOWN)
    form = with_other if other else without
    if isinstance(form, tuple):
        form = agree(*form, actor)
    return str(form) % {"actor": actor, "places": places, "other": other}


def sentence(change: Change, names: Naming) -> str:
    """ "IS retook al-Senaa": what the Change says, without its headline."""
    places = listed((names.place(named.place) for named in change.named_places.all()), {})
    if change.place_count:
        places = gettext("%(count)s in %(area)s") % {
            "count": places_in_words(change.place_count),
            "area": places,
        }
    actor, other = (
        names.actor(who) if who is not None else "" for who in (change.actor, change.other_actor)
    )
    return said(change.verb, actor, places, other)
