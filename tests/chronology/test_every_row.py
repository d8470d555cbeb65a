"""The table of verbs in docs/glossary.md, row by row: what each does at a leaf, inside, and as every place around
it is shown. The fold of each place and the composition of all, together, as the product computes them.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from events.chronology.fold import FoldSpan, Statement, fold
from events.chronology.standing import Standing, standing_at
from events.chronology.tree import compose_tree
from events.chronology.verbs import VERBS

PLACES: list[tuple[str, str, str | None]] = [
    ("province", "province", None),
    ("city", "town", "province"),
    ("village", "town", "province"),
    ("east", "neighbourhood", "city"),
    ("west", "neighbourhood", "city"),
]
PARENT = {slug: parent for slug, _kind, parent in PLACES}
START = datetime(2017, 6, 1, tzinfo=UTC)
Said = tuple[str, str, str | None, str | None]


def around(place: str) -> list[str]:
    above = PARENT[place]
    return [] if above is None else [*around(above), above]


def spans_of(said: list[Said], doubt: float = 0) -> dict[str, list[FoldSpan]]:
    """Each is said a day after the one before; `doubt`: how many days before the last it may have been so."""
    made: dict[str, list[Statement]] = {slug: [] for slug in PARENT}
    for number, (place, verb, actor, other) in enumerate(said, 1):
        latest = START + timedelta(days=number)
        last = number == len(said)
        made[place].append(
            Statement(
                key=number,
                verb=verb,
                actor=actor,
                other=other,
                latest=latest,
                earliest=latest - timedelta(days=doubt if last else 0),
                depth=len(around(place)),
                order=number,
            )
        )
    return {
        slug: fold(
            [
                *made[slug],
                *(
                    replace(statement, own=False)
                    for above in around(slug)
                    for statement in made[above]
                    if VERBS[statement.verb].reaches_inside != "no"
                ),
            ]
        )
        for slug in PARENT
    }


def shown(said: list[Said], **more: Any) -> dict[str, Standing]:
    """As the map shows it once all is said; with `doubt`, a moment before the last is sure."""
    at = START + timedelta(days=len(said) - (0.25 if more else 0))
    own = {slug: standing_at(spans, at) for slug, spans in spans_of(said, **more).items()}
    return compose_tree(PLACES, own)


def brief(standing: Standing) -> str:
    """ "contested b, contests a"."""
    parts = [" ".join([standing.state, *standing.holds])]
    for name in ("to", "contests", "besieges", "present"):
        if getattr(standing, name):
            parts.append(" ".join([name, *getattr(standing, name)]))
    return ", ".join(parts)


# All is b's; a fights in the east and stands around the city; c is present in the west.
BEFORE: list[Said] = [
    ("province", "holds", "b", None),
    ("east", "entered", "a", None),
    ("city", "besieged", "a", None),
    ("west", "present", "c", None),
]
AS_BEFORE = {
    "east": "contested b, contests a",
    "west": "held b, present c",
    "city": "contested b, contests a, besieges a",
    "village": "held b",
    "province": "contested b, contests a",
}
HELD_BY_A = dict.fromkeys(PARENT, "held a")
ROWS: list[tuple[str, Said, dict[str, str]]] = [
    *(
        (
            f"{verb} at a leaf",
            ("east", verb, "a", None),
            {
                "east": "held a",
                "city": "divided a b, besieges a",
                "province": "divided a b",
            },
        )
        for verb in ("captured", "retook", "holds")
    ),
    *(
        (
            f"{verb} of a city, which reaches its quarters",
            ("city", verb, "a", None),
            {"east": "held a", "west": "held a", "city": "held a", "province": "divided a b"},
        )
        for verb in ("captured", "retook", "holds")
    ),
    *(
        (f"{verb} of a province, which reaches all", ("province", verb, "a", None), HELD_BY_A)
        for verb in ("captured", "retook", "holds")
    ),
    (
        "entered at a leaf",
        ("west", "entered", "a", None),
        {
            "west": "contested b, contests a, present c",
            "city": "contested b, contests a, besieges a",
        },
    ),
    (
        "entered a city: who fights in it is its own to say, and reaches no quarter",
        ("city", "entered", "c", None),
        {
            "west": "held b, present c",
            "city": "contested b, contests a c, besieges a",
            "province": "contested b, contests a c",
        },
    ),
    (
        "repelled the other",
        ("east", "repelled", "b", "a"),
        {"east": "held b", "city": "held b, besieges a", "province": "held b"},
    ),
    (
        "repelled all",
        ("east", "repelled", "b", None),
        {"east": "held b", "city": "held b, besieges a"},
    ),
    ("repelled at the city reaches no quarter", ("city", "repelled", "b", None), {}),
    (
        "withdrew from a leaf it held",
        ("east", "withdrew", "b", None),
        {"east": "contested, contests a", "city": "divided b, contests a, besieges a"},
    ),
    (
        "withdrew in favour of the other",
        ("east", "withdrew", "b", "a"),
        {"east": "held a", "city": "divided a b, besieges a"},
    ),
    (
        "withdrew from a province: inside only where it has a role, and leaves only what it held",
        ("province", "withdrew", "a", "c"),
        {
            "east": "held b",
            "west": "held b, present c",
            "city": "held b, besieges a",
            "village": "held b",
        },
    ),
    (
        "its holder withdrew from a province in favour of the other; who was present stays",
        ("province", "withdrew", "b", "a"),
        {**HELD_BY_A, "west": "held a, present c"},
    ),
    (
        "handed a leaf over",
        ("west", "handed_over", "b", "c"),
        {"west": "held c", "city": "divided b c, contests a, besieges a"},
    ),
    (
        "handed a province over",
        ("province", "handed_over", "b", "c"),
        {
            "east": "contested c, contests a",
            "west": "held c",
            "village": "held c",
            "city": "contested c, contests a, besieges a",
            "province": "contested c, contests a",
        },
    ),
    (
        "shares a leaf",
        ("west", "shares", "b", "c"),
        {"west": "joint b c", "city": "divided b c, contests a, besieges a"},
    ),
    (
        "shares a province",
        ("province", "shares", "b", "c"),
        {
            **dict.fromkeys(PARENT, "joint b c"),
            "city": "joint b c, besieges a",
        },
    ),
    (
        "besieged a leaf: a siege is its own place's alone",
        ("village", "besieged", "a", None),
        {"village": "held b, besieges a"},
    ),
    (
        "relieved the siege of the other",
        ("city", "relieved", "b", "a"),
        {"city": "contested b, contests a"},
    ),
    ("relieved every siege", ("city", "relieved", "b", None), {"city": "contested b, contests a"}),
    (
        "present at a leaf",
        ("village", "present", "a", None),
        {"village": "held b, present a"},
    ),
    (
        "absent: no role in the province nor anywhere inside it",
        ("province", "absent", "a", None),
        {
            "east": "held b",
            "city": "held b",
            "province": "held b",
        },
    ),
    (
        "its holder is absent: nobody is known to hold it",
        ("province", "absent", "b", None),
        {
            "east": "contested, contests a",
            "west": "unclear, present c",
            "village": "unclear",
            "city": "contested, contests a, besieges a",
            "province": "contested, contests a",
        },
    ),
    (
        "unclear at a leaf",
        ("west", "unclear", None, None),
        {
            "west": "unclear, present c",
            "city": "divided b, contests a, besieges a",
            "province": "divided b, contests a",
        },
    ),
    (
        "unclear in a province",
        ("province", "unclear", None, None),
        {
            "east": "contested, contests a",
            "west": "unclear, present c",
            "village": "unclear",
            "city": "contested, contests a, besieges a",
            "province": "contested, contests a",
        },
    ),
    ("clash", ("east", "clash", "a", "b"), {}),
    ("attack", ("west", "attack", "a", None), {}),
]


@pytest.mark.parametrize(("said", "expected"), [row[1:] for row in ROWS], ids=[r[0] for r in ROWS])
def test_each_row_at_the_leaf_and_all_the_way_up(said: Said, expected: dict[str, str]) -> None:
    found = {slug: brief(standing) for slug, standing in shown([*BEFORE, said]).items()}
    if len(expected) == len(PARENT):
        assert found == expected
    else:
        # what the row does not name stays, but for what composition makes of it
        for slug, words in expected.items():
            assert found[slug] == words, slug
        untouched = [s for s in ("east", "west", "village") if s not in expected]
        if VERBS[said[1]].reaches_inside == "no" or PARENT[said[0]] in ("city",):
            assert {s: found[s] for s in untouched} == {s: AS_BEFORE[s] for s in untouched}
    if not expected:
        assert found == AS_BEFORE


def test_every_verb_has_a_row() -> None:
    assert {said[1] for _name, said, _expected in ROWS} == set(VERBS)


def test_where_nothing_is_said_there_is_no_data() -> None:
    assert {brief(standing) for standing in shown([]).values()} == {"no_data"}
    found = shown([("east", "captured", "a", None)])
    assert [found[s].state for s in ("east", "city", "province", "west", "village")] == [
        "held", "held", "held", "no_data", "no_data",
    ]  # fmt: skip


def test_changing_hands_is_seen_all_the_way_up() -> None:
    found = shown(
        [("province", "holds", "b", None), ("province", "captured", "a", None)], doubt=0.5
    )
    assert {brief(standing) for standing in found.values()} == {"changing b, to a"}


def test_of_a_city_of_which_a_quarter_changes_hands_it_is_said_who_comes() -> None:
    found = shown([("province", "holds", "b", None), ("east", "captured", "a", None)], doubt=0.5)
    assert brief(found["east"]) == "changing b, to a"
    assert brief(found["city"]) == "changing b, to a"
    assert brief(found["village"]) == "held b"
