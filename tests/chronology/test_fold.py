"""The fold: what each verb does, that order of arrival does not matter, and how doubt is kept."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.chronology.fold import FoldSpan, Statement, fold
from events.chronology.standing import Standing, standing_at
from events.chronology.verbs import VERBS

START = datetime(2017, 1, 1, tzinfo=UTC)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def said(number: int, verb: str, actor: Any = "a", other: Any = None, **more: Any) -> Statement:
    more = {"latest": day(number), "earliest": day(number - 1), "order": number, **more}
    return Statement(key=number, verb=verb, actor=actor, other=other, **more)


def after(*statements: Statement, at: float = 100) -> Standing:
    return standing_at(fold(statements), day(at))


def roles(standing: Standing) -> dict[str, tuple[Any, ...]]:
    names = ("holds", "contests", "besieges", "present")
    return {name: getattr(standing, name) for name in names if getattr(standing, name)}


HELD = [said(1, "holds", "b")]
FOUGHT = [*HELD, said(2, "entered", "a"), said(3, "entered", "c"), said(4, "besieged", "a")]


@pytest.mark.parametrize(
    ("before", "last", "state", "expected"),
    [
        (FOUGHT, said(9, "captured", "a"), "held", {"holds": ("a",)}),
        (FOUGHT, said(9, "captured", "c"), "held", {"holds": ("c",), "besieges": ("a",)}),
        (FOUGHT, said(9, "retook", "b"), "held", {"holds": ("b",), "besieges": ("a",)}),
        ([], said(9, "holds", "a"), "held", {"holds": ("a",)}),
        (HELD, said(9, "entered", "a"), "contested", {"holds": ("b",), "contests": ("a",)}),
        (HELD, said(9, "entered", "b"), "held", {"holds": ("b",)}),
        ([], said(9, "entered", "a"), "contested", {"contests": ("a",)}),
        (
            FOUGHT,
            said(9, "repelled", "b", "a"),
            "contested",
            {"holds": ("b",), "contests": ("c",), "besieges": ("a",)},
        ),
        (FOUGHT, said(9, "repelled", "b"), "held", {"holds": ("b",), "besieges": ("a",)}),
        (HELD, said(9, "withdrew", "b"), "unclear", {}),
        (HELD, said(9, "withdrew", "b", "a"), "held", {"holds": ("a",)}),
        (
            FOUGHT,
            said(9, "withdrew", "a"),
            "contested",
            {"holds": ("b",), "contests": ("c",), "besieges": ("a",)},
        ),
        (HELD, said(9, "handed_over", "b", "a"), "held", {"holds": ("a",)}),
        (HELD, said(9, "shares", "a", "b"), "joint", {"holds": ("a", "b")}),
        (
            [said(1, "shares", "a", "b")],
            said(9, "withdrew", "b"),
            "held",
            {"holds": ("a",)},
        ),
        ([said(1, "shares", "a", "b")], said(9, "captured", "b"), "held", {"holds": ("b",)}),
        (HELD, said(9, "besieged", "a"), "held", {"holds": ("b",), "besieges": ("a",)}),
        (HELD, said(9, "besieged", "b"), "held", {"holds": ("b",)}),
        (
            FOUGHT,
            said(9, "relieved", "b", "a"),
            "contested",
            {"holds": ("b",), "contests": ("a", "c")},
        ),
        (FOUGHT, said(9, "relieved", "b"), "contested", {"holds": ("b",), "contests": ("a", "c")}),
        (HELD, said(9, "present", "a"), "held", {"holds": ("b",), "present": ("a",)}),
        (FOUGHT, said(9, "present", "a"), "contested", roles(after(*FOUGHT))),
        ([], said(9, "present", "a"), "no_data", {"present": ("a",)}),
        (HELD, said(9, "absent", "b"), "unclear", {}),
        (FOUGHT, said(9, "absent", "a"), "contested", {"holds": ("b",), "contests": ("c",)}),
        ([], said(9, "absent", "a"), "no_data", {}),
        (
            FOUGHT,
            said(9, "unclear", None),
            "contested",
            {"contests": ("a", "c"), "besieges": ("a",)},
        ),
        (HELD, said(9, "unclear", None), "unclear", {}),
        (FOUGHT, said(9, "clash", "a"), "contested", roles(after(*FOUGHT))),
        (FOUGHT, said(9, "attack", "a"), "contested", roles(after(*FOUGHT))),
    ],
    ids=lambda value: value.verb if isinstance(value, Statement) else None,
)
def test_each_verb_does_what_its_row_says(
    before: list[Statement], last: Statement, state: str, expected: dict[str, Any]
) -> None:
    standing = after(*before, last)
    assert (standing.state, roles(standing)) == (state, expected)


@pytest.mark.parametrize("verb", VERBS)
def test_which_verbs_reach_places_inside(verb: str) -> None:
    """`all` acts as at the place itself; `own_roles` only where the actor has a role; `no` never."""
    above = said(9, verb, "a", "c", own=False)
    inside_of_others = after(said(1, "holds", "b"), above)
    inside_of_own = after(said(1, "holds", "a"), above)
    reach = VERBS[verb].reaches_inside
    assert (inside_of_others.holds == ("b",)) is (reach != "all")
    if reach == "own_roles":
        assert inside_of_own.holds != ("a",)


@pytest.mark.parametrize("verb", ["withdrew", "handed_over"])
@pytest.mark.parametrize("role", ["entered", "present", "besieged"])
def test_inside_only_what_was_held_goes_to_the_other(verb: str, role: str) -> None:
    standing = after(said(1, "holds", "b"), said(2, role, "a"), said(9, verb, "a", "c", own=False))
    assert standing.holds == ("b",)


def test_a_descendants_statement_wins_a_tie() -> None:
    above = said(5, "captured", "a", own=False, depth=1, order=99)
    own = said(5, "captured", "b", depth=2, order=1)
    assert after(above, own).holds == ("b",)


def test_order_of_entry_decides_within_an_instant() -> None:
    assert after(said(5, "captured", "a", order=2), said(5, "captured", "b", order=1)).holds == (
        "a",
    )


def test_the_same_holder_again_does_not_begin_anew() -> None:
    spans = fold([said(1, "captured", "a"), said(5, "holds", "a")])
    assert [(s.valid_from, s.valid_to, s.key) for s in spans] == [(day(1), None, 1)]


def test_between_earliest_and_latest_it_is_changing_hands() -> None:
    spans = fold([said(1, "captured", "b"), said(10, "retook", "a", earliest=day(7))])
    seen = {at: standing_at(spans, day(at)) for at in (7, 8, 9.9, 10)}
    assert {at: s.state for at, s in seen.items()} == {
        7: "held",
        8: "changing",
        9.9: "changing",
        10: "held",
    }
    assert (seen[8].holds, seen[8].to, seen[10].holds) == (("b",), ("a",), ("a",))


def test_an_open_start_reaches_back_to_the_statement_before() -> None:
    spans = fold([said(1, "captured", "b"), said(10, "captured", "a", earliest=None)])
    assert standing_at(spans, day(1)).state == "held"
    assert standing_at(spans, day(2)).state == "changing"


def test_an_open_start_without_a_statement_before_says_nothing_of_before() -> None:
    spans = fold([said(10, "captured", "a", earliest=None)])
    assert standing_at(spans, day(9)).state == "no_data"


def test_doubt_never_reaches_behind_the_statement_before() -> None:
    spans = fold([said(5, "captured", "b"), said(10, "captured", "a", earliest=day(0))])
    assert standing_at(spans, day(4.5)).holds == ()
    assert standing_at(spans, day(5)).state == "held"
    assert standing_at(spans, day(6)).state == "changing"


def test_a_withdrawal_in_an_interval_and_a_capture_in_the_same_are_one_doubt() -> None:
    doubt = {"earliest": day(3), "latest": day(10)}
    spans = fold(
        [
            said(1, "captured", "b"),
            said(10, "withdrew", "b", **doubt),
            said(11, "captured", "a", **doubt),
        ]
    )
    standing = standing_at(spans, day(5))
    assert (standing.state, standing.holds, standing.to) == ("changing", ("b",), ("a",))


def test_an_open_claim_disputes_and_takes_nothing() -> None:
    claim = said(5, "captured", "a", ruling="open")
    standing = after(said(1, "holds", "b"), claim)
    assert (standing.holds, standing.disputed) == (("b",), True)
    overtaken = after(said(1, "holds", "b"), claim, said(7, "retook", "b"))
    assert (overtaken.holds, overtaken.disputed) == (("b",), False)


def test_that_nobody_is_known_to_hold_it_may_be_an_open_claim_too() -> None:
    claim = said(5, "unclear", None, ruling="open")
    standing = after(said(1, "holds", "b"), claim)
    assert (standing.state, standing.holds, standing.disputed) == ("held", ("b",), True)
    overtaken = after(said(1, "holds", "b"), claim, said(7, "holds", "b"))
    assert (overtaken.holds, overtaken.disputed) == (("b",), False)
    alone = after(claim)
    assert (alone.state, alone.disputed) == ("no_data", True)


def test_a_rejected_claim_has_no_effect() -> None:
    standing = after(said(1, "holds", "b"), said(5, "captured", "a", ruling="rejected"))
    assert (standing.holds, standing.disputed) == (("b",), False)


ACTORS = st.sampled_from(["a", "b", "c"])
STATEMENTS = st.lists(
    st.builds(
        lambda n, verb, actor, other, width, ruling, own: (
            n,
            verb,
            actor,
            other,
            width,
            ruling,
            own,
        ),
        st.integers(1, 30),
        st.sampled_from(sorted(VERBS)),
        ACTORS,
        ACTORS | st.none(),
        st.integers(0, 5) | st.none(),
        st.sampled_from(["accepted"] * 4 + ["open", "rejected"]),
        st.booleans(),
    ),
    max_size=14,
)


def made(rows: list[Any]) -> list[Statement]:
    return [
        Statement(
            key=key,
            verb=verb,
            actor=actor,
            other=None if other == actor else other,
            latest=day(n),
            earliest=None if width is None else day(n - width),
            depth=1 if own else 0,
            order=key,
            ruling=ruling,
            own=own,
        )
        for key, (n, verb, actor, other, width, ruling, own) in enumerate(rows)
    ]


@given(STATEMENTS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_never_matters(rows: list[Any], rng: random.Random) -> None:
    statements = made(rows)
    shuffled = rng.sample(statements, len(statements))
    assert fold(statements) == fold(shuffled)


@given(STATEMENTS)
def test_spans_are_sound(rows: list[Any]) -> None:
    """Never empty, never two of one actor and role at once, doubt never after the beginning."""
    running: dict[tuple[Any, str], FoldSpan] = {}
    for span in fold(made(rows)):
        assert span.valid_to is None or span.valid_from < span.valid_to
        assert span.doubt_from <= span.valid_from
        if span.closing_doubt_from is not None:
            assert span.valid_to and span.valid_from <= span.closing_doubt_from <= span.valid_to
        earlier = running.get((span.actor, span.role))
        assert earlier is None or (earlier.valid_to and earlier.valid_to <= span.valid_from)
        running[span.actor, span.role] = span


@given(STATEMENTS, st.floats(0, 40))
def test_every_standing_is_one_of_the_states_and_consistent(rows: list[Any], at: float) -> None:
    standing = standing_at(fold(made(rows)), day(at))
    if standing.state == "held":
        assert len(standing.holds) == 1
    elif standing.state == "joint":
        assert len(standing.holds) > 1
    elif standing.state == "contested":
        assert standing.contests
        assert not set(standing.contests) & set(standing.holds)
    elif standing.state == "changing":
        assert standing.to != standing.holds or not standing.to
    else:
        assert standing.state in ("unclear", "no_data")
        assert not standing.holds
    assert not set(standing.present) & set(standing.holds)
