"""Standings and effects in a sentence: the same words at the desk and on the readers' pages."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.chronology.agreement import agree
from events.chronology.standing import Standing

# Actor's slug -> short name; a chronology.agreement.Name where verbs may go with it in the plural.
Names = Mapping[str, str]


def listed(actors: Iterable[str], names: Names) -> str:
    """ "IS", "IS and SDF", "IS, SDF and Government"."""
    words = [names.get(actor, actor) for actor in actors]
    if len(words) < 2:
        return "".join(words)
    return _("%(some)s and %(last)s") % {"some": _(", ").join(words[:-1]), "last": words[-1]}


def standing_in_words(standing: Standing, names: Names) -> str:
    """ "SDF holds, Rebels contest"."""
    parts = [_holding(standing, names)]
    contesting = [actor for actor in standing.contests if actor not in standing.holds]
    for actors, one, many in (
        (contesting, _("%(who)s contests"), _("%(who)s contest")),
        (standing.besieges, _("%(who)s besieges it"), _("%(who)s besiege it")),
        (standing.present, _("%(who)s is present"), _("%(who)s are present")),
    ):
        if actors:
            parts.append(_agreeing(one, many, actors, names))
    if standing.disputed:
        parts.append(_("disputed"))
    return _(", ").join(part for part in parts if part)


def _holding(standing: Standing, names: Names) -> str:
    holders = listed(standing.holds, names)
    if standing.state == "no_data":
        return _("no data")
    if standing.state == "changing":
        return _("changing hands, %(old)s → %(new)s") % {
            "old": holders or _("unclear"),
            "new": listed(standing.to, names) or _("unclear"),
        }
    if standing.state == "divided":
        counts = _(", ").join(
            _("%(count)d %(who)s") % {"count": n, "who": listed(who, names) or _("unclear")}
            for who, n in standing.counts
        )
        return _("divided (%(counts)s)") % {"counts": counts} if counts else _("divided")
    if not holders:
        return _("nobody is known to hold it")
    if len(standing.holds) > 1:
        return _("%(who)s hold it together") % {"who": holders}
    return _agreeing(_("%(who)s holds"), _("%(who)s hold"), standing.holds, names)


def _agreeing(one: str, many: str, actors: Sequence[str], names: Names) -> str:
    who = [names.get(actor, actor) for actor in actors]
    return agree(one, many, *who) % {"who": listed(who, {})}


def places_in_words(count: int) -> str:
    return ngettext("%(count)d place", "%(count)d places", count) % {"count": count}
