"""changes.csv: rows of one id are one change, and the record is only ever added to."""

from datetime import UTC, datetime
from functools import partial

import pytest
from django.db import connection

from events import exchange, ledger
from events.ledger import known
from events.models import Change, Citation, Conflict, Report, Span

from .conftest import Bring

HEADER = (
    "id,date,actor,verb,place,other_actor,source,stance,report_title,report_url,published,"
    "ruling,note,place_count\n"
)
HELD = """
    SELECT EXISTS (
        SELECT FROM pg_locks
        WHERE locktype = 'advisory' AND mode = 'ExclusiveLock' AND classid = %s AND pid = pg_backend_pid()
    )
"""
ONE = "c1,2014-01-14,red,captured,city,blue,monitor,reports,Daily report,,2014-01-15,,,\n"


def test_rows_of_one_id_are_citations_of_one_change(bring: Bring, conflict: Conflict) -> None:
    more = "c1,2014-01-14,red,captured,city,blue,The Daily,denies,,https://example.org/x,,,they deny it,\n"
    assert bring(exchange.import_changes, HEADER + ONE + more).created == 1
    change = Change.objects.get()
    stances = change.citations.values_list("report__source__slug", "stance", "note")
    assert list(stances) == [("monitor", "reports", ""), ("daily", "denies", "they deny it")]
    assert ledger.standings(conflict, datetime(2014, 2, 1, tzinfo=UTC))["city"].holds == ("red",)


def test_names_and_aliases_do_as_well_as_slugs(bring: Bring, conflict: Conflict) -> None:
    row = "c1,2014-01-14,Reds,captured,North > المدينة,,The Monitor,,,,,,,\n"
    assert bring(exchange.import_changes, HEADER + row).problems == []
    assert Change.objects.get().actor.slug == "red"


def test_the_same_file_twice_changes_nothing(bring: Bring, conflict: Conflict) -> None:
    bring(exchange.import_changes, HEADER + ONE)
    spans = list(Span.objects.values_list("pk", "known"))
    again = bring(exchange.import_changes, HEADER + ONE)
    assert (again.created, again.unchanged, again.problems) == (0, 1, [])
    assert list(Span.objects.values_list("pk", "known")) == spans
    assert (Citation.objects.count(), Report.objects.count()) == (1, 1)


def test_a_published_change_is_not_altered_by_an_import(bring: Bring, conflict: Conflict) -> None:
    bring(exchange.import_changes, HEADER + ONE)
    problem = bring(
        exchange.import_changes, HEADER + ONE.replace("2014-01-14", "2014-01-16")
    ).problems[0]
    assert (problem.column, "append-only" in problem.reason) == ("date", True)
    assert Change.objects.get().date == "2014-01-14"


@pytest.mark.parametrize(
    ("old", "new", "column", "says"),
    [
        ("2014-01-14", "2017-02-30", "date", "2017-02-30"),
        ("2014-01-14", "2999-01-01", "date", "in the future"),
        (",red,", ",pink,", "actor", "pink"),
        (",city,", ",atlantis,", "place", "atlantis"),
        (",captured,", ",liberated,", "verb", "liberated"),
        (",monitor,", ",gossip,", "source", "gossip"),
        (",monitor,", ",,", "source", "at least one source"),
        (",reports,", ",hears,", "source", "stance"),
        (",blue,", ",red,", "other_actor", "same as the actor"),
        ("Daily report,,", "Daily report,javascript:x,", "report_url", "web address"),
        ("2014-01-15", "soon", "published", "soon"),
        ("2014-01-15,,", "2014-01-15,perhaps,", "ruling", "perhaps"),
        (",,,\n", ",,,some\n", "place_count", "whole number"),
        ("c1,", ",", "id", "empty"),
    ],
)
def test_a_refused_row_is_named_and_nothing_is_saved(
    bring: Bring, conflict: Conflict, old: str, new: str, column: str, says: str
) -> None:
    good = ONE.replace("c1", "c0")
    assert old in ONE
    bad = ONE.replace(old, new) if old != ",,,\n" else ONE[:-1] + "some\n"
    outcome = bring(exchange.import_changes, HEADER + good + bad)
    assert [(p.line, p.column) for p in outcome.problems] == [(3, column)]
    assert says in outcome.problems[0].reason or says == outcome.problems[0].value
    assert not Change.objects.exists()
    assert not Report.objects.exists()


