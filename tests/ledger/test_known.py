"""The known axis: whoever asks what was known at K waits for those whose instant may be up to K."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection, transaction
from django.test import Client

from events import ledger
from events.ledger.known import TICK, database_now, settle, take_instant
from events.models import Change, Conflict, Place, PlaceName, Report, Source
from tests.ledger.racing import PATIENCE, race
from tests.war import make_war, say


@contextmanager
def publication_in_flight(war: Conflict) -> Iterator[None]:
    """Another connection that has taken its instant and has not committed."""
    taken, end = Event(), Event()

    def there() -> None:
        try:
            with transaction.atomic():
                take_instant(war, None)
                taken.set()
                end.wait(PATIENCE)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        running = other.submit(there)
        assert taken.wait(PATIENCE)
        try:
            yield
        finally:
            end.set()
            running.result()


@pytest.mark.django_db(transaction=True)
def test_what_may_still_change_is_not_told() -> None:
    war = make_war()
    before = database_now()
    with publication_in_flight(war):
        settle(war, before - timedelta(seconds=1), patience=0)
        with pytest.raises(ledger.Unsettled):
            settle(war, database_now(), patience=0)
        other = make_war_named("other")
        settle(other, database_now(), patience=0)
    settle(war, database_now(), patience=0)


@pytest.mark.parametrize("table", ["place", "name", "source", "report"])
@pytest.mark.django_db(transaction=True)
def test_whoever_alters_what_answers_are_told_in_is_waited_for(table: str) -> None:
    war = make_war()
    work: dict[str, Callable[[], object]] = {
        "place": lambda: Place.objects.filter(slug="east").update(name="Elsewhere"),
        "name": lambda: PlaceName.objects.filter(place__slug="east").delete(),
        "source": lambda: Source.objects.update(reliability="E"),
        "report": lambda: Report.objects.update(quote="in other words"),
    }
    with race() as running_beside:
        _pid, _answer, running = running_beside.open(work[table])
        with pytest.raises(ledger.Unsettled):
            settle(war, database_now(), patience=0)
        running_beside.commit()
        running.result()
    settle(war, database_now(), patience=0)


def make_war_named(slug: str) -> Conflict:
    war = Conflict.objects.get(slug="war")
    war.pk, war.slug = None, slug
    war.save()
    return war


@pytest.mark.django_db(transaction=True)
def test_a_reader_is_told_to_ask_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    war = make_war()
    monkeypatch.setattr(settle, "__defaults__", (0.0,))
    with publication_in_flight(war):
        now = database_now().isoformat().replace("+", "%2B")
        answer = client.get(f"/api/v1/conflicts/war/standing?known_at={now}")
        assert (answer.status_code, answer["Retry-After"]) == (503, "1")
        assert answer["Content-Type"] == "application/problem+json"
        page = client.get(f"/war/places/east/?known={now}")
        assert page.status_code == 503
        assert client.get("/api/v1/conflicts/war/standing").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_publishers_of_different_places_do_not_wait_for_each_other() -> None:
    war = make_war()
    with publication_in_flight(war):
        assert say(war, "c4", "2018", "sdf", "captured", "village").pk


@pytest.mark.django_db
def test_instants_are_later_than_all_that_is_committed() -> None:
    war = make_war()
    last = Change.objects.latest("recorded_at").recorded_at
    assert take_instant(war, None) > last
    assert take_instant(war, last) == last + TICK


@pytest.mark.django_db
def test_an_instant_before_the_last_publication_or_to_come_is_refused() -> None:
    war = make_war()
    for at in (database_now() - timedelta(days=1), database_now() + timedelta(days=1)):
        with pytest.raises(ledger.Refused) as refused:
            take_instant(war, at)
        assert "at" in refused.value.errors
