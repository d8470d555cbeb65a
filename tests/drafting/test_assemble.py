"""What was typed becomes what the ledger takes, or a sentence beside its field."""

from typing import Any

import pytest

from events.chronology.verbs import VERBS
from events.drafting import words
from events.drafting.assemble import Assembled, assemble
from events.drafting.typed import Typed
from events.models import Conflict, Report
from tests.editing.conftest import post, posted
from tests.factories import ActorFactory, PlaceFactory


def assembled(war: Conflict, **changed: Any) -> Assembled:
    return assemble(war, Typed.from_post(posted(post(**changed))))


def said(made: Assembled, box: str) -> str:
    return " ".join(problem.message for problem in made.problems[box])


def test_names_in_any_script_are_understood_and_nothing_is_written(war: Conflict) -> None:
    reports = Report.objects.count()
    made = assembled(
        war, actor="داعش", places=["المدينة"], other_actor="قسد", date="2017-06-29/2017-06-30"
    )
    assert made.problems == {}
    assert (made.new.actor.slug, made.new.other_actor.slug) == ("is", "sdf")
    assert [place.slug for place in made.new.places] == ["city"]
    assert made.understood["places-0"] == "The city · town · The province"
    assert made.understood["date"] == "some time between 29 and 30 June 2017"
    assert Report.objects.count() == reports


def test_several_places_and_sources_keep_their_order_and_empty_rows_are_left_out(
    war: Conflict,
) -> None:
    made = assembled(
        war,
        places=["West", "", "East", "West"],
        source=["A monitor", "", "An agency"],
        stance=["claims", "reports", "denies"],
        title=["", "", ""], url=["", "", ""], published=["", "", ""],
        quote=["", "", ""], citation_note=["", "", "by phone"],
    )  # fmt: skip
    assert made.problems == {}
    assert [place.slug for place in made.new.places] == ["west", "east"]
    cited = [(c.report.source.slug, c.stance, c.note) for c in made.new.citations]
    assert cited == [("monitor", "claims", ""), ("agency", "denies", "by phone")]


@pytest.mark.parametrize(
    ("changed", "box", "sentence"),
    [
        ({"actor": "Atlanteans"}, "actor", "“Atlanteans” is not a known actor."),
        ({"actor": ""}, "actor", "needs an actor"),
        ({"places": ["Atlantis"]}, "places-0", "“Atlantis” is not a known place."),
        ({"places": ["West", "Atlantis"]}, "places-1", "“Atlantis” is not a known place."),
        ({"places": [""]}, "places-0", "at least one place"),
        ({"verb": ""}, "verb", "choose a verb"),
        ({"verb": "annexed"}, "verb", "“annexed” is not one of the verbs."),
        ({"date": "2017-02-30"}, "date", "“2017-02-30” is not a day of the calendar."),
        ({"date": "yesterday"}, "date", "is not understood as a date"),
        ({"date": ""}, "date", "A date is needed"),
        ({"date": "2999-01-01"}, "date", "is in the future"),
        ({"place_count": "many"}, "place_count", "not a whole number"),
        ({"place_count": "0"}, "place_count", "at least 1"),
        ({"place_count": "99999999999"}, "place_count", "too large"),
        ({"source": ["Nobody"]}, "source-0", "“Nobody” is not a known source."),
        ({"source": [""]}, "source-0", "Say which source"),
        ({"stance": ["shouts"]}, "stance-0", "A stance is one of"),
        ({"url": ["javascript:alert(1)"]}, "url-0", "not a web address"),
        ({"published": ["2017-13"]}, "published-0", "2017-13"),
        ({"ruling": "open"}, "ruling_reason", "Say why"),
        ({"ruling": "perhaps", "ruling_reason": "x"}, "ruling", "not a ruling"),
        ({"headline": "x" * 301}, "headline", "At most 300"),
        ({"verb": "shares"}, "other_actor", "shared with"),
        ({"other_actor": "SDF"}, "other_actor", "the same as the actor"),
    ],
)
def test_each_mistake_is_named_at_its_own_input(
    war: Conflict, changed: dict[str, Any], box: str, sentence: str
) -> None:
    made = assembled(war, **changed)
    assert set(made.problems) == {box}
    assert sentence in said(made, box)


