"""Two imports at once: the second waits for the first, says so, and finds what it published."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from events import exchange, ledger
from events.models import Change, Conflict, Place
from tests.factories import PlaceFactory
from tests.golden.world import new_changes
from tests.ledger.racing import PATIENCE, race, waits_for
from tests.ledger.test_publish import row

from .test_changes import HEADER, ONE

pytestmark = pytest.mark.django_db(transaction=True)
TWO = ONE.replace("c1", "c2").replace("red,captured,city,blue", "blue,captured,city,red")
PLACES = "slug,kind,name_en\neast,province,East\nwest,province,West\n"


def importing(path: Path, text: str, importer: Any, said: list[str]) -> Any:
    path.write_text(text, encoding="utf-8")
    return lambda: exchange.run(path, importer, waits=lambda: said.append("waits"))


def test_one_file_of_changes_twice_at_once_is_published_once(
    conflict: Conflict, tmp_path: Path
) -> None:
    said: list[str] = []
    importer = partial(exchange.import_changes, conflict=conflict)
    work = importing(tmp_path / "changes.csv", HEADER + ONE + TWO, importer, said)
    with race() as racing:
        first, told, _ = racing.open(work)
        second, answer = racing.start(work)
        assert waits_for(second, first)
        racing.commit()
        again = answer.result(PATIENCE)
    assert (told.created, again.created, again.unchanged) == (2, 0, 2)
    assert (again.problems, said) == ([], ["waits"])
    assert Change.objects.count() == 2
    assert ledger.check(conflict) == []


def test_one_gazetteer_twice_at_once_is_brought_in_once(conflict: Conflict, tmp_path: Path) -> None:
    importer = partial(exchange.import_places, conflict=conflict)
    work = importing(tmp_path / "places.csv", PLACES, importer, [])
    with race() as racing:
        first, told, _ = racing.open(work)
        second, answer = racing.start(work)
        assert waits_for(second, first)
        racing.commit()
        again = answer.result(PATIENCE)
    assert (told.created, again.created, again.unchanged) == (2, 0, 2)
    assert Place.objects.filter(slug__in=["east", "west"]).count() == 2


def test_an_id_that_another_publishes_meanwhile_is_found_in_the_record(
    conflict: Conflict, tmp_path: Path
) -> None:
    PlaceFactory(conflict=conflict, slug="village", kind="town")
    (elsewhere,) = new_changes(conflict, [row(1, "2014-01-14", "red", "captured", "village")])
    elsewhere.public_id = "c1"
    importer = partial(exchange.import_changes, conflict=conflict)
    work = importing(tmp_path / "changes.csv", HEADER + TWO + ONE, importer, [])
    with race() as racing:
        first, _change, _ = racing.open(lambda: ledger.publish(elsewhere, by=None))
        second, answer = racing.start(work)
        assert waits_for(second, first)
        racing.commit()
        with pytest.raises(exchange.Refusal) as refused:
            answer.result(PATIENCE)
    problems = refused.value.outcome.problems
    assert [(problem.line, problem.column) for problem in problems] == [
        (3, "other_actor"),
        (3, "place"),
    ]
    assert [change.public_id for change in Change.objects.all()] == ["c1"]
    assert ledger.check(conflict) == []
