"""Dates: EDTF level 1, their bounds in the conflict's zone, and what is said in words."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.chronology.dates import DateError, close_of, in_words, map_day, parse

DAMASCUS = ZoneInfo("Asia/Damascus")
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
ZONES = st.sampled_from(
    [
        ZoneInfo(n)
        for n in ("Asia/Damascus", "UTC", "America/New_York", "Asia/Kathmandu", "Africa/Cairo")
    ]
)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=DAMASCUS).astimezone(UTC)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "words"),
    [
        ("2017-06-30", "2017-06-30", "2017-07-01", "30 June 2017"),
        (
            "2017-06-30T14:00+03:00",
            "2017-06-30T14:00",
            "2017-06-30T14:00",
            "30 June 2017, 14:00 (UTC+03:00)",
        ),
        ("2017-06-30T14:00", "2017-06-30T14:00", "2017-06-30T14:00", "30 June 2017, 14:00"),
        (
            "2017-06-30T11:00:00Z",
            "2017-06-30T14:00",
            "2017-06-30T14:00",
            "30 June 2017, 11:00 (UTC)",
        ),
        ("2017-06", "2017-06-01", "2017-07-01", "June 2017"),
        ("2017-12", "2017-12-01", "2018-01-01", "December 2017"),
        ("2017", "2017-01-01", "2018-01-01", "2017"),
        ("2017-06-30~", "2017-06-30", "2017-07-01", "about 30 June 2017"),
        ("2017-06-28?", "2017-06-28", "2017-06-29", "28 June 2017 (uncertain)"),
        ("2017%", "2017-01-01", "2018-01-01", "about 2017 (uncertain)"),
        (
            "2017-06-28/2017-06-30",
            "2017-06-28",
            "2017-07-01",
            "some time between 28 and 30 June 2017",
        ),
        (
            "2017-06~/2017-08",
            "2017-06-01",
            "2017-09-01",
            "some time between about June 2017 and August 2017",
        ),
        ("../2017-06-30", None, "2017-07-01", "by 30 June 2017"),
        ("/2017-06-30", None, "2017-07-01", "by 30 June 2017"),
        ("2017-06-30/..", "2017-06-30", None, "30 June 2017 or later"),
        ("2017-06-30/", "2017-06-30", None, "30 June 2017 or later"),
        ("2017-21", "2017-03-01", "2017-06-01", "spring 2017"),
        ("2017-24", "2017-12-01", "2018-03-01", "winter 2017"),
        ("201X", "2010-01-01", "2020-01-01", "the 2010s"),
        ("20XX", "2000-01-01", "2100-01-01", "the century from 2000"),
        ("2004-XX", "2004-01-01", "2005-01-01", "2004"),
        ("1985-04-XX", "1985-04-01", "1985-05-01", "April 1985"),
        ("1985-XX-XX", "1985-01-01", "1986-01-01", "1985"),
    ],
)
def test_a_date_is_as_exact_as_it_is_written(
    text: str, earliest: str | None, latest: str | None, words: str
) -> None:
    date = parse(text, DAMASCUS)
    assert date.earliest == (earliest and local(earliest))
    assert date.latest == (latest and local(latest))
    assert in_words(text) == words


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("soon", "grammar"),
        ("30/06/2017", "grammar"),
        ("30 June 2017", "grammar"),
        ("2017-6-30", "grammar"),
        ("٢٠١٧-٠٦-٣٠", "grammar"),
        ("2017-02-30", "calendar"),
        ("2017-13", "calendar"),
        ("2017-00-10", "calendar"),
        ("2017-06-31", "calendar"),
        ("2017-06-30T24:00", "time"),
        ("2017-06-30T12:00+99:00", "time"),
        ("0000", "year"),
        ("-1985", "year"),
        ("Y170000002", "year"),
        ("9999-12-31", "year"),
        ("0001-01-01", "year"),
        ("2018/2017", "order"),
        ("2017-06-30/2017-06-28", "order"),
        ("2017-06-30/2017-06-29", "order"),
        ("../..", "open"),
        ("/", "open"),
        ("2017/2018/2019", "grammar"),
        ("2017-XX-05", "grammar"),
        ("201X-05", "grammar"),
    ],
)
def test_what_is_no_date_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(DateError) as refused:
        parse(text, DAMASCUS)
    assert refused.value.reason == reason


def test_marks_say_approximate_and_uncertain() -> None:
    marked = {mark: parse(f"2017-06-30{mark}", DAMASCUS) for mark in "~?%"}
    assert {m: (d.approximate, d.uncertain) for m, d in marked.items()} == {
        "~": (True, False),
        "?": (False, True),
        "%": (True, True),
    }


@given(DAYS, ZONES)
def test_days_meet_without_gap_or_overlap(day: date, zone: ZoneInfo) -> None:
    today = parse(day.isoformat(), zone)
    tomorrow = parse((day + timedelta(days=1)).isoformat(), zone)
    assert today.earliest and today.latest and today.earliest < today.latest == tomorrow.earliest


@given(DAYS, ZONES)
def test_what_is_dated_to_a_day_is_done_on_that_days_map(day: date, zone: ZoneInfo) -> None:
    latest = parse(day.isoformat(), zone).latest
    assert latest == close_of(day, zone)
    assert latest and map_day(latest, zone) == day


@given(st.text(max_size=30) | st.from_regex(r"[0-9X~?%/.:TZ+-]{1,24}", fullmatch=True))
def test_any_text_is_understood_or_refused_never_more(text: str) -> None:
    try:
        found = parse(text, DAMASCUS)
    except DateError:
        return
    assert in_words(text)
    assert found.earliest or found.latest
    if found.earliest and found.latest:
        assert found.earliest <= found.latest
