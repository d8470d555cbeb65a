"""Which proposals say what a published Change or another draft says already; two queries for all of them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from events.ledger import Refused
from events.ledger.new import bounds
from events.ledger.published import public_changes
from events.ledger.warnings.twice import family, overlap
from events.models import Conflict, Draft

from ..about import WAITING
from ..assemble import Assembled

MOST_ROWS, MOST = 5000, 3
Dates = tuple[datetime | None, datetime]


@dataclass(slots=True)
class Logged:
    """Public ids of Changes, and keys of drafts, newest first; a few of each."""

    changes: list[str] = field(default_factory=list)
    drafts: list[int] = field(default_factory=list)


def logged(conflict: Conflict, made: Mapping[int, Assembled]) -> dict[int, Logged]:
    """By the number of the proposal, as `ledger.warnings.twice` and `about.same_fall` see it: same actor, kind of
    verb and place, overlapping dates.
    """
    asked = {number: said for number, one in made.items() if (said := _said(one))}
    places = {pk for _actor, _verbs, those, _dates in asked.values() for pk in those}
    actors = {actor for actor, *_rest in asked.values()}
    found: dict[int, Logged] = defaultdict(Logged)
    if not asked:
        return found
    now = timezone.now()
    changes = public_changes(conflict).filter(places__in=places, actor__in=actors)
    columns = ("public_id", "places", "actor", "verb", "earliest", "latest")
    rows = list(changes.order_by("-recorded_at").values_list(*columns)[:MOST_ROWS])
    drafts = Draft.objects.filter(
        conflict=conflict,
        status__in=WAITING,
        about_places__overlap=sorted(places),
        about_actor__in=actors,
    ).order_by("-updated_at")
    others = list(
        drafts.values_list(
            "pk", "about_places", "about_actor", "about_family", "about_from", "about_until"
        )[:MOST_ROWS]
    )
    for number, (actor, verbs, those, dates) in asked.items():
        already = found[number]
        for public_id, place, who, verb, earliest, latest in rows:
            same = who == actor and place in those and verb in verbs
            if same and public_id not in already.changes and overlap(dates, (earliest, latest)):
                already.changes.append(public_id)
        for pk, there, who, kind, start, end in others:
            same = who == actor and not those.isdisjoint(there) and kind == min(verbs)
            if same and overlap(dates, (start, end or now)):
                already.drafts.append(pk)
        already.changes, already.drafts = already.changes[:MOST], already.drafts[:MOST]
    return found


def _said(made: Assembled) -> tuple[int, frozenset[str], set[int], Dates] | None:
    """(actor, verbs of its kind, places, dates), where all of it is known."""
    new = made.new
    if new.actor is None or not new.places or not new.verb:
        return None
    try:
        _date, earliest, latest = bounds(new, timezone.now())
    except Refused:
        return None
    return new.actor.pk, family(new.verb), {place.pk for place in new.places}, (earliest, latest)