def test_all_mistakes_are_named_at_once(war: Conflict) -> None:
    made = assembled(
        war, actor="Atlanteans", places=["Atlantis"], date="2017-02-30", source=["Nobody"]
    )
    assert set(made.problems) == {"actor", "places-0", "date", "source-0"}


def test_a_source_is_needed(war: Conflict) -> None:
    empty = {
        name: [""] for name in ("source", "title", "url", "published", "quote", "citation_note")
    }
    made = assembled(war, **empty)
    assert "Cite at least one source" in said(made, "source-0")
    assert "source-0" in made.missing


def test_a_slip_of_the_pen_offers_what_may_have_been_meant(war: Conflict) -> None:
    made = assembled(war, places=["The citty"])
    (problem,) = made.problems["places-0"]
    assert "city" in [option.value.lower().removeprefix("the ") for option in problem.candidates]


def test_a_name_that_two_places_bear_is_offered_apart(war: Conflict) -> None:
    for parent in ("x", "y"):
        above = PlaceFactory(conflict=war, slug=parent, name=parent.upper())
        PlaceFactory(conflict=war, slug=f"mill-{parent}", name="Mill", parent=above, kind="site")
    made = assembled(war, places=["Mill"])
    (problem,) = made.problems["places-0"]
    assert {option.value for option in problem.candidates} == {"mill-x", "mill-y"}
    for option in problem.candidates:
        assert assembled(war, places=[option.value]).ok
    assert assembled(war, places=["X > Mill"]).new.places[0].slug == "mill-x"


@pytest.mark.parametrize(
    ("changed", "headline"),
    [
        ({}, "SDF retakes East"),
        ({"verb": "handed_over", "other_actor": "IS"}, "SDF hands East to IS"),
        ({"verb": "shares", "other_actor": "IS"}, "SDF and IS hold East together"),
        ({"verb": "unclear", "actor": ""}, "Control of East is unclear"),
        ({"verb": "clash", "actor": ""}, "Clashes in East"),
        ({"verb": "captured", "places": ["East", "West"]}, "SDF captures East and West"),
        ({"verb": "withdrew", "places": ["province"], "place_count": "17"},
         "SDF withdraws from 17 places in The province"),
        ({"actor": ""}, ""),
    ],
)  # fmt: skip
def test_a_headline_is_proposed(war: Conflict, changed: dict[str, Any], headline: str) -> None:
    assert words.headline(assembled(war, **changed).new) == headline


@pytest.mark.parametrize(
    ("changed", "headline"),
    [
        ({}, "Rebels retake East"),
        ({"verb": "captured"}, "Rebels capture East"),
        ({"verb": "holds"}, "Rebels hold East"),
        ({"verb": "withdrew"}, "Rebels withdraw from East"),
        ({"verb": "handed_over"}, "Rebels hand over East"),
        ({"verb": "handed_over", "other_actor": "IS"}, "Rebels hand East to IS"),
        ({"verb": "absent"}, "Rebels are gone from East"),
        ({"verb": "entered"}, "Rebels enter East"),
        ({"verb": "repelled"}, "Rebels repel attackers in East"),
        ({"verb": "repelled", "other_actor": "IS"}, "Rebels repel IS in East"),
        ({"verb": "besieged"}, "Rebels besiege East"),
        ({"verb": "relieved"}, "Rebels break the siege of East"),
        ({"verb": "present"}, "Rebels are present in East"),
        ({"verb": "attack"}, "Rebels attack East"),
        ({"verb": "captured", "actor": "IS", "other_actor": "Rebels"}, "IS captures East"),
    ],
)
def test_a_headline_agrees_with_a_plural_name(
    war: Conflict, changed: dict[str, Any], headline: str
) -> None:
    ActorFactory(conflict=war, slug="rebels", short="Rebels")
    assert words.headline(assembled(war, **{"actor": "Rebels", **changed}).new) == headline


def test_what_the_desk_says_of_an_actor_counts_more_than_its_name(war: Conflict) -> None:
    ActorFactory(conflict=war, slug="army", short="Army", number="plural")
    made = assembled(war, actor="Army", verb="captured")
    assert words.headline(made.new) == "Army capture East"


def test_every_verb_has_its_words() -> None:
    assert set(words.WORDS) == set(VERBS)
    assert sorted(name for _heading, names in words.GROUPS for name in names) == sorted(VERBS)
