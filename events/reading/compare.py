"""Two dates side by side: who gained, who lost, in ranges where dates are uncertain, and by which changes."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from events.chronology.ranges import Tally
from events.ledger import Refused, Unsettled
from events.ledger.asked import Moment, asked_known, last_day, moment
from events.ledger.compared import Compared, changes_between, compare
from events.ledger.published import one_look
from events.models import Conflict, Place
from events.replay import with_details

from .asking import problem_of
from .changes import change_row
from .cited import citations_of
from .ranges import in_a_sentence, range_words
from .typed_date import day_typed
from .words import Names

MOST_CHANGES, MOST_PLACES = 100, 200
USUAL_DAYS = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """As `asking.Asked`, of two moments."""

    then: Moment
    now: Moment
    known: Moment | None
    problem: str = ""
    status: int = 200
    wrong: tuple[str, ...] = ()


def asked(request: HttpRequest, conflict: Conflict) -> Asked:
    """The last 30 days of the conflict where nothing is asked, or nothing that can be."""
    usual = _usual(conflict)
    try:
        until, begin = request.GET.get("to"), request.GET.get("from")
        now = usual[1]
        if until:
            now = moment(conflict, day_typed(conflict, until, "to", last=True), "to")
        then = (
            moment(conflict, day_typed(conflict, begin, "from"), "from")
            if begin
            else _days_before(conflict, now)
        )
        known = asked_known(conflict, request.GET.get("known"), "known")
    except Refused as refused:
        return Asked(*usual, None, problem_of(refused), 400, tuple(refused.errors))
    except Unsettled as unsettled:
        return Asked(*usual, None, str(unsettled), 503)
    if now.instant <= then.instant:
        return Asked(*usual, known, _("to: “To” must come after “from”."), 400, ("to",))
    return Asked(then, now, known)


def _usual(conflict: Conflict) -> tuple[Moment, Moment]:
    now = last_day(conflict)
    return _days_before(conflict, now), now


def _days_before(conflict: Conflict, now: Moment) -> Moment:
    day = date.fromisoformat(now.text[:10])
    try:
        day -= timedelta(days=USUAL_DAYS)
    except OverflowError as error:
        raise Refused(
            {"to": [_("“%(text)s” is outside the record.") % {"text": now.text}]}
        ) from error
    return moment(conflict, day.isoformat(), "from")


def compare_page(request: HttpRequest, conflict: str) -> HttpResponse:
    found = get_object_or_404(Conflict, slug=conflict)
    question = asked(request, found)
    known_at = question.known.instant if question.known else None
    then, now = question.then.instant, question.now.instant
    with one_look():
        names = Names(found, known_at=known_at)
        compared = compare(found, then, now, known_at=known_at)
        between = changes_between(found, then, now, known_at)
        changes = list(with_details(between)[: MOST_CHANGES + 1])
        cited = citations_of(changes, names)
        context = {
            "conflict": found,
            "asked": question,
            "problem": question.problem,
            "actors": _by_actor(compared, names),
            "moved": [
                {
                    "place": moved.place,
                    "name": names.place(moved.place),
                    "then": names.standing(moved.then),
                    "now": names.standing(moved.now),
                }
                for moved in compared.moved[:MOST_PLACES]
            ],
            "more_places": max(len(compared.moved) - MOST_PLACES, 0),
            "changes": [
                {**change_row(change, names), "citations": cited[change.pk]}
                for change in changes[:MOST_CHANGES]
            ],
            "more_changes": len(changes) > MOST_CHANGES,
        }
    return render(request, "reading/compare.html", context, status=question.status)


ORDER = [str(kind) for kind in Place.Kind.values]


def _by_actor(compared: Compared, names: Names) -> list[dict[str, Any]]:
    """Who moved most first; those of whom nothing changed come last, with what they hold."""
    rows: dict[str, list[tuple[str, Tally]]] = {}
    for (slug, kind), tally in compared.tallies.items():
        rows.setdefault(slug, []).append((kind, tally))
    found: list[dict[str, Any]] = []
    for slug, by_kind in rows.items():
        by_kind.sort(key=lambda row: ORDER.index(row[0]))
        found.append(
            {
                "actor": names.actors[slug],
                "who": names.short[slug],
                "sentence": in_a_sentence(names.short[slug], by_kind),
                "moves": sum(tally.gained[1] + tally.lost[1] for _kind, tally in by_kind),
                "kinds": [
                    {
                        "kind": Place.Kind(kind).label,
                        "then": range_words(tally.held_then),
                        "now": range_words(tally.held_now),
                        "gained": range_words(tally.gained) if tally.gained[1] else "",
                        "lost": range_words(tally.lost) if tally.lost[1] else "",
                    }
                    for kind, tally in by_kind
                ],
            }
        )
    found.sort(key=lambda row: (-row["moves"], row["who"]))
    return found
