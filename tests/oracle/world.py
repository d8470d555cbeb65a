"""The made world in the database: its rows, what is said as the ledger takes it, and its Spans by name."""

from datetime import date, datetime
from itertools import count

from django.db import connection

from events import ledger
from events.models import Actor, Change, Conflict, Place, Report
from tests.factories import ReportFactory
from tests.golden.world import make_world

from .compare import Seen
from .made import ACTORS, PLACES, Saying

numbers = count()

SPANS = """
    SELECT p.slug, a.slug, s.role, lower(s.valid), upper(s.valid), s.doubt_from, s.closing_doubt_from, c.public_id,
           lower(s.known), upper(s.known),
           lower_inc(s.valid) AND lower_inc(s.known) AND NOT upper_inc(s.valid) AND NOT upper_inc(s.known)
    FROM events_span s JOIN events_place p ON p.id = s.place_id JOIN events_change c ON c.id = s.change_id
    LEFT JOIN events_actor a ON a.id = s.actor_id
    WHERE p.conflict_id = %s ORDER BY s.id
"""


class World:
    """A conflict of its own, committed: nothing of it is ever taken back."""

    def __init__(self) -> None:
        golden = {
            "timezone": "Asia/Damascus",
            "start": date(2010, 1, 1).isoformat(),
            "actors": ACTORS,
            "places": [
                {"slug": slug, "kind": kind, "parent": parent}
                for slug, (kind, parent) in PLACES.items()
            ],
        }
        self.conflict: Conflict = make_world(golden, f"made-{next(numbers)}")
        self.actors = {a.slug: a for a in Actor.objects.filter(conflict=self.conflict)}
        self.places = {p.slug: p for p in Place.objects.filter(conflict=self.conflict)}
        self.report: Report = ReportFactory()

    def new(self, saying: Saying, key: str | None = None) -> ledger.NewChange:
        return ledger.NewChange(
            conflict=self.conflict,
            actor=self.actors[saying.actor] if saying.actor else None,
            verb=saying.verb,
            places=[self.places[slug] for slug in saying.places],
            date=saying.dated.text,
            other_actor=self.actors[saying.other] if saying.other else None,
            place_count=saying.place_count,
            ruling=saying.ruling,
            day_order=saying.day_order,
            citations=[ledger.NewCitation(self.report)],
            idempotency_key=key,
        )

    def change(self, name: str) -> Change:
        return Change.objects.get(conflict=self.conflict, public_id=name)

    def spans(self) -> list[tuple[str, Seen, datetime, datetime | None]]:
        """(place, Span, known from, known to) of every Span ever stored, by plain SQL."""
        with connection.cursor() as cursor:
            cursor.execute(SPANS, [self.conflict.pk])
            rows = cursor.fetchall()
        assert all(row[-1] for row in rows), "a range is not [from, to)"
        return [(row[0], Seen(*row[1:8]), row[8], row[9]) for row in rows]

    def known(self, at: datetime) -> dict[str, list[Seen]]:
        """Each place's Spans as known at `at`."""
        found: dict[str, list[Seen]] = {slug: [] for slug in PLACES}
        for place, seen, known_from, known_to in self.spans():
            if known_from <= at and (known_to is None or at < known_to):
                found[place].append(seen)
        return found
