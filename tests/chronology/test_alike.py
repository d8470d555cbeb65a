"""A whole war at once: what is worked out once for all that stand alike is what each place's spans say."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from events.chronology.alike import COMING, IN_FORCE, LEAVING, Alike, Row
from events.chronology.fold import Statement, fold
from events.chronology.standing import Standing, standing_at
from events.chronology.tree import compose_parts, compose_tree
from events.chronology.verbs import VERBS

from .naive_tree import naive_tree

NOON = datetime(2017, 6, 30, 12, tzinfo=UTC)
ACTORS = ("is", "sdf", "government")
SLUGS = {actor: actor for actor in (*ACTORS, None)}
KINDS = ("country", "province", "district", "town", "neighbourhood", "site")


@st.composite
def statements(draw: Any) -> list[Statement]:
    made = []
    for key in range(draw(st.integers(0, 7))):
        latest = NOON + timedelta(hours=draw(st.integers(-6, 6)))
        actor, other = draw(st.permutations(ACTORS))[:2]
        made.append(
            Statement(
                key=key,
                verb=draw(st.sampled_from(sorted(VERBS))),
                actor=actor,
                other=draw(st.sampled_from([None, other])),
                latest=latest,
                earliest=draw(
                    st.sampled_from(
                        [None, latest, latest - timedelta(hours=draw(st.integers(0, 5)))]
                    )
                ),
                order=key,
                ruling=draw(st.sampled_from(["accepted", "accepted", "open"])),
            )
        )
    return made


def rows_at(said: list[Statement], instant: datetime) -> list[Row]:
    """As the ledger's statement reads them from stored Spans."""
    found: list[Row] = []
    for span in fold(said):
        began = span.valid_from <= instant
        possible = span.role in ("holds", "unclear") and span.doubt_from < instant
        if (span.valid_to and span.valid_to <= instant) or not (began or possible):
            continue
        over = span.closing_doubt_from is not None and span.closing_doubt_from < instant
        phase = (LEAVING if over else IN_FORCE) if began else COMING
        found.append((span.role, phase, span.actor, span.valid_from.isoformat(), span.key))
    return found


def whole(part: tuple[Standing, Any, Any]) -> Standing:
    standing, since, key = part
    return replace(standing, since=datetime.fromisoformat(since) if since else None, key=key)


@given(st.lists(statements(), min_size=1, max_size=6), st.integers(-7, 7))
def test_each_place_stands_as_its_own_spans_say(places: list[list[Statement]], hours: int) -> None:
    instant = NOON + timedelta(hours=hours)
    rows = [(number, *row) for number, said in enumerate(places) for row in rows_at(said, instant)]
    parts = Alike(datetime.fromisoformat, SLUGS).parts(instant, sorted(rows, key=repr))
    assert parts.keys() == {row[0] for row in rows}
    for number, part in parts.items():
        assert whole(part) == standing_at(fold(places[number]), instant)


@given(st.lists(statements(), min_size=1, max_size=6), st.lists(st.integers(-7, 7), max_size=5))
def test_what_one_instant_was_asked_misleads_no_other(
    places: list[list[Statement]], hours: list[int]
) -> None:
    kept = Alike(datetime.fromisoformat, SLUGS)
    for instant in [NOON + timedelta(hours=hour) for hour in hours]:
        rows = [(n, *row) for n, said in enumerate(places) for row in rows_at(said, instant)]
        for number, part in kept.parts(instant, rows).items():
            assert whole(part) == standing_at(fold(places[number]), instant)


def test_places_that_stand_alike_share_one_standing() -> None:
    alike = Alike(datetime.fromisoformat, SLUGS)
    one = alike.part(NOON, [("holds", IN_FORCE, "is", "2014-01-14T00:00:00+00:00", 1)])
    two = alike.part(NOON, [("holds", IN_FORCE, "is", "2015-02-01T00:00:00+00:00", 7)])
    assert one[0] is two[0]
    assert (one[1:], two[1:]) == (
        ("2014-01-14T00:00:00+00:00", 1),
        ("2015-02-01T00:00:00+00:00", 7),
    )


@st.composite
def trees(draw: Any) -> tuple[list[tuple[str, str, str | None]], dict[str, Standing]]:
    rows: list[tuple[str, str, str | None]] = []
    own: dict[str, Standing] = {}
    for number in range(draw(st.integers(1, 14))):
        parent = draw(st.sampled_from([None, *(slug for slug, _, _ in rows)]))
        rows.append((f"p{number}", draw(st.sampled_from(KINDS)), parent))
        said = draw(statements())
        if said:
            own[f"p{number}"] = standing_at(fold(said), NOON)
    return rows, own


@given(trees())
def test_composition_is_that_of_the_plain_rules(
    made: tuple[list[tuple[str, str, str | None]], dict[str, Standing]],
) -> None:
    rows, own = made
    expected = naive_tree(rows, own)
    assert compose_tree(rows, own) == expected
    shared: dict[Any, Standing] = {}
    parts = {
        slug: (shared.setdefault(s.shown, replace(s, since=None, key=None)), s.since, s.key)
        for slug, s in own.items()
    }
    composed = compose_parts(rows, parts)
    for slug, (standing, since, key) in composed.items():
        assert replace(standing, since=since, key=key) == expected[slug]
