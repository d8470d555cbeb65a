"""Pages of Changes by cursor: what is published meanwhile moves nothing that was seen already."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from events.models import Change

from .new import Refused

# By when it became so, and by when it was published: the first is an instant, the others are integers.
BY_DATE = ("latest", "day_order", "pk")
BY_PUBLICATION = ("recorded_at", "pk")
LARGEST = {"day_order": 1 << 15, "pk": 1 << 62}


@dataclass(frozen=True, slots=True)
class Page:
    """`next`: the cursor of the page after, None on the last."""

    changes: list[Change]
    next: str | None


def newest_first(
    changes: QuerySet[Change], cursor: str | None, size: int, by: Sequence[str] = BY_DATE
) -> Page:
    """One page of `changes`. Raises Refused where the cursor is not one that a page in this order gave."""
    ordered = changes.order_by(*(f"-{name}" for name in by))
    if cursor:
        ordered = ordered.filter(_after(by, _read(cursor, by)))
    found = list(ordered[: size + 1])
    page = found[:size]
    return Page(page, _write(page[-1], by) if len(found) > size else None)


def _after(by: Sequence[str], place: Sequence[Any]) -> Q:
    after = Q()
    for at, name in enumerate(by):
        after |= Q(**dict(zip(by[:at], place, strict=False)), **{f"{name}__lt": place[at]})
    return after


def _write(last: Change, by: Sequence[str]) -> str:
    place = [getattr(last, by[0]).isoformat(), *(getattr(last, name) for name in by[1:])]
    return urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def _read(cursor: str, by: Sequence[str]) -> tuple[datetime, *tuple[int, ...]]:
    try:
        text = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        instant, *numbers = json.loads(text)
        at = datetime.fromisoformat(instant)
        if at.tzinfo is None or len(numbers) != len(by) - 1:
            raise ValueError(cursor)
        for name, number in zip(by[1:], numbers, strict=True):
            if type(number) is not int or abs(number) >= LARGEST[name]:
                raise ValueError(cursor)
    except (ValueError, TypeError, RecursionError) as error:
        why = _("“%(cursor)s” is not a cursor that a page gave.") % {"cursor": cursor[:80]}
        raise Refused({"cursor": [why]}) from error
    return at, *numbers
