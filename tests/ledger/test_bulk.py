"""Bulk: what many Changes give in one go is what they give one by one, or nothing."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from events import ledger
from events.ledger import bulk, folding
from events.models import Change, Citation, Conflict, Membership, Span
from tests.golden.world import NAMES, make_world, new_changes, published, timeline
from tests.ledger.test_publish import WORLD, row

ROWS = [
    row(1, "2014-01-14", "is", "holds", "province"),
    row(2, "2017-06-06", "sdf", "entered", "city"),
    row(3, "2017-06-15/2017-06-17", "sdf", "captured", "east"),
    row(4, "2017-06-30", "is", "absent", "province"),
]


def in_one_go(conflict: Conflict, rows: list[dict[str, Any]]) -> int:
    news = new_changes(conflict, rows)
    made = ledger.Bulk(conflict, by=None)
    for new in news:
        made.expect([place.pk for place in new.places], new.verb)
    return made.publish(iter(news), len(news))


def facts(conflict: Conflict) -> set[tuple[Any, ...]]:
    rows = Span.objects.filter(place__conflict=conflict).known()
    return set(
        rows.values_list(
            *("place__slug", "actor__slug", "role", "valid", "doubt_from", "closing_doubt_from"),
            *("change__public_id", "closed_by__public_id"),
        )
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_golden_timeline_in_one_go_is_what_it_is_one_by_one(db: None, name: str) -> None:
    golden = timeline(name)
    one_by_one, at_once = published(golden), make_world(golden, "at-once")
    assert in_one_go(at_once, golden["changes"]) == len(golden["changes"])
    assert facts(at_once) == facts(one_by_one) != set()
    assert ledger.check(at_once) == []


def test_small_batches_give_the_same(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, parts = make_world(WORLD, "whole"), make_world(WORLD, "parts")
    in_one_go(whole, ROWS)
    monkeypatch.setattr(bulk, "BATCH", 1)
    monkeypatch.setattr(bulk, "WORTH_ANALYZING", 1)
    monkeypatch.setattr(folding, "READ", 3)
    monkeypatch.setattr(folding, "BATCH", 2)
    in_one_go(parts, ROWS)
    assert facts(parts) == facts(whole)
    order = Change.objects.filter(conflict=parts).order_by("pk").values_list("public_id", flat=True)
    assert list(order) == ["t1", "t2", "t3", "t4"]
    assert ledger.check(parts) == []


def test_all_of_it_is_known_from_one_instant(db: None) -> None:
    conflict = make_world(WORLD)
    in_one_go(conflict, ROWS)
    (at,) = set(Change.objects.values_list("recorded_at", flat=True))
    assert {span.known.lower for span in Span.objects.all()} == {at}


def test_what_was_not_expected_is_refused_and_nothing_stays(db: None) -> None:
    conflict = make_world(WORLD)
    news = new_changes(conflict, ROWS)
    made = ledger.Bulk(conflict, by=None)
    made.expect([place.pk for place in news[2].places], news[2].verb)
    with pytest.raises(ledger.Refused, match="altered while it was read"):
        made.publish(iter(news), 1)
    assert not Change.objects.exists()
    assert not Span.objects.exists()
    assert not Citation.objects.exists()


def test_a_reporter_may_not(db: None, django_user_model: Any) -> None:
    conflict = make_world(WORLD)
    reporter = django_user_model.objects.create_user("rita")
    Membership.objects.create(user=reporter, conflict=conflict, role="reporter")
    with pytest.raises(PermissionDenied):
        ledger.Bulk(conflict, by=reporter)


def test_progress_tells_of_changes_and_of_places(db: None) -> None:
    conflict = make_world(WORLD)
    told: list[tuple[Any, ...]] = []
    news = new_changes(conflict, ROWS)
    made = ledger.Bulk(conflict, by=None)
    for new in news:
        made.expect([place.pk for place in new.places], new.verb)
    made.publish(iter(news), 4, lambda *said: told.append(said))
    assert told == [(4, 4, "changes"), (5, 5)]
