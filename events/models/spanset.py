"""Reading Spans: as known at an instant, in the shape that `chronology` takes. Ledger and replay both read so."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.gis.db import models
from django.db.models import Q

from .actor import Actor

if TYPE_CHECKING:
    from .conflict import Conflict


@dataclass(frozen=True, slots=True)
class ReadSpan:
    """A stored Span in the shape of the fold's; `actor` is what `actor_of` made of the key."""

    actor: Any
    role: str
    valid_from: datetime
    valid_to: datetime | None
    doubt_from: datetime | None
    closing_doubt_from: datetime | None
    key: int
    closed_by: int | None


class SpanSet(models.QuerySet):
    def known(self, at: datetime | None = None) -> "SpanSet":
        """What was said at the instant `at`; None: what is said now."""
        if at is None:
            return self.filter(known__endswith__isnull=True)
        return self.filter(known__contains=at)

    def mattering_at(self, instant: datetime) -> "SpanSet":
        """Spans that decide the standing at `instant`: in force, or possibly begun already."""
        coming = Q(valid__startswith__gt=instant) & (
            Q(doubt_from__lt=instant) | Q(doubt_from__isnull=True)
        )
        return self.filter(Q(valid__contains=instant) | coming)

    def by_place(
        self, actor_of: Callable[[int], Any] = lambda key: key
    ) -> dict[int, list[ReadSpan]]:
        """ReadSpans by the place's key, in one query."""
        found: dict[int, list[ReadSpan]] = defaultdict(list)
        rows = self.order_by().values_list(
            "place_id",
            "actor_id",
            "role",
            "valid",
            "doubt_from",
            "closing_doubt_from",
            "change_id",
            "closed_by_id",
        )
        for place, actor, role, valid, doubt, closing, change, closed_by in rows.iterator(10_000):
            who = None if actor is None else actor_of(actor)
            found[place].append(
                ReadSpan(who, role, valid.lower, valid.upper, doubt, closing, change, closed_by)
            )
        return found


def slug_of(conflict: "Conflict") -> Callable[[int], str]:
    """Actor key -> slug, for `by_place`."""
    return dict(Actor.objects.filter(conflict=conflict).values_list("pk", "slug")).__getitem__
