"""Whatever is published, corrected and retracted, in whatever order: the Spans that the ledger keeps are those
that it would build anew, and those that the oracle says, as known at every instant; and the past of the known
axis stays as it was, byte for byte.

Each history has a conflict of its own in the real database and commits every step. HYPOTHESIS_PROFILE=long
runs many more (docs/testing.md).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from events import ledger
from events.models import Change

from .compare import TICK, answer, overlapping, worth_asking
from .effort import effort
from .made import PLACES, Saying, sayings
from .oracle import Oracle, Said
from .world import World

DAYS = ("2017-06-29", "2017-07-01")


class History(RuleBasedStateMachine):
    """`standing`: names of the statements that stand; `gone`: of those that do not."""

    standing: Bundle[str] = Bundle("standing")
    gone: Bundle[str] = Bundle("gone")

    def __init__(self) -> None:
        super().__init__()
        self.world, self.oracle, self.client = World(), Oracle(PLACES), Client()
        # Known instant -> what was answered when it was the last one.
        self.told: dict[datetime, Any] = {}
        # Name -> the date as it was written.
        self.dates: dict[str, str] = {}

    def heard(self, change: Change, saying: Saying, corrects: Said | None = None) -> str:
        """The oracle hears of a publication. A date that is said again means what it meant (decision 10)."""
        published = change.recorded_at
        latest = published if saying.dated.latest is None else saying.dated.latest
        if corrects is not None and saying.dated.text == self.dates[corrects.name]:
            latest = corrects.latest
        self.dates[change.public_id] = saying.dated.text
        said = Said(
            name=change.public_id,
            entry=change.pk if corrects is None else corrects.entry,
            verb=saying.verb,
            actor=saying.actor,
            places=saying.places,
            latest=latest,
            earliest=saying.dated.earliest,
            other=saying.other,
            place_count=saying.place_count,
            day_order=saying.day_order,
            ruling=saying.ruling,
            published=published,
        )
        self.oracle.say(said)
        return said.name

    def answers(self, known_at: datetime) -> dict[str, Any]:
        """What a reader gets, as known at an instant: bytes of the public API, and the Spans."""
        address = f"/api/v1/conflicts/{self.world.conflict.slug}"
        found: dict[str, Any] = {}
        for asked in [
            *(f"/standing?at={day}" for day in DAYS),
            f"/changes?from={DAYS[0]}",
            "/places/city/history?",
        ]:
            response = self.client.get(f"{address}{asked}&known_at={known_at.isoformat()}")
            assert response.status_code == 200, response.content
            found[asked] = response.content
        return found

    @rule(target=standing, saying=sayings())
    def publish(self, saying: Saying) -> str:
        return self.heard(ledger.publish(self.world.new(saying), by=None), saying)

    @rule(target=standing, many=st.lists(sayings(), min_size=2, max_size=4))
    def publish_at_once(self, many: list[Saying]) -> Any:
        news = [self.world.new(saying) for saying in many]
        changes = ledger.publish_many(news, conflict=self.world.conflict, by=None)
        assert len({change.recorded_at for change in changes}) == 1
        return multiple(*map(self.heard, changes, many))

    @rule(target=standing, saying=sayings(), times=st.integers(2, 3))
    def publish_by_key(self, saying: Saying, times: int) -> str:
        """Asked again with the same key, it is the same Change, and nothing else happens."""
        key = f"key-{self.world.conflict.pk}-{len(self.oracle.said)}"
        changes = [
            ledger.publish(self.world.new(saying, key), by=None, at=None) for _ in range(times)
        ]
        assert len({change.pk for change in changes}) == 1
        return self.heard(changes[0], saying)

    @rule(old=consumes(standing), target=standing, saying=sayings())
    def correct(self, old: str, saying: Saying) -> str:
        change = ledger.correct(
            self.world.change(old), self.world.new(saying), reason="it was otherwise", by=None
        )
        return self.heard(change, saying, self.oracle.withdraw(old, change.recorded_at))

    @rule(old=consumes(standing), target=gone)
    def retract(self, old: str) -> str:
        change = ledger.retract(self.world.change(old), reason="nobody says so any more", by=None)
        self.oracle.withdraw(old, change.recorded_at)
        return old

    @rule(old=gone, saying=sayings())
    def correct_in_vain(self, old: str, saying: Saying) -> None:
        self.refused(
            lambda: ledger.correct(
                self.world.change(old), self.world.new(saying), reason="too late", by=None
            )
        )
        self.refused(lambda: ledger.retract(self.world.change(old), reason="too late", by=None))

    @rule()
    def rebuild(self) -> None:
        assert ledger.rebuild(self.world.conflict) == (0, 0)

    def refused(self, call: Callable[[], object]) -> None:
        before = Change.objects.count(), self.world.spans()
        with pytest.raises(ledger.Refused):
            call()
        assert (Change.objects.count(), self.world.spans()) == before

    @invariant()
    def stored_is_recomputed(self) -> None:
        assert ledger.check(self.world.conflict) == []

    @invariant()
    def the_last_word_is_kept(self) -> None:
        instants = [said.published for said in self.oracle.said]
        instants += [said.gone for said in self.oracle.said if said.gone is not None]
        last = max(instants, default=None)
        if last is not None and last not in self.told:
            self.told[last] = (self.answers(last), self.world.known(last))

    def teardown(self) -> None:
        asked = worth_asking(self.oracle)
        # as known from each publication on, and just before it
        for known in [at + n for at in sorted(self.told) for n in (-TICK, 0 * TICK)]:
            for place, spans in self.world.known(known).items():
                assert overlapping(spans) == []
                for valid in asked:
                    expected = self.oracle.ask(place, valid, known)
                    assert answer(spans, valid) == expected, (place, valid, known)
        for known, (answers, spans) in self.told.items():
            assert self.world.known(known) == spans, "what was known changed"
            assert self.answers(known) == answers, "what readers were told changed"


@pytest.mark.django_db(transaction=True)
def test_every_history_can_be_trusted() -> None:
    run_state_machine_as_test(History, settings=effort(examples=8, steps=12))
