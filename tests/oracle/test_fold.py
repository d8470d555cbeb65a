"""The fold gives what the oracle says, at every instant that matters and between."""

from dataclasses import replace
from datetime import date, datetime
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from events.chronology.fold import FoldSpan
from tests.golden.by_fold import FoldedTimeline

from .compare import TICK, Seen, answer, overlapping, worth_asking
from .effort import effort
from .made import MAYBE_OTHER, PLACES, TWO_ACTORS, VERBS, Saying, end_of, one_day, sayings
from .oracle import Oracle, Said

Tree = dict[str, tuple[str, str | None]]
CITY: Tree = {"city": ("town", None), "east": ("neighbourhood", "city")}
NOW = datetime.fromisoformat("2026-01-01T00:00+00:00")


def folded(said: list[Saying], tree: Tree = PLACES) -> FoldedTimeline:
    return FoldedTimeline(
        {
            "timezone": "Asia/Damascus",
            "places": [
                {"slug": slug, "kind": kind, "parent": parent}
                for slug, (kind, parent) in tree.items()
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


def told(said: list[Saying], tree: Tree = PLACES) -> Oracle:
    oracle = Oracle(tree)
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


A, B = "is", "sdf"


def every_saying() -> list[Saying]:
    """Each verb by either actor, with and without the other, of a city and of a quarter inside it."""
    found = []
    for verb, actor, place in product(VERBS, (A, B), ("city", "east")):
        others = [] if verb in TWO_ACTORS else [None]
        others += [B if actor == A else A] if verb in (*TWO_ACTORS, *MAYBE_OTHER) else []
        for other, ruling in product(others, ("accepted", "open")):
            dated = one_day(date(2017, 6, 29), "")
            found.append(Saying(verb, actor, other, (place,), dated, None, ruling, 0))
    return found


def test_every_two_statements_in_every_order_of_arrival_and_of_effect() -> None:
    """What one does to what the other left, on one day and on two, whichever was entered first."""
    earlier = one_day(date(2017, 6, 28), "")
    asked = [
        end + n * TICK
        for end in (end_of(date(2017, 6, 28)), end_of(date(2017, 6, 29)))
        for n in (-1, 0)
    ]
    compared = 0
    for first, second in product(every_saying(), repeat=2):
        before = replace(first, dated=earlier)
        for said in ([second, before], [first, second]):
            oracle, timeline = told(said, CITY), folded(said, CITY)
            for place in CITY:
                rows = [seen(span) for span in timeline.spans[place]]
                for valid in asked:
                    assert answer(rows, valid) == oracle.ask(place, valid, NOW), (said, place)
                    compared += 1
    assert compared > 40_000
