"""Statistics count ranges: what surely was gained and lost, and what may have been."""

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from events.chronology.fold import FoldSpan
from events.chronology.ranges import Stake, Tally, own_voice, stake, tallies, together

START = datetime(2017, 6, 1, tzinfo=UTC)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def held(
    actor: str,
    begins: float,
    ends: float | None = None,
    perhaps_from: float | None = None,
    perhaps_to: float | None = None,
) -> FoldSpan:
    doubt = begins if perhaps_from is None else perhaps_from
    closing = None if ends is None else day(ends if perhaps_to is None else perhaps_to)
    valid_to = None if ends is None else day(ends)
    return FoldSpan(actor, "holds", day(begins), valid_to, day(doubt), closing, 1, None)


DISTRICTS: list[tuple[int, str, int | None]] = [(0, "country", None)]
for number in range(1, 6):
    DISTRICTS += [(number, "district", 0)]
for number in range(1, 6):
    DISTRICTS += [(10 + number, "town", number), (20 + number, "town", number)]


def test_is_lost_3_to_5_districts_in_june() -> None:
    """Three fell for sure, one at some time between 28 June and 2 July, one perhaps already in May."""
    spans: dict[int, list[FoldSpan]] = {}
    for number in range(1, 6):
        spans[10 + number] = [held("is", -900)]
        spans[20 + number] = [held("is", -900)]
    for number in (1, 2, 3):
        spans[10 + number] = [held("is", -900, 9 + number), held("sdf", 9 + number)]
    spans[14] = [held("is", -900, 31, perhaps_to=27), held("sdf", 31, perhaps_from=27)]
    spans[15] = [held("is", -900, 1, perhaps_to=-3), held("sdf", 1, perhaps_from=-3)]
    found = tallies(DISTRICTS, spans, day(0), day(29))
    assert found["is", "district"] == Tally((4, 5), (0, 1), (0, 0), (3, 5))
    assert found["is", "town"].lost == (3, 5)
    assert found["sdf", "town"] == Tally((0, 1), (4, 5), (3, 5), (0, 0))
    assert ("sdf", "district") not in found


def test_what_begins_in_one_doubt_over_both_instants_is_not_lost_by_it() -> None:
    coming = stake([held("is", 20, perhaps_from=0)], day(5), day(10))
    assert (coming.may_gain, coming.may_lose) == (True, False)
    assert (coming.must_gain, coming.must_lose) == (False, False)
    going = stake([held("is", -9, 20, perhaps_to=0)], day(5), day(10))
    assert (going.may_gain, going.may_lose) == (False, True)


def test_held_at_both_ends_is_neither_gained_nor_lost() -> None:
    lost_and_retaken = [held("is", -9, 3), held("is", 6)]
    assert stake(lost_and_retaken, day(0), day(10)) == Stake(True, True, True, True, False, False)


def test_a_day_dated_change_is_in_no_doubt_at_the_close_of_its_day() -> None:
    spans = [held("is", -9, 5, perhaps_to=4)]
    assert stake(spans, day(0), day(5)).must_lose
    assert stake(spans, day(0), day(4)) == Stake(True, True, True, True, False, False)


def test_a_district_is_gained_with_the_last_of_its_towns() -> None:
    places: list[tuple[int, str, int | None]] = [
        (0, "district", None), (1, "town", 0), (2, "town", 0), (3, "site", 0),
    ]  # fmt: skip
    spans = {
        0: [held("b", -9)],
        1: [held("a", -9)],
        2: [held("b", -9, 5), held("a", 5)],
        3: [held("b", -9)],
    }
    found = tallies(places, spans, day(0), day(9))
    assert found["a", "district"] == Tally((0, 0), (1, 1), (1, 1), (0, 0))
    # its own older statement is not heard, and a site has no say
    assert ("b", "district") not in found
    assert found["b", "site"].held_now == (1, 1)


def test_a_town_speaks_for_what_its_quarters_leave() -> None:
    places: list[tuple[int, str, int | None]] = [(0, "town", None), (1, "neighbourhood", 0)]
    spans = {0: [held("b", -9)], 1: [held("b", -9, 5), held("a", 5)]}
    found = tallies(places, spans, day(0), day(9))
    assert found["b", "town"].lost == (1, 1)
    assert ("a", "town") not in found


def test_a_part_not_yet_spoken_of_has_no_voice() -> None:
    places: list[tuple[int, str, int | None]] = [
        (0, "district", None),
        (1, "town", 0),
        (2, "town", 0),
    ]
    spans = {1: [held("a", -9)], 2: [held("b", 5)]}
    found = tallies(places, spans, day(0), day(9))
    assert found["a", "district"] == Tally((1, 1), (0, 0), (0, 0), (1, 1))


INSTANTS = st.integers(0, 12)


@st.composite
def one_actors_spans(draw: Any) -> list[FoldSpan]:
    """Up to three spans of one actor, each after the other, doubts between what is sure."""
    edges = sorted(draw(st.lists(st.integers(0, 24), min_size=2, max_size=12, unique=True)))
    spans = []
    while len(edges) >= 4 and len(spans) < 3:
        a, b, c, d = edges[:4]
        edges = edges[4:]
        spans.append(held("a", b / 2, d / 2, perhaps_from=a / 2, perhaps_to=c / 2))
    return spans


def worlds(spans: Sequence[FoldSpan]) -> list[list[tuple[datetime, datetime | None]]]:
    """Every way it may have been, by the half day: each span begins and ends at some instant of its doubts.

    Half a tick before and after the bounds stand for the instants between them.
    """
    ways = []
    for span in spans:
        begins = _within(span.doubt_from, span.valid_from)
        ends = [None] if span.valid_to is None else _within(span.closing_doubt_from, span.valid_to)
        ways.append([(b, e) for b in begins for e in ends])
    return [list(way) for way in itertools.product(*ways)]


def _within(low: datetime | None, high: datetime) -> list[datetime]:
    step, found = timedelta(hours=6), []
    at = low or high
    while at < high:
        found.append(at)
        at += step
    return [*found[1:], high] if len(found) > 1 else [high]


@given(one_actors_spans(), INSTANTS, INSTANTS)
def test_bounds_are_those_of_all_the_ways_it_may_have_been(
    spans: list[FoldSpan], one: int, other: int
) -> None:
    """Against a naive count of every possible world. Instants are whole days, doubts go by half days."""
    then, now = day(min(one, other)), day(max(one, other) + 1)

    def holds(way: list[tuple[datetime, datetime | None]], at: datetime) -> bool:
        return any(begins <= at and (ends is None or at < ends) for begins, ends in way)

    seen = {(holds(way, then), holds(way, now)) for way in worlds(spans)}
    found = stake(spans, then, now)
    assert found.may_lose == ((True, False) in seen)
    assert found.may_gain == ((False, True) in seen)
    assert found.must_lose == (seen == {(True, False)})
    assert found.must_gain == (seen == {(False, True)})


@given(st.lists(one_actors_spans(), min_size=1, max_size=3), INSTANTS, INSTANTS)
def test_a_whole_is_bounded_by_its_parts(parts: list[list[FoldSpan]], one: int, other: int) -> None:
    then, now = day(min(one, other)), day(max(one, other) + 1)
    voices = [own_voice(spans, then, now) for spans in parts]
    whole = together(voices).of("a")
    assert not whole.sure_then or whole.maybe_then
    assert not whole.sure_now or whole.maybe_now
    assert not whole.must_lose or whole.may_lose
    assert not whole.must_gain or whole.may_gain
    if len(parts) == 1:
        assert whole == voices[0].of("a")
