"""correct() and retract(): in the open, and the past of the known axis stays as it was."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from events import ledger
from events.models import Change, Conflict, Membership, ReplayDue
from tests.factories import UserFactory
from tests.golden.world import make_world, new_changes
from tests.ledger.test_publish import WORLD, holders, row, say


@pytest.fixture
def conflict(db: None) -> Conflict:
    return make_world(WORLD)


def new(conflict: Conflict, *args: Any, **more: Any) -> ledger.NewChange:
    return new_changes(conflict, [row(*args, **more)])[0]


def later(conflict: Conflict) -> ledger.NewChange:
    return new(conflict, 9, "2017-06-16", "sdf", "captured", "east")


def test_a_correction_takes_the_place_of_what_it_corrects_and_the_old_map_stays(
    conflict: Conflict,
) -> None:
    say(conflict, row(1, "2014-01-14", "is", "holds", "east"))
    (captured,) = say(conflict, row(2, "2017-06-15", "sdf", "captured", "east"))
    told = captured.recorded_at
    later = new(conflict, 3, "2017-06-20", "sdf", "captured", "east")
    corrected = ledger.correct(captured, later, reason="the agency gave the 20th", by=None)
    assert corrected.kind == Change.Kind.CORRECTION
    assert corrected.supersedes == captured
    assert holders(conflict, "east", "2017-06-17") == ("held", ("is",))
    assert holders(conflict, "east", "2017-06-20") == ("held", ("sdf",))
    assert holders(conflict, "east", "2017-06-17", told) == ("held", ("sdf",))
    before = corrected.recorded_at - timedelta(microseconds=1)
    assert holders(conflict, "east", "2017-06-17", before) == ("held", ("sdf",))
    assert ledger.check(conflict) == []


def test_a_date_that_a_correction_says_again_means_what_it_meant(conflict: Conflict) -> None:
    """An open end has happened by the first publication, whatever else of it was wrong."""
    (wrong,) = say(conflict, row(1, "2017-06-15/..", "is", "captured", "east"))
    again = new(conflict, 2, "2017-06-15/..", "sdf", "captured", "east")
    corrected = ledger.correct(wrong, again, reason="it was the SDF", by=None)
    assert (corrected.earliest, corrected.latest) == (wrong.earliest, wrong.recorded_at)
    other = new(conflict, 3, "2017-06-16/..", "sdf", "captured", "east")
    anew = ledger.correct(corrected, other, reason="a day later", by=None)
    assert anew.latest == anew.recorded_at
    assert ledger.check(conflict) == []


def test_a_correction_that_moves_the_change_to_another_place_mends_both(conflict: Conflict) -> None:
    say(conflict, row(1, "2014-01-14", "is", "holds", "city"))
    (wrong,) = say(conflict, row(2, "2017-06-15", "sdf", "captured", "east"))
    ledger.correct(
        wrong,
        new(conflict, 3, "2017-06-15", "sdf", "captured", "west"),
        reason="it was west",
        by=None,
    )
    assert holders(conflict, "east", "2017-06-15") == ("held", ("is",))
    assert holders(conflict, "west", "2017-06-15") == ("held", ("sdf",))
    assert ledger.check(conflict) == []


def test_a_retracted_change_has_no_effect_from_then_on(conflict: Conflict) -> None:
    say(conflict, row(1, "2014-01-14", "is", "holds", "city"))
    (wrong,) = say(conflict, row(2, "2017-06-15", "sdf", "captured", "province"))
    gone = ledger.retract(wrong, reason="the agency withdrew its report", by=None)
    assert gone.kind == Change.Kind.RETRACTION
    assert (gone.actor, gone.verb, gone.date) == (wrong.actor, wrong.verb, wrong.date)
    assert holders(conflict, "village", "2017-06-16") == ("no_data", ())
    assert holders(conflict, "west", "2017-06-16") == ("held", ("is",))
    assert holders(conflict, "village", "2017-06-16", wrong.recorded_at) == ("held", ("sdf",))
    assert ledger.check(conflict) == []


def test_a_correction_keeps_its_rank_among_the_changes_of_its_day(conflict: Conflict) -> None:
    first, _second = say(
        conflict,
        row(1, "2017-06-15", "sdf", "captured", "east"),
        row(2, "2017-06-15", "is", "captured", "east"),
    )
    again = new(conflict, 3, "2017-06-15", "sdf", "captured", "east")
    corrected = ledger.correct(first, again, reason="a name was misspelt", by=None)
    assert holders(conflict, "east", "2017-06-15") == ("held", ("is",))
    twice = new(conflict, 4, "2017-06-15", "sdf", "captured", "east")
    ledger.correct(corrected, twice, reason="and again", by=None)
    assert holders(conflict, "east", "2017-06-15") == ("held", ("is",))


def test_what_is_superseded_can_be_neither_corrected_nor_retracted_again(
    conflict: Conflict,
) -> None:
    (change,) = say(conflict, row(1, "2017-06-15", "sdf", "captured", "east"))
    again = new(conflict, 2, "2017-06-16", "sdf", "captured", "east")
    second = ledger.correct(change, again, reason="a day later", by=None)
    count = Change.objects.count()
    for attempt in (
        lambda: ledger.correct(change, later(conflict), reason="x", by=None),
        lambda: ledger.retract(change, reason="x", by=None),
    ):
        with pytest.raises(ledger.Refused) as refused:
            attempt()
        assert second.public_id in refused.value.errors["change"][0]
    gone = ledger.retract(second, reason="it never was", by=None)
    with pytest.raises(ledger.Refused) as refused:
        ledger.retract(gone, reason="x", by=None)
    assert "retraction" in refused.value.errors["change"][0]
    assert Change.objects.count() == count + 1


@pytest.mark.parametrize("reason", ["", "   \n"])
def test_readers_are_owed_a_reason(conflict: Conflict, reason: str) -> None:
    (change,) = say(conflict, row(1, "2017-06-15", "sdf", "captured", "east"))
    for attempt in (
        lambda: ledger.retract(change, reason=reason, by=None),
        lambda: ledger.correct(
            change,
            new(conflict, 2, "2017-06-16", "sdf", "captured", "east"),
            reason=reason,
            by=None,
        ),
    ):
        with pytest.raises(ledger.Refused) as refused:
            attempt()
        assert "reason" in refused.value.errors
    assert Change.objects.count() == 1


def test_a_correction_of_another_conflicts_change_is_refused(conflict: Conflict) -> None:
    (change,) = say(conflict, row(1, "2017-06-15", "sdf", "captured", "east"))
    other = make_world(WORLD, "other")
    with pytest.raises(ledger.Refused) as refused:
        ledger.correct(
            change, new(other, 2, "2017-06-16", "sdf", "captured", "east"), reason="x", by=None
        )
    assert "change" in refused.value.errors


def test_the_same_key_corrects_and_retracts_once(conflict: Conflict) -> None:
    (change,) = say(conflict, row(1, "2017-06-15", "sdf", "captured", "east"))
    again = new(conflict, 2, "2017-06-16", "sdf", "captured", "east")
    again.idempotency_key = "k1"
    one = ledger.correct(change, again, reason="a day later", by=None)
    assert ledger.correct(change, again, reason="a day later", by=None) == one
    gone = ledger.retract(one, reason="never", by=None, idempotency_key="k2")
    assert ledger.retract(one, reason="never", by=None, idempotency_key="k2") == gone
    assert Change.objects.count() == 3


def test_a_reporter_may_neither_correct_nor_retract(conflict: Conflict) -> None:
    (change,) = say(conflict, row(1, "2017-06-15", "sdf", "captured", "east"))
    person = UserFactory()
    Membership.objects.create(user=person, conflict=conflict, role=Membership.Role.REPORTER)
    for attempt in (
        lambda: ledger.retract(change, reason="x", by=person),
        lambda: ledger.correct(change, later(conflict), reason="x", by=person),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert Change.objects.count() == 1


def test_the_preview_of_a_correction_is_what_it_does(conflict: Conflict) -> None:
    say(conflict, row(1, "2014-01-14", "is", "holds", "city"))
    (wrong,) = say(conflict, row(2, "2017-06-15", "sdf", "captured", "east"))
    (effect,) = ledger.preview(ledger.retraction_of(wrong, "x"))
    assert (effect.before.holds, effect.after.holds) == (("sdf",), ("is",))


def test_every_publication_leaves_what_the_build_must_contain(conflict: Conflict) -> None:
    (change,) = say(conflict, row(1, "2017-06-15", "sdf", "captured", "east"))
    ledger.retract(change, reason="x", by=None)
    due = ReplayDue.objects.filter(conflict=conflict).values_list("known_at", flat=True)
    assert sorted(due) == sorted(Change.objects.values_list("recorded_at", flat=True))
