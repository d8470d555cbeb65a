"""What a person types for a date becomes EDTF where it can mean one thing only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.chronology.tidy import tidy


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("10 August 2017", "2017-08-10"),
        ("10 aug 2017", "2017-08-10"),
        ("Aug 10, 2017", "2017-08-10"),
        ("August 1st 2017", "2017-08-01"),
        ("Sept. 2017", "2017-09"),
        ("2017-8-1", "2017-08-01"),
        ("2017/08/10", "2017-08-10"),
        ("٢٠١٧-٠٨-١٠", "2017-08-10"),
        ("2017-06-28 / 2017-06-30", "2017-06-28/2017-06-30"),
        # left as they are
        ("10/08/2017", "10/08/2017"),
        ("2017-06-30~", "2017-06-30~"),
        ("2017-06/2017-08", "2017-06/2017-08"),
        ("10 Augtober 2017", "10 Augtober 2017"),
        ("yesterday", "yesterday"),
    ],
)
def test_common_ways_to_write_a_day_are_understood(typed: str, edtf: str) -> None:
    assert tidy(typed) == edtf


@given(st.text(max_size=40))
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
