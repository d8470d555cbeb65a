"""What gives pause before publishing, and what does not."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from events import ledger
from events.drafting.warnings import unconfirmed, warnings
from events.models import Actor, Conflict, Source
from tests.war import say

from .test_assemble import assembled


def codes(war: Conflict, **changed: Any) -> set[str]:
    made = assembled(war, **changed)
    assert made.ok, made.problems
    found = warnings(made.new, ledger.preview(made.new), timezone.now())
    assert all(warning.message and warning.remedy for warning in found)
    return {warning.code for warning in found}


LATELY = {"date": (timezone.now() - timedelta(days=3)).date().isoformat()}


def test_a_sound_change_of_these_days_gives_no_pause(war: Conflict) -> None:
    assert codes(war, **LATELY) == set()


def test_retaking_what_was_never_held(war: Conflict) -> None:
    assert "never_held" in codes(war, places=["West"], **LATELY)
    assert "never_held" not in codes(war, places=["East"], **LATELY)
    assert "never_held" not in codes(war, verb="captured", places=["West"], **LATELY)


def test_held_only_later_is_not_held_before(war: Conflict) -> None:
    assert "never_held" in codes(war, date="2017-06-01")


def test_no_effect_on_any_standing(war: Conflict) -> None:
    assert codes(war, actor="IS", verb="holds", **LATELY) == {"no_effect"}
    assert codes(war, verb="clash", **LATELY) == set()
    assert codes(war, ruling="rejected", ruling_reason="refuted", **LATELY) == set()
    assert codes(war, verb="withdrew", places=["province"], place_count="17", **LATELY) == set()


def test_altering_what_readers_have_seen(war: Conflict) -> None:
    say(war, "later", "2017-08-01", "sdf", "holds", "city")
    assert "alters_later" in codes(
        war, places=["East"], date="2017-06-20", actor="IS", verb="retook"
    )


def test_only_sources_that_are_partisan_to_the_actor(war: Conflict) -> None:
    assert "partisan" in codes(war, source=["A monitor"], **LATELY)
    assert "partisan" not in codes(war, source=["A monitor"], actor="IS", verb="attack", **LATELY)
    both = {
        "source": ["A monitor", "An agency"], "stance": ["reports"] * 2, "title": [""] * 2,
        "url": [""] * 2, "published": [""] * 2, "quote": [""] * 2, "citation_note": [""] * 2,
    }  # fmt: skip
    assert "partisan" not in codes(war, **both, **LATELY)
    assert "partisan" in codes(war, **{**both, "stance": ["reports", "denies"]}, **LATELY)
    Source.objects.get(slug="agency").leanings.add(Actor.objects.get(conflict=war, slug="sdf"))
    assert "partisan" in codes(war, **both, **LATELY)


@pytest.mark.parametrize(("days", "warned"), [(29, False), (33, True)])
def test_a_date_long_ago(war: Conflict, days: int, warned: bool) -> None:
    day = (timezone.now() - timedelta(days=days)).date().isoformat()
    assert ("long_ago" in codes(war, date=day)) is warned


def test_of_a_conflict_that_is_over_every_date_lies_long_ago(war: Conflict) -> None:
    war.end = date(2018, 1, 1)
    assert "long_ago" not in codes(war, date="2017-07-03")


def test_a_warning_that_nobody_ticked_asks_again(war: Conflict) -> None:
    made = assembled(war, places=["West"], date="2017-07-03")
    found = warnings(made.new, ledger.preview(made.new), timezone.now())
    assert unconfirmed(found, ["never_held", "long_ago"]) == []
    assert [w.code for w in unconfirmed(found, ["long_ago"])] == ["never_held"]
