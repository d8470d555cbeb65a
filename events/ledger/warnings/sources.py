"""Who says so: sources that are partisan to the one who gains, and sources that deny it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from typing import TypeVar

from django.db import connection
from django.utils.translation import gettext as _

from events.chronology.dates import DateError, parse
from events.chronology.standing import Standing
from events.models import Change, Citation, Coalition, Conflict, Report, Source

from ..naming import Naming, short_names
from ..new import NewChange, has_effect
from ..preview import Effect
from ..words import listed
from .history import confirms
from .warning import Warning

# Of whom a claim without effect on any standing (“17 villages”) speaks well.
GAINS_BY_WORD = frozenset(
    {"captured", "retook", "holds", "shares", "entered", "besieged", "present", "repelled"}
) | {"relieved"}
# The weight of the least role: each greater one outweighs all below it.
PRESENT = 1
WEIGHTS = {
    role: PRESENT << at for at, role in enumerate(("present", "besieges", "contests", "holds"))
}
Who = TypeVar("Who")
GIVES_TO_OTHER = frozenset({"withdrew", "handed_over", "absent"})
ORIGINS = """
    WITH RECURSIVE chain(first, id, source_id, relays_id, depth) AS (
        SELECT id, id, source_id, relays_id, 0 FROM events_report WHERE id = ANY(%s)
        UNION ALL
        SELECT chain.first, told.id, told.source_id, told.relays_id, chain.depth + 1
        FROM chain JOIN events_report AS told ON told.id = chain.relays_id
        WHERE chain.depth < 50
    )
    SELECT first, source_id FROM chain WHERE relays_id IS NULL
"""


def partisan(new: NewChange, effects: Sequence[Effect], names: Naming) -> Warning | None:
    """A partisan source counts only against its own side: of its own loss it is heard alone, of its gain not.

    What counts is who gains by the effect, not who is named first. A relayed report counts by its origin. A
    leaning is to the coalition that the actor belongs to at the date, and to those that belong to it, too.
    """
    if new.ruling != Change.Ruling.ACCEPTED:
        return None
    gaining = gainers(new, effects)
    saying = [cited for cited in new.citations if cited.stance != Citation.Stance.DENIES]
    if not gaining or not saying:
        return None
    origins = origin_sources(cited.report for cited in saying)
    leanings = {
        source.pk: {actor.slug for actor in source.leanings.all()}
        for source in Source.objects.filter(pk__in=origins).prefetch_related("leanings")
    }
    instant = effects[0].instant if effects else None
    side = sides(new, gaining, instant)
    own = [who for who in gaining if all(leanings[source] & side[who] for source in origins)]
    if not own:
        return None
    named = Source.objects.filter(pk__in=origins).order_by("name").values_list("name", flat=True)
    words = {"sources": listed(named, {}), "actor": listed(own, short_names(new.conflict, names))}
    return Warning(
        "partisan",
        (
            _("Only %(sources)s says so, and is partisan to %(actor)s, whose gain it is.")
            if len(origins) == 1
            else _("Only %(sources)s say so, and are partisan to %(actor)s, whose gain it is.")
        )
        % words,
        _("Add an independent source, or set the ruling to “open” until there is one."),
    )


def gainers(new: NewChange, effects: Sequence[Effect]) -> list[str]:
    """Slugs of those who gain: a role more, or a rival less where they stay. In order of slugs.

    Where no standing changes: the holder who is confirmed, or whom the words of an effectless claim favour.
    """
    found: set[str] = set()
    for effect in effects:
        actor = new.actor.slug if new.actor else None
        found |= gain(_weights(effect.before), _weights(effect.after), actor)
    if not found and new.actor is not None:
        effectless = not any(has_effect(place.kind, new.place_count) for place in new.places)
        if confirms(new, effects) and effects:
            found.update(effects[0].before.holds)
        elif effectless and new.verb in GAINS_BY_WORD:
            found.add(new.actor.slug)
        elif effectless and new.verb in GIVES_TO_OTHER and new.other_actor:
            found.add(new.other_actor.slug)
    return sorted(found)


def gain(was: dict[Who, int], now: dict[Who, int], actor: Who | None) -> set[Who]:
    """Who gains where these were and are the weights of all who have a role, and `actor` did it."""
    more = {who for who in now if now[who] > was.get(who, 0)}
    less = {who for who in was if was[who] > now.get(who, 0)}
    if less and not more:
        # nobody came: it is good news for those who stay
        more = {who for who in now if now[who] > PRESENT}
        more = (more | ({actor} if actor is not None else set())) - less
    return more


def _weights(standing: Standing) -> dict[str, int]:
    return weighed(
        (who, role)
        for role, actors in (
            ("present", standing.present),
            ("besieges", standing.besieges),
            ("contests", standing.contests),
            ("holds", standing.holds),
        )
        for who in actors
    )


def weighed(pairs: Iterable[tuple[Who, str]]) -> dict[Who, int]:
    """(actor, role): what each actor's roles weigh together. Markers weigh nothing."""
    found: dict[Who, int] = {}
    for who, role in pairs:
        if role in WEIGHTS:
            found[who] = found.get(who, 0) + WEIGHTS[role]
    return found


