"""An article: its sentences apart and whole, each change that one states proposed with its words."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.drafting.many import article
from events.drafting.many.suggested import Given, Suggested
from events.gazetteer import fold_name, index_of
from events.models import Conflict, Source, SourceName

ON = date(2017, 7, 3)  # a Monday
PIECES = [
    *(
        "IS retook East. ",
        "SDF captured West",
        " on Friday",
        " the U.S. ",
        "Gen. ",
        "J. ",
        "3.5 ",
        "e.g. ",
    ),
    *(
        "سيطر داعش على East. ",
        "؟",
        "،",
        ".",
        "!",
        "…",
        "\n",
        "\n\n",
        " ",
        '"',
        "”",
        ")",
        "\u202e",
        "\u200f",
    ),
    *("😀", "<b>", "and SDF withdrew", "\u2028", "\xa0"),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@given(text=TEXTS)
def test_all_that_is_no_blank_lies_in_one_sentence(text: str) -> None:
    at = 0
    for start, end in article.sentences(text):
        assert at <= start < end <= len(text)
        assert text[at:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        at = end
    assert text[at:].strip() == ""


@settings(max_examples=60)
@given(text=TEXTS)
def test_words_of_a_proposal_are_those_of_the_text_at_its_place(war: Conflict, text: str) -> None:
    for one in of(war, text):
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.words == one.typed.sentence
        assert all(row["quote"] == one.words for row in one.typed.citations)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The U.S. army left. Gen. J. Smith said so.",
            ["The U.S. army left.", "Gen. J. Smith said so."],
        ),
        ('"We won." They said 3.5 km.', ['"We won."', "They said 3.5 km."]),
        (
            "A headline\n\nA wrapped\nline of text. End",
            ["A headline", "A wrapped\nline of text.", "End"],
        ),
        ("سيطر الجيش. هل انسحب؟ نعم!", ["سيطر الجيش.", "هل انسحب؟", "نعم!"]),
        ("وقال د. أحمد ذلك. انتهى", ["وقال د. أحمد ذلك.", "انتهى"]),
        ("It fell (again). Then…  nothing", ["It fell (again).", "Then…", "nothing"]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, wanted: list[str]) -> None:
    assert [text[start:end] for start, end in article.sentences(text)] == wanted


def of(war: Conflict, text: str, **given: Any) -> list[Suggested]:
    return list(article.suggested(war, index_of(war), text, Given(**given), ON))


def test_each_sentence_that_states_a_change_is_proposed_and_no_other(war: Conflict) -> None:
    text = "IS retook East on Friday. Residents spoke of hunger. SDF failed to enter West."
    (one,) = of(war, text)
    assert (one.typed.actor, one.typed.verb, one.typed.places) == ("IS", "retook", ["East"])


def test_an_agency_that_quotes_a_monitor_is_one_report_of_the_agency(war: Conflict) -> None:
    (one,) = of(war, "IS retook East on Friday, A monitor said.", source="An agency")
    (row,) = one.typed.citations
    assert (row["source"], row["relays"], row["stance"]) == ("An agency", "A monitor", "reports")
    (own,) = of(war, "IS retook East on Friday, A monitor said.", source="A monitor")
    (row,) = own.typed.citations
    assert (row["source"], row["relays"]) == ("A monitor", "")
    agency = Source.objects.get(slug="agency")
    SourceName.objects.create(source=agency, name="AA", folded=fold_name("AA"))
    (known,) = of(war, "IS retook East, An agency reported, citing A monitor.", source="AA")
    (row,) = known.typed.citations
    assert row["relays"] == "A monitor"
    (chain,) = of(war, "IS retook East, An agency reported, citing A monitor.", source="A paper")
    (row,) = chain.typed.citations
    assert (row["source"], row["relays"]) == ("A paper", "An agency > A monitor")


def test_days_are_meant_by_the_day_of_publication(war: Conflict) -> None:
    one, two = of(war, "IS retook East on Friday. SDF captured West yesterday.")
    assert (one.typed.date, two.typed.date) == ("2017-06-30", "2017-07-02")
    assert one.typed.entered == "2017-07-03"


def test_where_no_day_is_said_it_had_happened_by_then_and_that_is_a_guess(war: Conflict) -> None:
    (one,) = of(war, "IS retook East.")
    assert one.typed.date == "../2017-07-03"
    assert [value for value, _label in one.guesses["date"]] == [
        *("../2017-07-03", "2017-07-03", "2017-07-02"),
    ]


def test_several_changes_of_a_sentence_share_its_words(war: Conflict) -> None:
    one, two = of(war, "IS retook East and SDF captured West.")
    assert (one.start, one.end, one.words) == (two.start, two.end, two.words)
    assert (one.typed.nth, two.typed.nth) == ("0", "1")
    assert two.typed.places == ["West"]


def test_the_report_that_is_given_once_goes_to_each_and_quotes_whom_the_words_name(
    war: Conflict,
) -> None:
    given = {
        "source": "An agency", "title": "T", "url": "https://a.example/", "published": "2017-07-03",
    }  # fmt: skip
    one, two = of(war, "IS retook East. SDF captured West, A monitor said.", **given)
    assert [row["source"] for row in one.typed.citations] == ["An agency"]
    assert [row["source"] for row in two.typed.citations] == ["An agency"]
    assert [row["relays"] for row in two.typed.citations] == ["A monitor"]
    for row in (*one.typed.citations, *two.typed.citations):
        assert (row["title"], row["url"], row["published"]) == (
            *("T", "https://a.example/", "2017-07-03"),
        )