def test_rows_of_one_change_must_agree(bring: Bring, conflict: Conflict) -> None:
    outcome = bring(exchange.import_changes, HEADER + ONE + ONE.replace("captured", "entered"))
    assert [(p.line, p.column) for p in outcome.problems] == [(3, "verb")]


def test_an_import_may_say_when_it_was_published(bring: Bring, conflict: Conflict) -> None:
    at = datetime(2015, 1, 1, tzinfo=UTC)
    bring(partial(exchange.import_changes, published_at=at), HEADER + ONE)
    assert Change.objects.get().recorded_at == at
    assert {span.known.lower for span in Span.objects.all()} == {at}


def test_what_the_ledger_refuses_leaves_no_report(bring: Bring, conflict: Conflict) -> None:
    bring(exchange.import_changes, HEADER + ONE)
    early = partial(exchange.import_changes, published_at=datetime(2014, 2, 1, tzinfo=UTC))
    again = ONE.replace("c1", "c2").replace("Daily report", "Another")
    outcome = bring(early, HEADER + again, skip_bad=True)
    assert (outcome.created, [problem.column for problem in outcome.problems]) == (0, [""])
    assert (Change.objects.count(), Report.objects.count()) == (1, 1)


def test_beside_what_the_ledger_refuses_all_that_is_wrong_is_named(
    bring: Bring, conflict: Conflict
) -> None:
    bring(exchange.import_changes, HEADER + ONE)
    early = partial(exchange.import_changes, published_at=datetime(2014, 2, 1, tzinfo=UTC))
    rows = [ONE.replace("c1", "c2"), ONE.replace("c1", "c3").replace("monitor", "gossip")]
    outcome = bring(early, HEADER + "".join(rows))
    assert [(p.line, p.column) for p in outcome.problems] == [(1, ""), (3, "source")]


def test_a_file_of_many_batches_is_in_the_record_whole(
    bring: Bring, conflict: Conflict, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange.changes, "BATCH", 2)
    rows = [ONE.replace("c1", f"c{n}").replace("Daily report", f"Report {n % 3}") for n in range(7)]
    assert bring(exchange.import_changes, HEADER + "".join(rows)).created == 7
    told = Change.objects.order_by("pk").values_list("public_id", "citations__report__title")
    assert list(told) == [(f"c{n}", f"Report {n % 3}") for n in range(7)]
    assert Report.objects.count() == 3


def test_the_good_changes_are_kept_where_that_was_asked(bring: Bring, conflict: Conflict) -> None:
    bad = ONE.replace("c1", "c2").replace("city", "atlantis")
    outcome = bring(exchange.import_changes, HEADER + ONE + bad, skip_bad=True)
    assert (outcome.created, len(outcome.problems)) == (1, 1)
    assert Change.objects.get().public_id == "c1"


def test_of_a_bad_change_no_report_is_kept(bring: Bring, conflict: Conflict) -> None:
    bad = ONE.replace("c1", "c2").replace("city", "atlantis").replace("Daily", "Evening")
    late = bad.replace("c2", "c1")
    bring(exchange.import_changes, HEADER + ONE + bad, skip_bad=True)
    outcome = bring(exchange.import_changes, HEADER + late + bad, skip_bad=True)
    assert [problem.line for problem in outcome.problems] == [2, 3]
    assert [report.title for report in Report.objects.all()] == ["Daily report"]


