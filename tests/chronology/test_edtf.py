"""Every example of the Library of Congress specification of EDTF, levels 0 and 1
(https://www.loc.gov/standards/datetime/, 4 February 2019), and what must hold of any text.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.chronology.dates import DateError, canonical, in_words, parse

DAMASCUS = ZoneInfo("Asia/Damascus")

# (text, first day or instant, the one after the last, words); None: open. All in UTC.
LEVEL_0 = [
    ("1985-04-12", "1985-04-12", "1985-04-13", "12 April 1985"),
    ("1985-04", "1985-04-01", "1985-05-01", "April 1985"),
    ("1985", "1985-01-01", "1986-01-01", "1985"),
    ("1985-04-12T23:20:30", "1985-04-12T23:20:30", "1985-04-12T23:20:30", "12 April 1985, 23:20"),
    (
        *("1985-04-12T23:20:30Z", "1985-04-12T23:20:30", "1985-04-12T23:20:30"),
        "12 April 1985, 23:20 (UTC)",
    ),
    (
        *("1985-04-12T23:20:30-04", "1985-04-13T03:20:30", "1985-04-13T03:20:30"),
        "12 April 1985, 23:20 (UTC−04:00)",
    ),
    (
        *("1985-04-12T23:20:30+04:30", "1985-04-12T18:50:30", "1985-04-12T18:50:30"),
        "12 April 1985, 23:20 (UTC+04:30)",
    ),
    ("1964/2008", "1964-01-01", "2009-01-01", "some time between 1964 and 2008"),
    (
        *("2004-06/2006-08", "2004-06-01", "2006-09-01"),
        "some time between June 2004 and August 2006",
    ),
    (
        *("2004-02-01/2005-02-08", "2004-02-01", "2005-02-09"),
        "some time between 1 February 2004 and 8 February 2005",
    ),
    (
        *("2004-02-01/2005-02", "2004-02-01", "2005-03-01"),
        "some time between 1 February 2004 and February 2005",
    ),
    (
        *("2004-02-01/2005", "2004-02-01", "2006-01-01"),
        "some time between 1 February 2004 and 2005",
    ),
    ("2005/2006-02", "2005-01-01", "2006-03-01", "some time between 2005 and February 2006"),
]
LEVEL_1 = [
    ("2001-21", "2001-03-01", "2001-06-01", "spring 2001"),
    ("2001-22", "2001-06-01", "2001-09-01", "summer 2001"),
    ("2001-23", "2001-09-01", "2001-12-01", "autumn 2001"),
    ("2001-24", "2001-12-01", "2002-03-01", "winter 2001"),
    ("1984?", "1984-01-01", "1985-01-01", "1984 (uncertain)"),
    ("2004-06~", "2004-06-01", "2004-07-01", "about June 2004"),
    ("2004-06-11%", "2004-06-11", "2004-06-12", "about 11 June 2004 (uncertain)"),
    ("201X", "2010-01-01", "2020-01-01", "the 2010s"),
    ("20XX", "2000-01-01", "2100-01-01", "the century from 2000"),
    ("2004-XX", "2004-01-01", "2005-01-01", "2004"),
    ("1985-04-XX", "1985-04-01", "1985-05-01", "April 1985"),
    ("1985-XX-XX", "1985-01-01", "1986-01-01", "1985"),
    ("1985-04-12/..", "1985-04-12", None, "12 April 1985 or later"),
    ("1985-04/..", "1985-04-01", None, "April 1985 or later"),
    ("1985/..", "1985-01-01", None, "1985 or later"),
    ("../1985-04-12", None, "1985-04-13", "by 12 April 1985"),
    ("../1985-04", None, "1985-05-01", "by April 1985"),
    ("../1985", None, "1986-01-01", "by 1985"),
    ("1985-04-12/", "1985-04-12", None, "12 April 1985 or later"),
    ("1985-04/", "1985-04-01", None, "April 1985 or later"),
    ("1985/", "1985-01-01", None, "1985 or later"),
    ("/1985-04-12", None, "1985-04-13", "by 12 April 1985"),
    ("/1985-04", None, "1985-05-01", "by April 1985"),
    ("/1985", None, "1986-01-01", "by 1985"),
    # a qualifier at either end of an interval
    (
        *("1984~/2004-06%", "1984-01-01", "2004-07-01"),
        "some time between about 1984 and about June 2004 (uncertain)",
    ),
]
# Good EDTF, of which no record can keep an instant.
WITHOUT_INSTANT = [
    ("Y170000002", "170000002"),
    ("Y-170000002", "170000003 BC"),
    ("-1985", "1986 BC"),
    ("0000", "1 BC"),
    ("-0044-03-15", "15 March 45 BC"),
    ("-198X", "the 1980s BC"),
    ("-0004-02-29", "29 February 5 BC"),
    ("9999-12-31", "31 December 9999"),
    ("Y17000000~/..", "about 17000000 or later"),
]


def utc(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(("text", "earliest", "latest", "words"), LEVEL_0 + LEVEL_1)
def test_each_example_of_the_specification(
    text: str, earliest: str | None, latest: str | None, words: str
) -> None:
    date = parse(text, ZoneInfo("UTC"))
    assert (date.earliest, date.latest) == (utc(earliest), utc(latest))
    assert in_words(text) == words


@pytest.mark.parametrize(("text", "words"), WITHOUT_INSTANT)
def test_a_year_without_instants_is_understood_and_refused_where_one_is_needed(
    text: str, words: str
) -> None:
    assert in_words(text) == words
    assert canonical(text) == text
    with pytest.raises(DateError) as refused:
        parse(text, DAMASCUS)
    assert refused.value.reason == "year"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (" 2017-06-30 ", "2017-06-30"),
        ("2017-06-30T14:00", "2017-06-30T14:00:00"),
        ("2017-06-30T14:00:05+03", "2017-06-30T14:00:05+03:00"),
        ("2017-06-30T14:00+0300", "2017-06-30T14:00:00+03:00"),
        ("2017-06-30T14:00-00:00", "2017-06-30T14:00:00Z"),
        ("2017-06-30T14:00Z/2017-06-30T16:00Z", "2017-06-30T14:00:00Z/2017-06-30T16:00:00Z"),
        ("../2017-06-30", "../2017-06-30"),
        ("/2017-06-30", "/2017-06-30"),
        ("2017-06~/..", "2017-06~/.."),
    ],
)
def test_one_form_for_what_may_be_written_in_several(text: str, form: str) -> None:
    assert canonical(text) == form
    assert parse(text, DAMASCUS).text == form


@pytest.mark.parametrize(
    "text",
    [
        "Y1985", "Y01985000", "-0000", "201X-05", "2XXX", "198XX", "2017-2X", "2017-06-3X", "2017-25",
        "~2017", "2017?-06", "2017-06-30T14", "2017-06-30T14:00:00.5Z", "20170630", "{2017}", "[2017]",
        "2017-06-30/2017-07-01/2017-07-02", "2017-W26", "2017-181", "y170000002",
    ],
)  # fmt: skip
def test_other_levels_and_other_forms_are_no_dates_here(text: str) -> None:
    with pytest.raises(DateError):
        canonical(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2017-06-28/2017-06-30", "some time between 28 and 30 June 2017"),
        ("2017-06-28/2017-07-02", "some time between 28 June and 2 July 2017"),
        ("2016-12-31/2017-01-01", "some time between 31 December 2016 and 1 January 2017"),
        ("2017-05/2017-06", "some time between May and June 2017"),
        ("2017-05-28?/2017-05-30", "some time between 28 May 2017 (uncertain) and 30 May 2017"),
        ("2017-05/2017-06-03", "some time between May 2017 and 3 June 2017"),
        ("2017/2017", "2017"),
        ("000X", "the years 1 to 9"),
        ("00XX", "the years 1 to 99"),
    ],
)
def test_what_both_ends_share_is_said_once(text: str, words: str) -> None:
    assert in_words(text) == words


YEARS = st.integers(1, 9998).map("{:04d}".format)
MARKS = st.sampled_from(["", "~", "?", "%"])
SINGLE = st.one_of(
    st.dates().map(str),
    st.tuples(YEARS, st.integers(1, 12).map("{:02d}".format)).map("-".join),
    st.tuples(YEARS, st.sampled_from(["21", "22", "23", "24", "XX"])).map("-".join),
    YEARS,
    st.integers(1, 998).map("{:03d}X".format),
    st.integers(1, 98).map("{:02d}XX".format),
    st.integers(-9999, -1).map("{:05d}".format),
    st.integers(10_000, 10**12).map("Y{}".format),
)
MARKED = st.tuples(SINGLE, MARKS).map("".join)
ENDS = MARKED | st.sampled_from(["", ".."])
DATES = MARKED | st.tuples(ENDS, ENDS).map("/".join)


@given(DATES)
def test_the_canonical_form_says_the_same_and_has_no_other(text: str) -> None:
    try:
        form = canonical(text)
    except DateError as error:
        assert error.reason == "open"
        return
    assert canonical(form) == form
    assert in_words(form) == in_words(text)
    try:
        found = parse(text, DAMASCUS)
    except DateError as error:
        assert error.reason in ("year", "order")
        return
    assert parse(form, DAMASCUS) == found


@given(MARKED)
def test_a_qualifier_changes_no_bound(text: str) -> None:
    bare = text.rstrip("~?%")
    try:
        plain, marked = parse(bare, DAMASCUS), parse(text, DAMASCUS)
    except DateError as error:
        assert error.reason == "year"
        return
    assert (plain.earliest, plain.latest) == (marked.earliest, marked.latest)
    assert plain.earliest and plain.latest and plain.latest - plain.earliest > timedelta(hours=20)


@given(MARKED, MARKED)
def test_an_interval_reaches_from_the_first_of_one_to_the_last_of_the_other(
    one: str, other: str
) -> None:
    try:
        first, last = parse(one, DAMASCUS), parse(other, DAMASCUS)
        both = parse(f"{one}/{other}", DAMASCUS)
    except DateError as error:
        assert error.reason in ("year", "order")
        return
    assert (both.earliest, both.latest) == (first.earliest, last.latest)
