"""What gives pause before publishing, and what does not: each code, with its sentence and its remedy."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events import ledger
from events.ledger.warnings import SAID, Warning, overrides_of, unconfirmed, warnings
from events.models import Actor, Coalition, Conflict, Place, Report, Source
from tests.factories import ActorFactory, PlaceFactory, SourceFactory, UserFactory
from tests.war import make_war, say

LATELY = (timezone.now() - timedelta(days=3)).date().isoformat()


@pytest.fixture
def war(db: None) -> Conflict:
    """`make_war` (IS holds city and west, and retook east) with an independent agency and a third group."""
    SourceFactory(slug="agency", name="An agency")
    war = make_war()
    ActorFactory(conflict=war, slug="ypg", short="YPG")
    return war


def cite(source: str, stance: str = "reports", relays: Report | None = None) -> Any:
    report = Report.objects.create(
        source=Source.objects.get(slug=source), title=f"{Report.objects.count()}", relays=relays
    )
    return ledger.NewCitation(report, stance)


def new(war: Conflict, actor: str | None, verb: str, *places: str, **more: Any) -> Any:
    other = more.pop("other", None)
    cited = more.pop("citations", None) or [cite("agency")]
    return ledger.NewChange(
        conflict=war,
        actor=Actor.objects.get(conflict=war, slug=actor) if actor else None,
        other_actor=Actor.objects.get(conflict=war, slug=other) if other else None,
        verb=verb,
        places=[Place.objects.get(conflict=war, slug=slug) for slug in places],
        date=more.pop("date", LATELY),
        citations=cited,
        **more,
    )


def found(change: ledger.NewChange) -> dict[str, Warning]:
    said = warnings(change, ledger.preview(change), timezone.now())
    assert all(warning.message and warning.remedy for warning in said)
    assert {warning.code for warning in said} <= set(SAID)
    return {warning.code: warning for warning in said}


def codes(war: Conflict, *what: Any, **more: Any) -> set[str]:
    return set(found(new(war, *what, **more)))


def test_a_sound_change_of_these_days_gives_no_pause(war: Conflict) -> None:
    assert codes(war, "sdf", "captured", "west") == set()
    assert codes(war, "sdf", "retook", "east") == set()


def test_retaking_what_was_never_held(war: Conflict) -> None:
    said = found(new(war, "sdf", "retook", "west", "east"))["never_held"]
    assert said.message == "By this record, SDF never held West before."
    assert "never_held" not in codes(war, "sdf", "captured", "west")
    assert "never_held" in codes(war, "sdf", "retook", "east", date="2017-06-01")


def test_an_area_was_held_where_a_place_inside_was(war: Conflict) -> None:
    assert "never_held" not in codes(war, "is", "retook", "province")
    assert "never_held" in codes(war, "ypg", "retook", "province")


def test_captured_by_its_holder(war: Conflict) -> None:
    assert codes(war, "is", "captured", "west") == {"holds_already"}
    assert codes(war, "is", "retook", "west") == {"holds_already"}
    say(war, "shared", "2018-01-01", "sdf", "shares", "west", other_actor=_actor(war, "is"))
    assert codes(war, "is", "captured", "west") == set()


def test_saying_again_who_holds_it_confirms_it(war: Conflict) -> None:
    assert codes(war, "is", "holds", "west") == set()


@pytest.mark.parametrize("verb", ["withdrew", "handed_over", "absent"])
def test_leaving_where_it_is_not(war: Conflict, verb: str) -> None:
    assert codes(war, "sdf", verb, "west", other="ypg") == {"not_there"}
    assert "not_there" not in codes(war, "is", verb, "west", other="ypg")
    # of an area it is enough to be somewhere inside
    assert "not_there" not in codes(war, "is", verb, "province", other="ypg")
    assert "not_there" in codes(war, "sdf", verb, "province", other="ypg")


def test_besieging_is_no_place_to_hand_over_or_to_withdraw_from(war: Conflict) -> None:
    say(war, "siege", "2018-01-01", "sdf", "besieged", "west")
    assert "not_there" in codes(war, "sdf", "withdrew", "west")
    assert "not_there" not in codes(war, "sdf", "absent", "west")
    say(war, "in", "2018-02-01", "sdf", "entered", "west")
    assert "not_there" not in codes(war, "sdf", "withdrew", "west")
    assert "not_there" in codes(war, "sdf", "handed_over", "west", other="ypg")


def test_nobody_to_repel(war: Conflict) -> None:
    assert codes(war, "is", "repelled", "west") == {"nobody_to_repel"}
    say(war, "in", "2018-01-01", "sdf", "entered", "west")
    assert codes(war, "is", "repelled", "west") == set()
    assert codes(war, "is", "repelled", "west", other="ypg") == {"nobody_to_repel"}
    assert "nobody_to_repel" in codes(war, "sdf", "repelled", "west")


def test_no_siege_to_relieve(war: Conflict) -> None:
    assert codes(war, "is", "relieved", "west") == {"no_siege"}
    say(war, "siege", "2018-01-01", "sdf", "besieged", "west")
    assert codes(war, "is", "relieved", "west") == set()
    assert codes(war, "is", "relieved", "west", other="ypg") == {"no_siege"}


def test_no_effect_on_any_standing(war: Conflict) -> None:
    assert codes(war, "is", "entered", "west") == {"no_effect"}
    assert codes(war, "sdf", "clash", "west") == set()
    assert "no_effect" not in codes(
        war, "is", "entered", "west", ruling="rejected", ruling_reason="refuted"
    )
    assert codes(war, "is", "withdrew", "province", place_count=17) == set()


def test_what_is_altered_of_the_later_history_is_listed(war: Conflict) -> None:
    say(war, "later", "2017-08-01", "sdf", "captured", "west")
    say(war, "back", "2017-09-01", "is", "captured", "west")
    said = found(new(war, "sdf", "captured", "west", date="2017-07-20"))["alters_later"]
    assert said.details == (
        "West, SDF holds: from 1 August 2017 to 1 September 2017 → from 20 July 2017 to 1 September 2017",
    )
    # who comes between two entries shortens the one that began before, and that is its own effect
    assert "alters_later" not in codes(war, "ypg", "captured", "west", date="2017-08-20")


def test_a_change_after_all_others_alters_nothing_later(war: Conflict) -> None:
    assert "alters_later" not in codes(war, "sdf", "captured", "west", date="2018-07-20")


def test_a_partisan_source_alone_for_its_own_sides_gain(war: Conflict) -> None:
    alone = found(new(war, "sdf", "captured", "west", citations=[cite("monitor")]))["partisan"]
    assert alone.message == "Only A monitor says so, and is partisan to SDF, whose gain it is."


def test_a_partisan_sources_report_of_its_own_loss_needs_no_second(war: Conflict) -> None:
    assert "partisan" not in codes(
        war, "is", "captured", "east", citations=[cite("monitor")], date=LATELY
    )
    say(war, "x", "2018-01-01", "sdf", "captured", "east")
    assert codes(war, "is", "captured", "east", citations=[cite("monitor")]) == set()
    assert codes(war, "sdf", "withdrew", "east", citations=[cite("monitor")]) == set()


@pytest.mark.parametrize(
    ("what", "gains"),
    [
        (("is", "withdrew", "west", "sdf"), True),
        (("is", "handed_over", "west", "sdf"), True),
        (("is", "shares", "west", "sdf"), True),
        (("sdf", "entered", "west", None), True),
        (("sdf", "besieged", "west", None), True),
        (("sdf", "present", "west", None), True),
        (("is", "handed_over", "west", "ypg"), False),
        (("sdf", "attack", "west", None), False),
    ],
    ids=lambda value: value[1] if isinstance(value, tuple) else "",
)
def test_who_gains_is_decided_by_the_effect(war: Conflict, what: Any, gains: bool) -> None:
    actor, verb, place, other = what
    change = new(war, actor, verb, place, other=other, citations=[cite("monitor")])
    assert ("partisan" in found(change)) is gains


def test_a_rival_who_leaves_is_a_gain_for_those_who_stay(war: Conflict) -> None:
    say(war, "in", "2018-01-01", "sdf", "entered", "west")
    withdrawal = {"citations": [cite("monitor")]}
    assert "partisan" in codes(war, "is", "withdrew", "west", **withdrawal)
    assert "partisan" not in codes(war, "is", "repelled", "west", **withdrawal)
    Source.objects.get(slug="monitor").leanings.set([_actor(war, "is")])
    assert "partisan" in codes(war, "is", "repelled", "west", **withdrawal)


def test_confirming_its_own_side_is_a_gain_too(war: Conflict) -> None:
    Source.objects.get(slug="monitor").leanings.set([_actor(war, "is")])
    assert codes(war, "is", "holds", "west", citations=[cite("monitor")]) == {"partisan"}


def test_villages_not_known_by_name_are_a_gain_by_word(war: Conflict) -> None:
    said = {"citations": [cite("monitor")], "place_count": 17}
    assert "partisan" in codes(war, "sdf", "captured", "province", **said)
    assert "partisan" in codes(war, "is", "withdrew", "province", other="sdf", **said)
    assert "partisan" not in codes(war, "is", "withdrew", "province", **said)


def test_an_independent_source_beside_it_is_enough_one_that_denies_is_not(war: Conflict) -> None:
    both = [cite("monitor"), cite("agency")]
    assert codes(war, "sdf", "captured", "west", citations=both) == set()
    denied = [cite("monitor"), cite("agency", "denies")]
    assert codes(war, "sdf", "captured", "west", citations=denied) == {"partisan", "denied"}
    Source.objects.get(slug="agency").leanings.add(_actor(war, "sdf"))
    assert codes(war, "sdf", "captured", "west", citations=both) == {"partisan"}


def test_an_open_claim_of_a_partisan_source_is_what_open_is_for(war: Conflict) -> None:
    claim = {"citations": [cite("monitor")], "ruling": "open", "ruling_reason": "one side only"}
    assert codes(war, "sdf", "captured", "west", **claim) == set()


@pytest.mark.parametrize(
    ("since", "until", "warned"),
    [("", "", True), ("2015-10", "", True), ("2015", "2017-01", False), ("2018", "", False)],
)
@pytest.mark.parametrize("leaning", ["sdf", "ypg"])
def test_leanings_count_through_the_coalition_at_the_date(
    war: Conflict, since: str, until: str, warned: bool, leaning: str
) -> None:
    gaining = {"sdf": "ypg", "ypg": "sdf"}[leaning]
    Coalition.objects.create(
        member=_actor(war, "ypg"), coalition=_actor(war, "sdf"), since=since, until=until
    )
    Source.objects.get(slug="monitor").leanings.set([_actor(war, leaning)])
    change = new(war, gaining, "captured", "west", citations=[cite("monitor")], date="2017-07-20")
    assert ("partisan" in found(change)) is warned


def test_a_relay_counts_by_its_origin(war: Conflict) -> None:
    origin = cite("monitor").report
    relayed = cite("agency", relays=cite("agency", relays=origin).report)
    assert "partisan" in codes(war, "sdf", "captured", "west", citations=[relayed])
    independent = cite("monitor", relays=cite("agency").report)
    assert codes(war, "sdf", "captured", "west", citations=[independent]) == set()


def test_a_report_not_saved_yet_counts_by_what_it_relays(war: Conflict) -> None:
    unsaved = Report(source=Source.objects.get(slug="agency"), relays=cite("monitor").report)
    cited = [ledger.NewCitation(unsaved)]
    assert "partisan" in codes(war, "sdf", "captured", "west", citations=cited)


def test_what_it_relays_may_not_be_saved_yet_either(war: Conflict) -> None:
    origin = Report(source=Source.objects.get(slug="monitor"))
    unsaved = Report(source=Source.objects.get(slug="agency"), relays=origin)
    cited = [ledger.NewCitation(unsaved)]
    assert "partisan" in codes(war, "sdf", "captured", "west", citations=cited)


def test_sources_that_deny(war: Conflict) -> None:
    cited = [cite("agency"), cite("monitor", "denies")]
    said = found(new(war, "sdf", "captured", "west", citations=cited))["denied"]
    assert said.message.startswith("A monitor denies it")
    ruled = {"citations": cited, "ruling_reason": "the agency was there"}
    assert codes(war, "sdf", "captured", "west", **ruled) == set()


def test_the_same_change_logged_by_another(war: Conflict) -> None:
    say(war, "first", "2018-05-01", "sdf", "captured", "west", headline="West falls")
    said = found(new(war, "sdf", "holds", "west", "east", date="2018-04-30/2018-05-02"))
    assert "West falls (first), 1 May 2018" in said["logged_already"].message


@pytest.mark.parametrize(
    ("what", "day"),
    [
        (("sdf", "captured", "west"), "2018-05-02"),
        (("ypg", "captured", "west"), "2018-05-01"),
        (("sdf", "captured", "village"), "2018-05-01"),
        (("sdf", "besieged", "west"), "2018-05-01"),
    ],
)
def test_another_day_actor_place_or_family_is_another_change(
    war: Conflict, what: Any, day: str
) -> None:
    say(war, "first", "2018-05-01", "sdf", "captured", "west")
    assert "logged_already" not in codes(war, *what, date=day)


@pytest.mark.parametrize(("days", "warned"), [(29, False), (33, True)])
def test_a_date_long_ago(war: Conflict, days: int, warned: bool) -> None:
    day = (timezone.now() - timedelta(days=days)).date().isoformat()
    assert ("long_ago" in codes(war, "sdf", "captured", "west", date=day)) is warned
    war.end = date(2018, 1, 1)
    change = new(war, "sdf", "captured", "west", date="2017-07-03")
    assert "long_ago" not in found(change)


def test_a_warning_that_nobody_ticked_asks_again(war: Conflict) -> None:
    change = new(war, "sdf", "retook", "west", date="2018-07-03")
    said = list(found(change).values())
    assert unconfirmed(said, ["never_held", "long_ago"]) == []
    assert [w.code for w in unconfirmed(said, ["long_ago"])] == ["never_held"]


def test_overrides_of_any_age_are_read(war: Conflict) -> None:
    by = UserFactory(username="edith")
    stored = ["long_ago", {"code": "partisan", "reason": "seen on film", "by": by.username}]
    old, now = overrides_of(stored)
    assert (old.code, old.reason, old.public) == ("long_ago", "", False)
    assert (now.said, now.reason, now.by, now.public) == (
        "Only sources that are partisan to the one who gains say so.",
        "seen on film",
        "edith",
        True,
    )


def test_queries_are_constant_for_more_places_sources_and_relays(war: Conflict) -> None:
    def cost(change: ledger.NewChange) -> int:
        effects = ledger.preview(change)
        with CaptureQueriesContext(connection) as captured:
            warnings(change, effects, timezone.now())
        return len(captured)

    one = new(war, "sdf", "retook", "west", date="2017-06-20", citations=[cite("monitor")])
    before = cost(one)
    city = Place.objects.get(conflict=war, slug="city")
    for at in range(10):
        PlaceFactory(conflict=war, slug=f"q{at}", kind="neighbourhood", parent=city)
        SourceFactory(slug=f"s{at}").leanings.add(_actor(war, "sdf"))
    relayed = cite("monitor")
    for at in range(5):
        relayed = cite(f"s{at}", relays=relayed.report)
    cited = [relayed, *(cite(f"s{at}") for at in range(10))]
    many = new(
        war, "sdf", "retook", "west", *(f"q{at}" for at in range(10)),
        date="2017-06-20", citations=cited,
    )  # fmt: skip
    assert cost(many) == before <= 8


def _actor(war: Conflict, slug: str) -> Actor:
    return Actor.objects.get(conflict=war, slug=slug)
