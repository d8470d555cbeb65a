"""Sources as the desk makes and edits them."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from events.gazetteer import (
    BadSource,
    SourceAltered,
    WantedSource,
    citing,
    may_edit_source,
    reports_by_source,
    resolve_source,
    save_source,
    source_version,
    wanted_source,
)
from events.models import Actor, Conflict, ReplayDue, Source
from tests.factories import (
    ActorFactory,
    ConflictFactory,
    MembershipFactory,
    PlaceFactory,
    SourceFactory,
)
from tests.war import make_war, say

WIRE = WantedSource("The wire", "agency", "B", "since 1901", "TW\nالسلك", ["sdf"])


@pytest.fixture
def war(db: None) -> Conflict:
    """Its record rests on “A monitor”."""
    return make_war()


@pytest.fixture
def editor(war: Conflict) -> Any:
    return MembershipFactory(conflict=war, role="editor").user


def test_it_is_made_and_found_by_each_of_its_names(war: Conflict, editor: Any) -> None:
    ReplayDue.objects.all().delete()
    made = save_source(war, WIRE, by=editor)
    assert resolve_source("TW") == resolve_source("السلك") == resolve_source("the wire") == made
    assert [actor.slug for actor in made.leanings.all()] == ["sdf"]
    assert (made.slug, made.kind, made.reliability, made.note) == (
        "the-wire",
        "agency",
        "B",
        "since 1901",
    )
    # nobody cites it: there is nothing of it for readers
    assert not ReplayDue.objects.exists()


def test_a_reporter_makes_one_and_edits_none(war: Conflict) -> None:
    reporter = MembershipFactory(conflict=war, role="reporter").user
    made = save_source(war, WIRE, by=reporter)
    with pytest.raises(PermissionDenied):
        save_source(war, WIRE, by=reporter, source=made, version=source_version(made))


def test_it_is_edited_and_readers_files_of_all_who_cite_it_are_due(
    war: Conflict, editor: Any
) -> None:
    monitor = Source.objects.get(slug="monitor")
    ReplayDue.objects.all().delete()
    wanted = replace(wanted_source(war, monitor), reliability="E", aliases="Mon")
    save_source(war, wanted, by=editor, source=monitor, version=source_version(monitor))
    assert Source.objects.get(slug="monitor").reliability == "E"
    assert [due.conflict for due in ReplayDue.objects.all()] == [war]


def test_what_is_saved_unchanged_alters_nothing(war: Conflict, editor: Any) -> None:
    monitor = Source.objects.get(slug="monitor")
    before = source_version(monitor)
    save_source(war, wanted_source(war, monitor), by=editor, source=monitor, version=before)
    assert source_version(monitor) == before


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "***"}, "name"),
        ({"name": "x" * 151}, "name"),
        ({"name": "a  MONITOR"}, "name"),
        ({"kind": ""}, "kind"),
        ({"kind": "blog"}, "kind"),
        ({"reliability": "G"}, "reliability"),
        ({"aliases": "good\n|"}, "aliases"),
        ({"aliases": "x" * 151}, "aliases"),
        ({"aliases": "one name\n" * 3000}, "aliases"),
        ({"note": "x" * 5001}, "note"),
        ({"leanings": ["nobody"]}, "leanings"),
    ],
)
def test_what_is_wrong_is_named_by_its_field_and_nothing_is_saved(
    war: Conflict, editor: Any, changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadSource) as bad:
        save_source(war, replace(WIRE, **changed), by=editor)
    assert list(bad.value.errors) == [field]
    assert Source.objects.count() == 1


def test_a_name_that_another_has_as_its_alias_is_taken(war: Conflict, editor: Any) -> None:
    save_source(war, WIRE, by=editor)
    with pytest.raises(BadSource) as bad:
        save_source(war, replace(WIRE, name="tw"), by=editor)
    assert "The wire" in bad.value.errors["name"]


def test_what_another_saved_meanwhile_is_not_overwritten(war: Conflict, editor: Any) -> None:
    monitor = Source.objects.get(slug="monitor")
    before = source_version(monitor)
    wanted = wanted_source(war, monitor)
    save_source(war, replace(wanted, aliases="Mon"), by=editor, source=monitor, version=before)
    with pytest.raises(SourceAltered):
        save_source(war, replace(wanted, note="late"), by=editor, source=monitor, version=before)


def test_leanings_in_another_conflict_are_left_as_they_are(war: Conflict, editor: Any) -> None:
    monitor = Source.objects.get(slug="monitor")
    theirs = ActorFactory(slug="sdf")
    monitor.leanings.add(theirs)
    wanted = replace(wanted_source(war, monitor), leanings=["is"])
    save_source(war, wanted, by=editor, source=monitor, version=source_version(monitor))
    own = Actor.objects.get(conflict=war, slug="is")
    assert set(monitor.leanings.all()) == {theirs, own}


def elsewhere(source: Source) -> Conflict:
    """Another conflict whose record cites it."""
    other = ConflictFactory()
    ActorFactory(conflict=other, slug="red")
    PlaceFactory(conflict=other, slug="town")
    say(other, "o1", "2017-06-15", "red", "captured", "town")
    assert other in citing(source)
    return other


def test_who_edits_what_others_cite_publishes_there_too(war: Conflict, editor: Any) -> None:
    monitor = Source.objects.get(slug="monitor")
    other = elsewhere(monitor)
    assert set(citing(monitor)) == {war, other}
    wanted, version = wanted_source(war, monitor), source_version(monitor)
    assert not may_edit_source(editor, war, monitor)
    with pytest.raises(PermissionDenied):
        save_source(war, wanted, by=editor, source=monitor, version=version)
    both = MembershipFactory(conflict=war, role="editor").user
    MembershipFactory(user=both, conflict=other, role="editor")
    save_source(war, wanted, by=both, source=monitor, version=version)


def test_a_source_is_cited_by_whoever_cites_who_relays_it(war: Conflict) -> None:
    told = SourceFactory(slug="military").reports.create(title="said so")
    report = Source.objects.get(slug="monitor").reports.first()
    report.relays = told
    report.save()
    assert citing(told.source) == (war,)
    assert reports_by_source(war)[told.source_id] == 1
