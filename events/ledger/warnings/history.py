"""What the record says of the place already: held or not, there or not, and what comes after."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.chronology.agreement import agree
from events.models import Change, Place, Span

from ..altered import in_a_line
from ..naming import Naming, short_names
from ..new import NewChange, has_effect
from ..preview import Effect
from ..words import listed
from .warning import Warning

TAKES = frozenset({"captured", "retook"})
LEAVES = frozenset({"withdrew", "handed_over", "absent"})
WITHOUT_EFFECT = frozenset({"clash", "attack"})
# Where one of these is said, that it changes nothing is said with it.
EXPLAIN_NO_EFFECT = frozenset({"holds_already", "not_there", "nobody_to_repel", "no_siege"})
MOST_LINES = 50


def named(new: NewChange, effects: Sequence[Effect]) -> list[Effect]:
    """The effects at the places that the change names, and that it may have an effect on."""
    keys = {place.pk for place in new.places if has_effect(place.kind, new.place_count)}
    return [effect for effect in effects if effect.place.pk in keys]


def _places(places: Iterable[Place], names: Naming) -> str:
    return listed((names.place(place) for place in places), {})


def never_held(new: NewChange, effects: Sequence[Effect], names: Naming) -> Warning | None:
    """Of an area it is enough to have held a place inside."""
    if new.verb != "retook" or new.actor is None or not effects:
        return None
    never = never_at(new, effects[0].instant)
    if not never:
        return None
    return Warning(
        "never_held",
        _("By this record, %(actor)s never held %(places)s before.")
        % {"actor": names.actor(new.actor), "places": _places(never, names)},
        _("If it was the first time, choose “captured”; if not, log first when it was held."),
    )


def never_at(new: NewChange, instant: datetime) -> list[Place]:
    """Of the places that it names, those that its actor never held before the instant, nor any place inside."""
    inside = Q()
    for place in new.places:
        inside |= Q(place__path__startswith=place.path)
    holding = Span.objects.filter(
        inside,
        place__conflict=new.conflict,
        actor=new.actor,
        role=Span.Role.HOLDS,
        valid__startswith__lt=instant,
    ).known()
    held = set(holding.values_list("place__path", flat=True))
    return [place for place in new.places if not any(path.startswith(place.path) for path in held)]


def holds_already(new: NewChange, effects: Sequence[Effect], names: Naming) -> Warning | None:
    if new.verb not in TAKES or new.actor is None:
        return None
    already = [e.place for e in named(new, effects) if e.before.holds == (new.actor.slug,)]
    if not already:
        return None
    actor = names.actor(new.actor)
    return Warning(
        "holds_already",
        agree(
            _("By this record, %(actor)s holds %(places)s already."),
            _("By this record, %(actor)s hold %(places)s already."),
            actor,
        )
        % {"actor": actor, "places": _places(already, names)},
        _("To confirm it, choose “holds”; if it was lost in between, log that first."),
    )


def not_there(new: NewChange, effects: Sequence[Effect], names: Naming) -> Warning | None:
    """Who leaves has a role there, or somewhere inside; who hands over, holds."""
    if new.verb not in LEAVES or new.actor is None or new.ruling != Change.Ruling.ACCEPTED:
        return None
    slug = new.actor.slug
    from_inside = [effect.place.path for effect in effects if slug in _left(effect, new.verb)]
    never = [
        effect.place
        for effect in named(new, effects)
        if not any(path.startswith(effect.place.path) for path in from_inside)
    ]
    if not never:
        return None
    actor = names.actor(new.actor)
    said = (
        agree(
            _("By this record, %(actor)s does not hold %(places)s."),
            _("By this record, %(actor)s do not hold %(places)s."),
            actor,
        )
        if new.verb == "handed_over"
        else agree(
            _("By this record, %(actor)s has no role in %(places)s."),
            _("By this record, %(actor)s have no role in %(places)s."),
            actor,
        )
    )
    return Warning(
        "not_there",
        said % {"actor": actor, "places": _places(never, names)},
        _("Compare the actor, the place and the date; log first when it came there."),
    )


def _left(effect: Effect, verb: str) -> tuple[str, ...]:
    was = effect.before
    there = was.holds if verb == "handed_over" else (*was.holds, *was.contests, *was.present)
    return (*there, *was.besieges) if verb == "absent" else there


def nobody_to_drive_out(new: NewChange, effects: Sequence[Effect], names: Naming) -> Warning | None:
    """“repelled” needs somebody who contests the place, “relieved” somebody who besieges it."""
    if new.verb not in ("repelled", "relieved") or new.ruling != Change.Ruling.ACCEPTED:
        return None
    nobody = []
    for effect in named(new, effects):
        there = effect.before.contests if new.verb == "repelled" else effect.before.besieges
        if new.other_actor is not None:
            there = tuple(who for who in there if who == new.other_actor.slug)
        elif new.verb == "repelled" and new.actor is not None:
            there = tuple(who for who in there if who != new.actor.slug)
        if not there:
            nobody.append(effect.place)
    if not nobody:
        return None
    who = names.actor(new.other_actor) if new.other_actor else _("nobody")
    words = {"who": who, "places": _places(nobody, names)}
    if new.verb == "repelled":
        said = (
            agree(
                _("By this record, %(who)s does not contest %(places)s."),
                _("By this record, %(who)s do not contest %(places)s."),
                who,
            )
            if new.other_actor
            else _("By this record, %(who)s contests %(places)s.")
        )
        return Warning(
            "nobody_to_repel",
            said % words,
            _("Log first who entered, or log an attack that was repelled as “attack”."),
        )
    said = (
        agree(
            _("By this record, %(who)s does not besiege %(places)s."),
            _("By this record, %(who)s do not besiege %(places)s."),
            who,
        )
        if new.other_actor
        else _("By this record, %(who)s besieges %(places)s.")
    )
    return Warning("no_siege", said % words, _("Log first when the siege began, and by whom."))


def no_effect(new: NewChange, effects: Sequence[Effect]) -> Warning | None:
    """“holds” by its holder is no mistake: it confirms what the record says."""
    there = named(new, effects)
    if (
        new.verb in WITHOUT_EFFECT
        or new.ruling == Change.Ruling.REJECTED
        or not there
        or any(effect.changes for effect in effects)
        or confirms(new, effects)
    ):
        return None
    return Warning(
        "no_effect",
        _("It changes no standing: all this is so already, or a later ruling overtakes it."),
        _("Compare the places, the actor and the date with the record."),
    )


def confirms(new: NewChange, effects: Sequence[Effect]) -> bool:
    """It says again who holds the places, and nothing else."""
    if new.actor is None or new.verb not in ("holds", "shares"):
        return False
    others = [new.other_actor.slug] if new.verb == "shares" and new.other_actor else []
    holders = tuple(sorted([new.actor.slug, *others]))
    there = named(new, effects)
    return bool(there) and all(effect.before.holds == holders for effect in there)


def alters_later(new: NewChange, effects: Sequence[Effect], names: Naming) -> Warning | None:
    """With a line for each later Span: what it is now, and what it would be."""
    count = sum(effect.alters_later for effect in effects)
    if not count:
        return None
    short, zone = short_names(new.conflict, names), new.conflict.zone
    lines = [
        in_a_line(altered, names.place(effect.place), short, zone)
        for effect in effects
        for altered in effect.later
    ]
    if count > MOST_LINES:
        more = count - MOST_LINES
        rest = ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more}
        lines = [*lines[:MOST_LINES], rest]
    return Warning(
        "alters_later",
        ngettext(
            "It alters %(count)d later entry of the history, which readers have seen.",
            "It alters %(count)d later entries of the history, which readers have seen.",
            count,
        )
        % {"count": count},
        _("Open the place's history and check that what follows still makes sense."),
        tuple(lines),
    )