def test_what_is_new_is_published_beside_what_is_in_the_record(
    bring: Bring, conflict: Conflict
) -> None:
    bring(exchange.import_changes, HEADER + ONE)
    new = ONE.replace("c1", "c2").replace("Daily", "Evening")
    outcome = bring(exchange.import_changes, HEADER + new + ONE)
    assert (outcome.created, outcome.unchanged, outcome.problems) == (1, 1, [])
    told = Change.objects.order_by("pk").values_list("public_id", "citations__report__title")
    assert list(told) == [("c1", "Daily report"), ("c2", "Evening report")]


def test_all_that_is_wrong_is_named_in_the_order_of_the_file(
    bring: Bring, conflict: Conflict
) -> None:
    bring(exchange.import_changes, HEADER + ONE)
    rows = [
        ONE.replace("c1", "c2").replace("city", "atlantis"),
        ONE.replace("captured", "entered"),
        "c3,too,few\n",
        ONE.replace("c1", "c4").replace("monitor", "gossip"),
    ]
    for skip_bad in (False, True):
        outcome = bring(exchange.import_changes, HEADER + "".join(rows), skip_bad=skip_bad)
        assert [problem.line for problem in outcome.problems] == [2, 3, 4, 5]
    assert Change.objects.count() == 1


def test_from_the_first_bad_row_on_nothing_is_locked(
    bring: Bring, conflict: Conflict, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked: list[bool] = []
    validate = ledger.validate

    def watched(*given: object) -> object:
        with connection.cursor() as cursor:
            cursor.execute(HELD, [known.LOCK])
            locked.append(cursor.fetchone()[0])
        return validate(*given)

    monkeypatch.setattr(ledger, "validate", watched)
    rows = [ONE.replace("c1", f"c{n}") for n in range(4)]
    rows[1] = rows[1].replace("captured", "liberated")
    # Given its instant by an operator, it has the known axis alone: no lock of the fixtures' is like that.
    at = datetime(2015, 1, 1, tzinfo=UTC)
    bring(partial(exchange.import_changes, published_at=at), HEADER + "".join(rows))
    assert locked == [True, True, False, False]


def test_a_date_in_another_form_of_the_same_is_no_difference(
    bring: Bring, conflict: Conflict
) -> None:
    def dated(date: str) -> str:
        return HEADER + ONE.replace("2014-01-14", date)

    bring(exchange.import_changes, dated("2014-01-14T14:00+0300"))
    assert Change.objects.get().date == "2014-01-14T14:00:00+03:00"
    assert bring(exchange.import_changes, dated("2014-01-14T14:00+0300")).unchanged == 1
    assert bring(exchange.import_changes, dated("2014-01-14T14:00:00+03")).unchanged == 1
    assert bring(exchange.import_changes, dated("2014-02-30")).problems[0].column == "date"


def test_of_what_lies_long_back_a_record_that_stands_is_told_each_line_and_the_first_ids(
    bring: Bring, conflict: Conflict, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange.changes, "BATCH", 2)
    bring(exchange.import_changes, HEADER + ONE)
    rows = [
        ONE.replace("c1", f"n{n}").replace("2014-01-14", f"2014-02-{n:02}") for n in range(1, 9)
    ]
    # Further rows of one change are no lines of their own.
    rows.insert(3, rows[2].replace("monitor", "daily").replace("reports", "confirms"))
    doubts = bring(exchange.import_changes, HEADER + "".join(rows)).doubts
    lines = [2, 3, 4, 6, 7, 8, 9, 10]
    assert list(doubts.lines["long_ago"]) == lines
    first = [(line, f"n{n}", "long_ago") for n, line in enumerate(lines[:5], 1)]
    assert doubts.first["long_ago"] == first
    told = [doubt for doubt in doubts if doubt.code == "long_ago"]
    assert told == [(line, f"n{n}", "long_ago") for n, line in enumerate(lines, 1)]
    assert len(doubts) == sum(len(of) for of in doubts.lines.values()) == len(list(doubts))
