"""Whatever is typed is kept, and makes nothing raise."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.drafting.assemble import assemble
from events.drafting.typed import CITATION_FIELDS, FIELDS, Typed
from events.editing.panel import panel
from events.models import Conflict, Draft
from tests.editing.conftest import posted
from tests.factories import DraftFactory

KEEPABLE = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=60)
NEAR_MISSES = st.sampled_from(
    [
        "is",
        "IS",
        "city",
        "East",
        "a > b",
        ">",
        "2017-02-30",
        "2017-06-29/..",
        "9" * 5000,
        "-1",
        "٣",
        "retook",
    ]
)
TEXT = KEEPABLE | NEAR_MISSES


@given(
    single=st.fixed_dictionaries(dict.fromkeys(FIELDS, TEXT)),
    places=st.lists(TEXT, min_size=1, max_size=3),
    rows=st.lists(
        st.fixed_dictionaries(dict.fromkeys(CITATION_FIELDS, TEXT)), min_size=1, max_size=2
    ),
)
@settings(max_examples=60)
def test_any_text_in_any_field_is_kept_and_understood_or_refused_in_words(
    war: Conflict, single: dict[str, str], places: list[str], rows: list[dict[str, str]]
) -> None:
    columns = {name: [row[name] for row in rows] for name in CITATION_FIELDS}
    typed = Typed.from_post(posted({**single, "places": places, **columns}))
    assert {name: getattr(typed, name) for name in FIELDS} == single
    assert typed.places == places
    assert typed.citations == rows

    draft = DraftFactory(conflict=war, typed=typed.as_json())
    draft = Draft.objects.get(pk=draft.pk)
    assert Typed.from_json(draft.typed) == typed

    made = assemble(war, typed)
    shown = panel(war, made, typed.confirm)
    assert made.ok == shown.ready
    assert all(problem.message for found in made.problems.values() for problem in found)


JSON: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | KEEPABLE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEEPABLE, inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(st.sampled_from([*FIELDS, "places", "citations", "confirm", "key"]), JSON)
    | JSON
)
def test_a_draft_that_something_else_wrote_can_be_read(data: Any) -> None:
    typed = Typed.from_json(data)
    assert len(typed.places) >= 1
    assert len(typed.citations) >= 1
    assert Typed.from_json(typed.as_json()) == typed


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
def test_what_no_database_keeps_is_marked(text: str) -> None:
    assert Typed.from_post(posted({"actor": [text]})).actor == "a\ufffdb"


def test_text_is_put_into_the_input_that_was_picked_for() -> None:
    typed = Typed(places=["x", "y"])
    typed.put("places-1", "East")
    typed.put("actor", "IS")
    typed.put("source-0", "agency")
    for stray in ("places-7", "source--1", "key", "confirm", "as_json", "places-x", "-", ""):
        typed.put(stray, "nothing")
    assert (typed.places, typed.actor, typed.citations[0]["source"]) == (
        ["x", "East"],
        "IS",
        "agency",
    )
    assert typed.key == ""
