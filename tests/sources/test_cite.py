"""A report is made once, however often it is cited; what is no web address or date is refused."""

from typing import Any

import pytest
from django.db import connection

from events.models import Report
from events.sources import BadReport, Cited, cite, cite_many
from tests.factories import SourceFactory


def test_the_same_report_is_made_once(db: None) -> None:
    source = SourceFactory()
    details = {"title": "Raqqa", "url": "https://example.org/a?b=1", "published": "2017-07-01"}
    first = cite(source, **details)
    again = cite(source, **details, quote="They retook it.")
    assert first == again
    assert Report.objects.get().quote == "They retook it."


def test_quoted_words_that_are_there_stay(db: None) -> None:
    source = SourceFactory()
    cite(source, title="Raqqa", quote="first")
    assert cite(source, title="Raqqa", quote="second").quote == "first"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", "javascript:alert(1)"),
        ("url", "ftp://example.org/"),
        ("url", "example"),
        ("url", "https://" + "a" * 1100 + ".org"),
        ("url", "https://example..org/a"),
        ("url", "https://example.org/a b"),
        ("url", "https://example.org/a\u00a0b"),
        ("published", "yesterday"),
        ("published", "2017-02-30"),
        ("title", "x" * 401),
    ],
)
def test_a_bad_field_is_named_and_nothing_written(db: None, field: str, value: str) -> None:
    with pytest.raises(BadReport) as refused:
        cite(SourceFactory(), **{"title": "Raqqa", field: value})
    assert list(refused.value.errors) == [field]
    assert not Report.objects.exists()


def test_a_report_may_relay_another(db: None) -> None:
    first = cite(SourceFactory(), title="Statement")
    assert cite(SourceFactory(), title="Agency story", relays=first).relays == first


def test_one_item_that_quotes_two_is_two_reports_each_made_once(db: None) -> None:
    agency, one, other = (cite(SourceFactory()) for _each in range(3))
    story = {"title": "Agency story", "published": "2017-06-30"}
    own = cite(agency.source, **story)
    told = [cite(agency.source, **story, relays=origin) for origin in (one, other, one)]
    assert told[0] == told[2]
    assert len({own, *told}) == 3
    with connection.cursor() as cursor:
        assert cite_many([Cited(agency.source.pk, "Agency story", "", "2017-06-30")], cursor) == {
            Cited(agency.source.pk, "Agency story", "", "2017-06-30"): own.pk
        }


def test_many_reports_are_found_or_made_in_a_few_statements(
    db: None, django_assert_max_num_queries: Any
) -> None:
    source = SourceFactory()
    have = cite(source, title="Tuesday", url="https://example.org/1", published="2017-06-27")
    wanted = [
        Cited(source.pk, "Tuesday", "https://example.org/1", "2017-06-27"),
        *(Cited(source.pk, f"Report {number}", "", "") for number in range(30)),
    ]
    with django_assert_max_num_queries(5), connection.cursor() as cursor:
        ids = cite_many(wanted + wanted, cursor)
        again = cite_many(wanted, cursor)
    assert ids[wanted[0]] == have.pk
    assert len(set(ids.values())) == Report.objects.count() == 31
    assert again == ids
