"""A record that is written as CSV and read again, in a conflict that had nothing, is the same record."""

from datetime import date, datetime, time, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from events import exchange, ledger
from events.models import Change, Conflict, Place, Report
from tests.demo import put_demo
from tests.factories import ConflictFactory
from tests.war import make_war, say

FIELDS = (
    *("public_id", "date", "actor__slug", "verb", "place_count", "other_actor__slug", "headline"),
    *("note", "ruling", "ruling_reason"),
)
DAYS = ("2012-07-20", "2014-07-01", "2016-12-22", "2017-06-30", "2024-12-31")


def written(conflict: Conflict, what: str) -> str:
    out = StringIO(newline="")
    call_command(f"export_{what}", conflict.slug, stdout=out)
    return out.getvalue()


def bring(tmp_path: Path, what: str, text: str, conflict: Conflict) -> exchange.Outcome:
    path = tmp_path / f"{what}.csv"
    path.write_text(text, encoding="utf-8", newline="")
    importer = getattr(exchange, f"import_{what}")
    return exchange.run(path, lambda path, outcome: importer(path, outcome, conflict))


def bring_all(tmp_path: Path, old: Conflict, new: Conflict) -> None:
    bring(tmp_path, "places", written(old, "gazetteer"), new)
    bring(tmp_path, "actors", written(old, "actors"), new)
    bring(tmp_path, "changes", written(old, "changes"), new)


def places_of(conflict: Conflict) -> list[Any]:
    plain = ("slug", "kind", "name", "population", "geonames_id", "pcode", "wikidata")
    return [
        (
            [getattr(place, name) for name in plain],
            place.parent and place.parent.slug,
            (place.point and place.point.wkb, place.area and place.area.wkb),
            sorted(place.names.values_list("name", "language", "kind")),
        )
        for place in Place.objects.filter(conflict=conflict).order_by("slug")
    ]


def standing_changes(conflict: Conflict) -> dict[str, Any]:
    rows = Change.objects.filter(conflict=conflict, superseded_by=None).exclude(kind="retraction")
    return {
        change.public_id: (
            Change.objects.filter(pk=change.pk).values_list(*FIELDS).get(),
            [named.place.slug for named in change.named_places.select_related("place")],
            sorted(
                change.citations.values_list(
                    *("report__source__slug", "report__title", "report__url", "report__published"),
                    *("stance", "note"),
                )
            ),
        )
        for change in rows
    }


def standings(conflict: Conflict, day: str) -> dict[str, Any]:
    close = datetime.combine(date.fromisoformat(day) + timedelta(days=1), time(), conflict.zone)
    found = ledger.standings(conflict, close)
    return {
        slug: (standing.state, standing.holds, standing.contests, standing.besieges)
        for slug, standing in found.items()
    }


def test_the_demo_comes_back_whole(db: None, tmp_path: Path) -> None:
    demo = put_demo()
    fresh = ConflictFactory(slug="fresh", timezone=demo.timezone, start=demo.start, end=demo.end)
    bring_all(tmp_path, demo, fresh)
    assert places_of(fresh) == places_of(demo)
    assert standing_changes(fresh) == standing_changes(demo)
    assert len(standing_changes(demo)) > 900
    for day in DAYS:
        assert standings(fresh, day) == standings(demo, day)
    assert written(fresh, "changes") == written(demo, "changes")


@pytest.fixture
def war(db: None) -> Conflict:
    """What is said of the same day in an order that is not that of entry, notes, two places, what was taken back."""
    war = make_war()
    say(war, "c4", "2018-01-01", "sdf", "captured", "east", "west", headline="=1+1", note="'-two'")
    say(war, "c5", "2018-01-01", "is", "captured", "east", day_order=-1)
    wrong = say(war, "c6", "2018-02-01", "is", "captured", "west")
    gone = say(war, "c7", "2018-03-01", "is", "captured", "village")
    change = Change.objects.get(conflict=war, public_id="c4")
    for title, note in (("One", "on the east alone"), ("Two", "")):
        report = Report.objects.create(source=Report.objects.all()[0].source, title=title)
        change.citations.create(report=report, stance="claims", note=note)
    ledger.retract(gone, reason="it did not happen", by=None)
    (citation,) = wrong.citations.all()
    new = ledger.NewChange(
        conflict=war,
        actor=wrong.actor,
        verb="captured",
        places=list(wrong.places.all()),
        date="2018-02-02",
        public_id="c6-mended",
        citations=[ledger.NewCitation(citation.report, "reports", "seen by two")],
    )
    ledger.correct(wrong, new, reason="a day later", by=None)
    return war


def test_what_stands_goes_out_with_every_note_and_what_was_taken_back_stays(
    war: Conflict, tmp_path: Path
) -> None:
    fresh = ConflictFactory(slug="fresh", timezone=war.timezone, start=war.start, end=war.end)
    bring_all(tmp_path, war, fresh)
    found = standing_changes(fresh)
    assert found == standing_changes(war)
    assert set(found) == {"c1", "c2", "c3", "c4", "c5", "c6-mended"}
    assert places_of(fresh) == places_of(war)
    for day in ("2017-06-20", "2018-01-01", "2018-02-01", "2018-03-02"):
        assert standings(fresh, day) == standings(war, day)


def test_the_same_file_again_changes_nothing(war: Conflict, tmp_path: Path) -> None:
    text = written(war, "gazetteer")
    again = bring(tmp_path, "places", text, war)
    assert (again.created, again.updated) == (0, 0)
    assert written(war, "gazetteer") == text


def test_no_cell_is_run_by_a_spreadsheet(war: Conflict) -> None:
    assert "'=1+1" in written(war, "changes")
    assert ",=1+1" not in written(war, "changes")
