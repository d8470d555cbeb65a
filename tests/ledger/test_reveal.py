"""A place made at the desk is public from the Change on that names it, in the same transaction, and not before."""

from typing import Any

import pytest

from events import ledger
from events.gazetteer import Wanted, make_place
from events.ledger import Refused
from events.models import Change, Conflict, Place, Report, Span
from tests.editing.conftest import editor as editor
from tests.editing.conftest import war as war
from tests.war import say


@pytest.fixture
def spot(war: Conflict, editor: Any) -> Place:
    wanted = Wanted("Tell Foo", "town", "", "35", "39", parent="The province")
    return make_place(war, wanted, by=editor)


def naming(war: Conflict, place: Place, verb: str = "captured", date: str = "2017-07-05") -> Any:
    return ledger.NewChange(
        conflict=war,
        actor=war.actors.get(slug="sdf"),
        verb=verb,
        places=[place],
        date=date,
        citations=[ledger.NewCitation(Report.objects.first())],
    )


def test_what_is_said_of_the_area_round_it_reaches_it_only_once_it_is_public(
    war: Conflict, spot: Place
) -> None:
    say(war, "all", "2016-01-01", "is", "holds", "province")
    assert not Span.objects.filter(place=spot).exists()
    assert ledger.check(war) == []
    change = ledger.publish(naming(war, spot), by=None)
    spot.refresh_from_db()
    assert not spot.hidden
    held = Span.objects.filter(place=spot, role="holds").order_by("valid")
    assert [span.actor.slug for span in held] == ["is", "sdf"]
    assert {span.known.lower for span in held} == {change.recorded_at}
    assert ledger.check(war) == []


def test_its_preview_says_what_stands_there_by_the_area_round_it(
    war: Conflict, spot: Place
) -> None:
    say(war, "all", "2016-01-01", "is", "holds", "province")
    (effect,) = ledger.preview(naming(war, spot))
    assert (effect.before.holds, effect.after.holds) == (("is",), ("sdf",))


def test_a_change_without_effect_makes_it_public_too(war: Conflict, spot: Place) -> None:
    ledger.publish(naming(war, spot, "attack"), by=None)
    assert Place.objects.filter(pk=spot.pk).exists()
    assert ledger.check(war) == []


def test_a_publication_that_is_refused_leaves_it_hidden(war: Conflict, spot: Place) -> None:
    new = naming(war, spot)
    new.citations = []
    with pytest.raises(Refused):
        ledger.publish(new, by=None)
    assert not Place.objects.filter(pk=spot.pk).exists()


def test_one_that_was_taken_back_meanwhile_is_named_and_nothing_is_published(
    war: Conflict, spot: Place
) -> None:
    new, count = naming(war, spot), Change.objects.count()
    Place.every.get(pk=spot.pk).delete()
    with pytest.raises(Refused, match="Tell Foo is not there any more"):
        ledger.publish(new, by=None)
    assert Change.objects.count() == count


def test_a_rebuild_of_everything_leaves_it_alone(war: Conflict, spot: Place) -> None:
    say(war, "all", "2016-01-01", "is", "holds", "province")
    assert ledger.rebuild(war) == (0, 0)
    assert not Span.objects.filter(place=spot).exists()
