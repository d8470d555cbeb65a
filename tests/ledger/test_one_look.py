"""What is asked together is answered of one record, whoever publishes meanwhile."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from events import ledger
from events.ledger.published import one_look, public_changes
from events.models import Conflict, Place
from tests.war import make_war, say


def publish_elsewhere(war: Conflict) -> None:
    def there() -> None:
        try:
            say(war, "meanwhile", "2018", "sdf", "captured", "city")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        other.submit(there).result()


@pytest.mark.django_db(transaction=True)
def test_a_publication_in_between_is_not_half_seen() -> None:
    war = make_war()
    with one_look():
        before = public_changes(war).count()
        publish_elsewhere(war)
        assert public_changes(war).count() == before
        now = timezone.now()
        assert ledger.standings(war, now)["west"].holds == ("is",)
    assert public_changes(war).count() == before + 1


@pytest.mark.django_db(transaction=True)
def test_a_look_writes_nothing() -> None:
    war = make_war()
    with pytest.raises(DatabaseError, match="read-only"), one_look():
        Place.objects.filter(conflict=war).update(name="x")
