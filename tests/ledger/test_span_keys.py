"""What a Span names is there: the database looks once for all rows that a statement adds."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from events import ledger
from events.ledger.copying import copy_in
from events.ledger.spans import COLUMNS
from events.models import Actor, Change, Conflict, Span
from tests.golden.world import make_world, new_changes
from tests.ledger.test_publish import WORLD, row

SINCE = DateTimeTZRange(datetime(2015, 1, 1, tzinfo=UTC), None)
NOBODY = 1 << 40


@pytest.fixture
def opening(db: None) -> Change:
    """IS entered the city; of its spans none is of the others."""
    new = new_changes(make_world(WORLD), [row(1, "2014-01-14", "is", "withdrew", "city")])[0]
    new.other_actor = Actor.objects.get(slug="sdf")
    return ledger.publish(new, by=None)


def spans(change: Change, **other: Any) -> list[tuple[Any, ...]]:
    """Two rows, of which the second has something else."""
    good: dict[str, Any] = dict(
        zip(
            COLUMNS,
            (
                change.places.get().pk,
                change.actor_id,
                "present",
                SINCE,
                SINCE,
                None,
                None,
                change.pk,
                None,
            ),
            strict=True,
        )
    )
    return [tuple(good.values()), tuple({**good, "role": "contests", **other}.values())]


@pytest.mark.parametrize(
    "other",
    [
        {"change_id": NOBODY},
        {"closed_by_id": NOBODY},
        {"actor_id": NOBODY},
        {"actor_id": "another"},
    ],
)
def test_a_span_of_what_is_not_there_is_refused_with_all_beside_it(
    opening: Change, other: dict[str, Any]
) -> None:
    if "another" in other.values():
        conflict: Conflict = opening.conflict
        outsiders = Actor.objects.filter(conflict=conflict)
        outsiders = outsiders.exclude(pk__in=[opening.actor_id, opening.other_actor_id])
        other = {"actor_id": outsiders.values_list("pk", flat=True)[0]}
    before = Span.objects.count()
    with pytest.raises(IntegrityError, match="opened and ended by Changes"), transaction.atomic():
        copy_in(Span, COLUMNS, spans(opening, **other))
    assert Span.objects.count() == before


@pytest.mark.parametrize("who", ["actor", "other_actor", "nobody"])
def test_whom_its_change_names_may_stand_in_it(opening: Change, who: str) -> None:
    actor = getattr(opening, f"{who}_id", None)
    rows = spans(opening, actor_id=actor, role="claims", closed_by_id=opening.pk)
    assert copy_in(Span, COLUMNS, rows) == 2
    assert Span.objects.filter(role="claims", actor=actor, closed_by=opening).count() == 1
