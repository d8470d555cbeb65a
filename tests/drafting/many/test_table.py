"""Pasted rows: apart as they were copied, columns by name or by what stands in them, nothing of the text lost."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.drafting.many import cells, columns, table
from events.drafting.many.rows import Reader
from events.drafting.many.suggested import Given, Suggested
from events.gazetteer import index_of
from events.models import Conflict

ON = date(2017, 7, 1)
TEXTS = st.text(
    st.sampled_from([*"ab\"'\t,;|\n 9٣", "\u202e", "\u200f", "😀", "<", "\u2028", "\x0b", "\x00"])
)


@given(text=TEXTS, sign=st.sampled_from(["", *table.SIGNS]))
def test_no_text_is_lost_and_rows_lie_in_it(text: str, sign: str) -> None:
    at = 0
    for row in table.split(text, sign).rows:
        assert at <= row.start < row.end <= len(text)
        assert text[at : row.start].strip() == ""
        assert row.line == text.count("\n", 0, row.start) + 1
        at = row.end
    assert text[at:].strip() == ""


CELL = st.text(st.sampled_from([*'abc "\n,;\t', "é", "س"]), max_size=8)


@given(
    rows=st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=5),
    sign=st.sampled_from(table.SIGNS[:3]),
)
def test_what_a_spreadsheet_writes_is_read_cell_by_cell(rows: list[list[str]], sign: str) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=sign, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    found = [list(row.cells) for row in table.split(written.getvalue(), sign).rows]
    assert found == [[cell.strip() for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("date\tactor\n2017\tIS", "\t"),
        ("date,actor,place\n2017,IS,Raqqa", ","),
        ("date;actor;place\n2017;IS;Raqqa, east", ";"),
        (
            "IS, the group, said so.\nIt went on, and on.\nNobody, it said, was there, or had been.",
            "",
        ),
        ("One sentence, of an article.", ""),
        ("", ""),
    ],
)
def test_a_table_is_told_from_prose_by_its_signs(text: str, sign: str) -> None:
    assert table.sign_of(text) == sign


def test_a_quote_that_is_never_closed_spoils_one_row_only() -> None:
    rows = table.split('a\tb\n"c\td\ne\tf\n' + "g\th\n" * 80).rows
    assert len(rows) == 83
    assert rows[1].cells == ('"c', "d")
    assert rows[2].cells == ("e", "f")


@pytest.mark.parametrize(
    "names",
    [
        ("id", "date", "actor", "verb", "place", "source"),
        ("Ref", "When", "WHO", "Action", "Where", "According to"),
        ("رقم", "التاريخ", "الطرف", "الفعل", "المكان", "المصدر"),
    ],
)
def test_columns_are_known_by_their_names_and_plain_words(names: tuple[str, ...]) -> None:
    assert columns.by_name(names) == ["id", "date", "actor", "verb", "place", "source"]


def test_every_column_of_the_contract_is_known_by_its_name() -> None:
    contract = (
        "id date actor verb place place_count other_actor headline source report_title report_url "
        "published stance ruling note"
    ).split()
    assert columns.by_name(contract) == contract
    assert set(columns.labels()) == {"", *columns.FIELDS}


def test_a_row_of_facts_is_no_header() -> None:
    assert columns.by_name(("2017-06-30", "IS", "retook", "East")) is None


def test_without_a_header_columns_are_guessed_by_what_stands_in_them(war: Conflict) -> None:
    rows = [
        (
            "30/06/2017",
            "IS",
            "retook",
            "East",
            "SDF",
            "A monitor",
            "https://m.example/1",
            "rubbish",
        ),
        ("15 June 2017", "SDF", "took over", "West", "Daesh", "An agency", "", "zzz"),
    ]
    assert columns.by_contents(war, index_of(war), rows) == [
        *("date", "actor", "verb", "place", "other_actor", "source", "report_url", ""),
    ]


@pytest.mark.parametrize(
    ("cell", "order", "wanted"),
    [
        ("2017-06-30", "", "2017-06-30"),
        ("2017-06-30 00:00:00", "", "2017-06-30"),
        ("30/06/2017", "", "2017-06-30"),
        ("6/30/17", "", "2017-06-30"),
        ("10/08/2017", "day", "2017-08-10"),
        ("10/08/2017", "month", "2017-10-08"),
        ("٣٠/٦/٢٠١٧", "", "2017-06-30"),
        ("Friday", "", "2017-06-30"),
        ("29-30 June 2017", "", "2017-06-29/2017-06-30"),
        ("31/02/2017", "", "31/02/2017"),
        ("soon", "", "soon"),
    ],
)
def test_dates_of_spreadsheets(cell: str, order: str, wanted: str) -> None:
    assert cells.date_of(cell, ON, order)[0] == wanted


def test_a_day_that_may_be_two_is_asked_about_and_a_column_may_say_it() -> None:
    assert cells.date_of("10/08/2017", ON, "") == ("", ["2017-08-10", "2017-10-08"])
    assert cells.day_first(["10/08/2017", "30/06/2017"]) == "day"
    assert cells.day_first(["10/08/2017", "06/30/2017"]) == "month"
    assert cells.day_first(["30/06/2017", "06/30/2017"]) == ""


def of(war: Conflict, text: str, **given: Any) -> list[Suggested]:
    rows = table.split(text).rows
    names = columns.by_name(rows[0].cells)
    assert names
    reader = Reader(war, index_of(war), names, Given(**given), ON)
    return list(reader.suggested(text, rows[1:]))


def test_a_row_becomes_what_would_have_been_typed(war: Conflict) -> None:
    text = "date\twho\twhat\twhere\tfrom\tsource\tnote\n30/06/2017\tDaesh\ttook\tEast; West\tSDF\tA monitor\tn"
    (one,) = of(war, text)
    typed = one.typed
    assert (typed.date, typed.actor, typed.verb, typed.places, typed.other_actor, typed.note) == (
        *("2017-06-30", "Daesh", "captured", ["East", "West"], "SDF", "n"),
    )
    assert typed.citations[0]["source"] == "A monitor"
    assert (one.line, one.words) == (2, text.splitlines()[1])


def test_who_lost_a_place_is_the_other_actor(war: Conflict) -> None:
    text = "date\tactor\tverb\tplace\tother actor\n2017-06-30\tIS\tlost\tEast\tSDF\n2017-06-30\tIS\tlost\tEast\t"
    one, two = of(war, text)
    assert (one.typed.actor, one.typed.verb, one.typed.other_actor) == ("SDF", "captured", "IS")
    assert (two.typed.actor, two.typed.verb, two.typed.other_actor) == ("IS", "withdrew", "")


def test_a_column_of_sentences_is_read_and_other_columns_count_before_it(war: Conflict) -> None:
    text = "description\tdate\nIS retook East yesterday and SDF captured West\t2017-06-15\n"
    one, two = of(war, text)
    assert [(s.typed.actor, s.typed.verb, s.typed.date, s.nth) for s in (one, two)] == [
        ("IS", "retook", "2017-06-15", 0),
        ("SDF", "captured", "2017-06-15", 1),
    ]


def test_rows_of_one_id_are_citations_of_one_change(war: Conflict) -> None:
    text = (
        "id,date,actor,verb,place,source\n1,2017-06-30,IS,retook,East,A monitor\n"
        "1,2017-06-30,IS,retook,East,An agency\n1,2017-07-01,SDF,retook,East,An agency\n"
    )
    one, two = of(war, text)
    assert [row["source"] for row in one.typed.citations] == ["A monitor", "An agency"]
    assert one.words == text[one.start : one.end]
    assert two.typed.actor == "SDF"


def test_what_is_given_once_is_for_rows_that_say_nothing_of_it(war: Conflict) -> None:
    text = "date,actor,verb,place,source\n2017-06-30,IS,retook,East,\n2017-06-30,IS,retook,East,A monitor\n"
    one, two = of(war, text, source="An agency", url="https://a.example/", published="2017-07-01")
    assert (one.typed.citations[0]["source"], one.typed.citations[0]["url"]) == (
        *("An agency", "https://a.example/"),
    )
    assert (two.typed.citations[0]["source"], two.typed.citations[0]["url"]) == ("A monitor", "")
