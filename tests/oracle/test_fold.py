"""The fold gives what the oracle says, at every instant that matters and between."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from events.chronology.fold import FoldSpan
from tests.golden.by_fold import FoldedTimeline

from .compare import Seen, answer, overlapping, worth_asking
from .effort import effort
from .made import PLACES, Saying, sayings
from .oracle import Oracle, Said

NOW = datetime.fromisoformat("2026-01-01T00:00+00:00")


def folded(said: list[Saying]) -> FoldedTimeline:
    return FoldedTimeline(
        {
            "timezone": "Asia/Damascus",
            "places": [
                {"slug": slug, "kind": kind, "parent": parent}
                for slug, (kind, parent) in PLACES.items()
            ],
            "changes": [
                {
                    "date": one.dated.text,
                    "actor": one.actor,
                    "other_actor": one.other,
                    "verb": one.verb,
                    "places": one.places,
                    "place_count": one.place_count,
                    "ruling": one.ruling,
                    "order": one.day_order,
                }
                for one in said
            ],
        }
    )


def told(said: list[Saying]) -> Oracle:
    oracle = Oracle(PLACES)
    for entry, one in enumerate(said):
        assert one.dated.latest is not None
        oracle.say(
            Said(
                name=str(entry),
                entry=entry,
                verb=one.verb,
                actor=one.actor,
                places=one.places,
                latest=one.dated.latest,
                earliest=one.dated.earliest,
                other=one.other,
                place_count=one.place_count,
                day_order=one.day_order,
                ruling=one.ruling,
                published=NOW,
            )
        )
    return oracle


def seen(span: FoldSpan) -> Seen:
    return Seen(
        span.actor,
        span.role,
        span.valid_from,
        span.valid_to,
        span.doubt_from,
        span.closing_doubt_from,
        str(span.key),
    )


closed_dates = sayings().filter(lambda saying: saying.dated.latest is not None)


@effort(examples=60)
@given(st.lists(closed_dates, min_size=1, max_size=12))
def test_the_fold_says_what_the_oracle_says(said: list[Saying]) -> None:
    oracle, timeline = told(said), folded(said)
    for place, spans in timeline.spans.items():
        rows = [seen(span) for span in spans]
        assert overlapping(rows) == []
        for valid in worth_asking(oracle):
            assert answer(rows, valid) == oracle.ask(place, valid, NOW), (place, valid)
