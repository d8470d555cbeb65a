"""The names in memory follow the gazetteer: what was altered is read again, that alone, and equals all read anew."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.gazetteer import fold_name, index_of, indexing
from events.models import ActorName, Conflict, Place, PlaceName, Source
from tests.factories import ActorFactory, PlaceFactory, SourceFactory
from tests.war import make_war


@pytest.fixture
def war(db: None) -> Conflict:
    return make_war()


def plain(war: Conflict, index: Any) -> dict[str, Any]:
    """Without names that lead nowhere."""
    return {
        "names": {n: sorted(t.slug for t in things) for n, things in index.names.items() if things},
        "things": index.things,
        "slugs": index.by_slug,
        "of": {key: sorted(names) for key, names in index.of.items() if names},
        "leanings": {k: v for k, v in index.leanings.items() if v},
        "counts": index.counts,
        "sounds": {
            s: sorted(n for n in names if index.names.get(n)) for s, names in index.sounds.items()
        },
    }


def named(thing: Any, name: str) -> None:
    PlaceName.objects.create(place=thing, name=name, folded=fold_name(name), language="xx")


CHANGES = {
    "a place": lambda war: PlaceFactory(conflict=war, slug="new", name="Newtown"),
    "a name": lambda war: named(war.places.get(slug="east"), "Orient"),
    "a place renamed": lambda war: PlaceName.objects.filter(place__slug="east").update(
        name="Ost", folded="ost"
    ),
    "a place moved": lambda war: Place.objects.get(slug="west").save(),
    "an actor": lambda war: ActorFactory(conflict=war, slug="new", aliases=["Novel"]),
    "an actor's name": lambda war: ActorName.objects.create(
        actor=war.actors.get(slug="is"), name="Dawla", folded="dawla"
    ),
    "a source": lambda war: SourceFactory(slug="paper", name="A paper"),
    "a source renamed": lambda war: Source.objects.filter(slug="monitor").update(name="Monitor 2"),
    "another conflict's place": lambda war: PlaceFactory(slug="elsewhere"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_altered_is_read_again_and_equals_all_read_anew(
    war: Conflict, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = index_of(war)
    monkeypatch.setattr(indexing, "_built", lambda *_args: pytest.fail("all was read anew"))
    CHANGES[change](war)
    again = index_of(war)
    assert again is kept
    monkeypatch.undo()
    indexing._kept.clear()
    fresh = index_of(war)
    assert {k: v for k, v in plain(war, again)["sounds"].items() if v} == plain(war, fresh)[
        "sounds"
    ]
    for part in ("names", "things", "slugs", "of", "leanings", "counts"):
        assert plain(war, again)[part] == plain(war, fresh)[part], part


def test_what_was_deleted_is_seen_by_the_count(
    war: Conflict, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = index_of(war)
    ActorName.objects.filter(name="قسد").delete()
    monkeypatch.setattr(indexing, "CHECK_AFTER", 0)
    fresh = index_of(war)
    assert fresh is not kept
    assert fresh.called(fold_name("قسد")) == []


def test_a_look_where_nothing_was_altered_is_one_query(war: Conflict) -> None:
    index_of(war)
    with CaptureQueriesContext(connection) as captured:
        index_of(war)
    assert len(captured) == 1