def origin_sources(reports: Iterable[Report]) -> list[int]:
    """Keys of the sources at the end of each chain of relays; one query, however long the chains are."""
    found, stored = set(), []
    for report in reports:
        # A report of a draft is not saved yet, and what it relays may not be either.
        while not report.pk and report.relays is not None:
            report = report.relays
        if report.pk:
            stored.append(report.pk)
        else:
            found.add(report.source_id)
    if stored:
        with connection.cursor() as cursor:
            cursor.execute(ORIGINS, [stored])
            found |= {source for _first, source in cursor.fetchall()}
    return sorted(found)


def sides(new: NewChange, actors: Iterable[str], at: datetime | None) -> dict[str, set[str]]:
    """Each actor with the coalitions it is in at the instant, and its members then: all the way up, and down."""
    coalitions = Coalitions(new.conflict)
    return {who: coalitions.side(who, at) for who in actors}


class Coalitions:
    """Who was in which, read once. Actors are slugs."""

    def __init__(self, conflict: Conflict) -> None:
        rows = Coalition.objects.filter(coalition__conflict=conflict).values_list(
            "member__slug", "coalition__slug", "since", "until"
        )
        self.rows = [
            (member, coalition, *_years(since, until, conflict.zone))
            for member, coalition, since, until in rows
        ]

    def side(self, who: str, at: datetime | None) -> set[str]:
        above: dict[str, set[str]] = {}
        below: dict[str, set[str]] = {}
        for member, coalition, begins, ends in self.rows:
            # A change is done at the close of its day: who joined that day was in.
            if at is None or ((begins is None or begins < at) and (ends is None or at <= ends)):
                above.setdefault(member, set()).add(coalition)
                below.setdefault(coalition, set()).add(member)
        return _reached(who, above) | _reached(who, below)


def _years(since: str, until: str, zone: tzinfo) -> tuple[datetime | None, datetime | None]:
    """An unreadable date of an older import bounds nothing."""
    try:
        return (
            parse(since, zone).earliest if since else None,
            parse(until, zone).latest if until else None,
        )
    except DateError:
        return None, None


def _reached(start: str, edges: dict[str, set[str]]) -> set[str]:
    found, todo = {start}, [start]
    while todo:
        fresh = edges.get(todo.pop(), set()) - found
        found |= fresh
        todo += fresh
    return found


def denied(new: NewChange) -> Warning | None:
    """Where sources disagree the desk rules, and says why: then it is no oversight."""
    if new.ruling != Change.Ruling.ACCEPTED or new.ruling_reason.strip():
        return None
    names = {c.report.source.name for c in new.citations if c.stance == Citation.Stance.DENIES}
    if not names:
        return None
    return Warning(
        "denied",
        (
            _("%(sources)s denies it, and it is accepted without a reason.")
            if len(names) == 1
            else _("%(sources)s deny it, and it is accepted without a reason.")
        )
        % {"sources": listed(sorted(names), {})},
        _("Give the reason for the ruling, or set the ruling to “open” or “rejected”."),
    )
