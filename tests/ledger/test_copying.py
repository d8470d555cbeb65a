"""COPY is a way in for any text, and a way round nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from events import ledger
from events.ledger.copying import ahead, cell, copy_in
from events.models import Change, ChangePlace, Conflict
from tests.golden.world import make_world, new_changes
from tests.ledger.test_publish import WORLD, row

AWKWARD = 'a\tb\nc\r\\N \\. "d", الرقة 🜂 \\'


@pytest.fixture
def conflict(db: None) -> Conflict:
    return make_world(WORLD)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "\\N"),
        ("\\N", "\\\\N"),
        ("a\tb\nc\rd", "a\\tb\\nc\\rd"),
        (True, "t"),
        (-7, "-7"),
        (Change.Kind.STATEMENT, "statement"),
        ([{"code": 'x"\n'}], '[{"code": "x\\\\"\\\\n"}]'),
        (datetime(2017, 6, 30, 12, tzinfo=UTC), "2017-06-30T12:00:00+00:00"),
    ],
)
def test_each_kind_of_value_has_its_text(value: Any, written: str) -> None:
    assert cell(value) == written


def test_what_it_does_not_know_is_not_guessed() -> None:
    with pytest.raises(TypeError, match="timedelta"):
        cell(timedelta(1))


def test_any_text_comes_back_as_it_went_in(conflict: Conflict) -> None:
    (new,) = new_changes(conflict, [row(1, "2014-01-14", "is", "holds", "city")])
    new.headline, new.note, new.overrides = AWKWARD, AWKWARD * 9_000, [{"reason": AWKWARD}]
    published = ledger.publish(new, by=None)
    stored = Change.objects.get(pk=published.pk)
    assert (stored.headline, stored.note) == (AWKWARD, AWKWARD * 9_000)
    assert stored.overrides == [{"reason": AWKWARD}]
    for field in Change._meta.concrete_fields:
        assert getattr(published, field.attname) == getattr(stored, field.attname), field.name


def test_of_many_rows_each_has_its_own(conflict: Conflict) -> None:
    rows = [row(number, "2014-01-14", "is", "holds", "city") for number in range(1, 5)]
    news = new_changes(conflict, rows)
    for new, text, count, actor in zip(
        news,
        ("plain", AWKWARD, "", "\\N"),
        (None, 3, 3, None),
        (True, True, False, True),
        strict=True,
    ):
        new.headline, new.note, new.place_count = text, text[::-1], count
        if not actor:
            new.actor, new.verb = None, "unclear"
    for published in ledger.publish_many(news, conflict=conflict, by=None):
        stored = Change.objects.get(pk=published.pk)
        for field in Change._meta.concrete_fields:
            assert getattr(published, field.attname) == getattr(stored, field.attname), field.name


def test_constraints_hold_and_speak_as_for_any_statement(conflict: Conflict) -> None:
    (new,) = new_changes(conflict, [row(1, "2014-01-14", "is", "holds", "city")])
    change = ledger.publish(new, by=None)
    place = change.places.get()
    with pytest.raises(IntegrityError, match="change_names_a_place_once"), transaction.atomic():
        copy_in(ChangePlace, ["change_id", "place_id", "ordinal"], [(change.pk, place.pk, 1)])
    with pytest.raises(IntegrityError, match="foreign key"), transaction.atomic():
        copy_in(ChangePlace, ["change_id", "place_id", "ordinal"], [(change.pk, 1 << 40, 1)])
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_no_rows_are_no_statement(conflict: Conflict, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert copy_in(ChangePlace, ["change_id", "place_id", "ordinal"], []) == 0


def named(change: Change, place_id: int, ordinal: int) -> list[tuple[int, int, int]]:
    return [(change.pk, place_id, ordinal)]


COLUMNS = ("change_id", "place_id", "ordinal")


def test_what_is_sent_ahead_is_there_for_the_next_statement(conflict: Conflict) -> None:
    (new,) = new_changes(conflict, [row(1, "2014-01-14", "is", "holds", "city")])
    change = ledger.publish(new, by=None)
    others = list(conflict.places.exclude(slug="city").order_by("pk"))
    with ahead() as send:
        for ordinal, place in enumerate(others, 1):
            assert copy_in(ChangePlace, COLUMNS, named(change, place.pk, ordinal), send) == 1
        assert ChangePlace.objects.filter(change=change).count() == 1 + len(others)
    assert list(change.named_places.values_list("ordinal", flat=True)) == [*range(1 + len(others))]


def test_what_fails_ahead_is_raised_as_the_error_that_it_is(conflict: Conflict) -> None:
    (new,) = new_changes(conflict, [row(1, "2014-01-14", "is", "holds", "city")])
    change = ledger.publish(new, by=None)
    twice = named(change, change.places.get().pk, 1)
    for ask in (True, False):
        with (
            pytest.raises(IntegrityError, match="change_names_a_place_once"),
            transaction.atomic(),
            ahead() as send,
        ):
            copy_in(ChangePlace, COLUMNS, twice, send)
            if ask:
                ChangePlace.objects.count()
    assert ChangePlace.objects.filter(change=change).count() == 1
