"""An article that nobody dated: a day that its text names stands for the day of publication, as a guess."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from events.drafting.many.pastes import day_of, named_day
from events.drafting.sentence import full_days
from events.models import Conflict, Paste, Proposal
from tests.drafting.many.test_decide import pasted

NOW = datetime(2026, 11, 27, tzinfo=UTC)
# 17 July 2017 was a Monday.
ARTICLE = (
    "IS retook East on Sunday, A monitor said on 17 July 2017. The war began on 15 March 2011. "
    "SDF captured West on 19 June."
)


@pytest.fixture
def over(war: Conflict) -> Conflict:
    """The war, ended long before anybody pastes."""
    war.end = date(2024, 12, 8)
    war.save()
    return war


def proposed(paste: Paste) -> list[Proposal]:
    return list(paste.proposals.order_by("number"))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("on 17 July 2017, at dawn", [(2017, 7, 17)]),
        ("July 17, 2017 and 2017-07-18", [(2017, 7, 17), (2017, 7, 18)]),
        ("between 10 and 12 October 2019", [(2019, 10, 12)]),
        ("في 17 تموز 2017", [(2017, 7, 17)]),
        ("on Monday, 3 days ago, yesterday, on 19 June, in July 2017, in 2017", []),
        ("31 February 2017", []),
    ],
)
def test_only_days_said_with_month_and_year_are_full(text: str, days: list[Any]) -> None:
    assert full_days(text) == [date(*day) for day in days]


def test_days_are_meant_by_the_latest_full_date_of_the_article(over: Conflict, editor: Any) -> None:
    one, two = proposed(pasted(over, editor, ARTICLE, kind="article"))
    assert (one.typed["date"], two.typed["date"]) == ("2017-07-16", "2017-06-19")
    assert [day for day, _label in one.guesses["date"]] == ["2017-07-16", "2017-07-09"]
    for row in (one, two):
        assert row.typed["entered"] == "2017-07-17"
        assert row.typed["citations"][0]["published"] == "2017-07-17"
        assert row.guesses["published-0"] == [["2017-07-17", "17 July 2017"]]


def test_today_is_the_conflicts_own_day(
    war: Conflict, editor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    paste = pasted(war, editor, ARTICLE, kind="article", published="2026-11-28")
    at_night = datetime(2026, 11, 27, 22, 30, tzinfo=UTC)  # half past one of the 28th in Damascus
    monkeypatch.setattr("django.utils.timezone.now", lambda: at_night)
    assert day_of(paste) == date(2026, 11, 28)
    paste.published = "2026-11-30"
    assert day_of(paste) == date(2026, 11, 28), "no later than today"


def test_a_day_that_is_given_as_published_is_no_guess(over: Conflict, editor: Any) -> None:
    one, _two = proposed(pasted(over, editor, ARTICLE, kind="article", published="2017-07-18"))
    assert one.typed["citations"][0]["published"] == "2017-07-18"
    assert one.typed["date"] == "2017-07-16"
    assert not {"date", "published-0"} & set(one.guesses)


def test_a_day_outside_the_war_stands_for_the_article_only_where_none_is_in_it(
    over: Conflict,
) -> None:
    text = "Retrieved 3 January 2026. It was 17 July 2017."
    assert named_day(Paste(conflict=over, text=text, created_at=NOW)) == date(2017, 7, 17)
    assert named_day(Paste(conflict=over, text=text[:25], created_at=NOW)) == date(2026, 1, 3)
    assert named_day(Paste(conflict=over, text="Tomorrow: 5 May 2037.", created_at=NOW)) is None


def test_a_weekday_after_the_end_of_the_war_waits_for_somebody_to_say_which(
    over: Conflict, editor: Any
) -> None:
    (row,) = proposed(pasted(over, editor, "IS retook East on Monday.", kind="article"))
    assert not row.sound
    assert row.typed["date"] == "on Monday"
    assert set(row.faults) == {"date", "source-0"}
    assert row.guesses["date"]


def test_in_a_column_of_sentences_too(over: Conflict, editor: Any) -> None:
    text = "sentence\tsource\nIS retook East yesterday\tA monitor"
    (row,) = proposed(pasted(over, editor, text))
    assert set(row.faults) == {"date"}
    assert row.typed["date"] == "yesterday"


def test_a_sentence_without_a_day_in_an_article_of_no_day_is_not_ready_once_the_war_is_over(
    over: Conflict, editor: Any
) -> None:
    (row,) = proposed(pasted(over, editor, "IS retook East.", kind="article", source="A monitor"))
    assert not row.sound
    assert row.typed["date"] == ""
    assert set(row.faults) == {"date"}
    assert row.guesses["date"] == [["../2024-12-08", "by 8 December 2024"]]


def test_a_sentence_without_a_day_had_happened_when_its_article_was_published(
    over: Conflict, editor: Any
) -> None:
    article = {"kind": "article", "source": "A monitor", "published": "2017-07-03"}
    (row,) = proposed(pasted(over, editor, "IS retook East.", **article))
    assert row.sound
    assert row.typed["date"] == "../2017-07-03"
