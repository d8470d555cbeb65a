"""A date typed into a page is read as the replay reads it: both have one table."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.ledger import Refused
from events.models import Conflict
from events.reading.typed_date import NoDate, day_typed, read_date

TABLE = json.loads((Path(__file__).parent.parent / "typed-dates.json").read_text("utf-8"))


@pytest.mark.parametrize(("text", "meant"), TABLE["read"])
def test_it_is_read(text: str, meant: str) -> None:
    first, _, last = meant.partition("/")
    days = date.fromisoformat(first), date.fromisoformat(last or first)
    assert read_date(text) == days


@pytest.mark.parametrize(("text", "reason", "number"), TABLE["refused"])
def test_it_is_refused_with_its_reason(text: str, reason: str, number: int) -> None:
    with pytest.raises(NoDate) as refused:
        read_date(text)
    assert (refused.value.reason, refused.value.number) == (reason, number)
    assert text[:60] in refused.value.in_words(text)


@given(st.text(max_size=80) | st.from_regex(r"\A[\d/. -]{1,12}\Z"))
def test_nothing_that_is_typed_makes_it_fail(text: str) -> None:
    try:
        first, last = read_date(text)
    except NoDate as none:
        assert none.in_words(text)
    else:
        assert first <= last


def test_a_month_means_the_first_or_the_last_of_its_days_that_the_record_has(war: Conflict) -> None:
    war.start, war.end = date(2011, 3, 15), date(2017, 12, 10)
    assert day_typed(war, "June 2017", "at") == "2017-06-01"
    assert day_typed(war, "June 2017", "to", last=True) == "2017-06-30"
    assert day_typed(war, "2011", "from") == "2011-03-15"
    assert day_typed(war, "2017", "to", last=True) == "2017-12-10"
    assert day_typed(war, "2017-06-30T14:00+03:00", "at") == "2017-06-30T14:00+03:00"
    with pytest.raises(Refused):
        day_typed(war, "soon", "at")
