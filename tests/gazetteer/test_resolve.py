"""What was typed becomes the one thing meant, by any alias in any script, or a sentence says why not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.gazetteer import (
    Unresolved,
    resolve_actor,
    resolve_place,
    resolve_source,
    search_actors,
    search_places,
    search_sources,
)
from events.models import Conflict, Place
from tests.factories import ActorFactory, ConflictFactory, PlaceFactory, SourceFactory


@pytest.fixture
def conflict(db: None) -> Conflict:
    conflict = ConflictFactory()
    province = PlaceFactory(
        conflict=conflict,
        slug="raqqa-province",
        name="Raqqa province",
        kind="province",
        aliases=["Raqqa", "الرقة"],
    )
    raqqa = PlaceFactory(
        conflict=conflict, slug="raqqa", name="Raqqa", parent=province, aliases=["الرقة", "Rakka"]
    )
    PlaceFactory(
        conflict=conflict, slug="al-sinaa", name="al-Sina'a", kind="neighbourhood", parent=raqqa,
        aliases=["al-Senaa", "الصناعة"],
    )  # fmt: skip
    damascus = PlaceFactory(conflict=conflict, slug="damascus", name="Damascus")
    for town in (raqqa, damascus):
        PlaceFactory(
            conflict=conflict, slug=f"yarmouk-{town.slug}", name="Yarmouk", kind="neighbourhood", parent=town,
            aliases=["اليرموك"],
        )  # fmt: skip
    ActorFactory(
        conflict=conflict,
        slug="is",
        name="Islamic State",
        short="IS",
        aliases=["Daesh", "داعش", "ISIL"],
    )
    ActorFactory(conflict=conflict, slug="sdf", name="Syrian Democratic Forces", short="SDF")
    SourceFactory(slug="sohr", name="Syrian Observatory for Human Rights")
    return conflict


@pytest.mark.parametrize(
    "text", ["al-Sina'a", "AL SENAA", "الصناعة", "al-sinaa", "Raqqa > al-Senaa", "صناعة"]
)
def test_a_place_is_found_by_any_of_its_names(conflict: Conflict, text: str) -> None:
    assert resolve_place(conflict, text).slug == "al-sinaa"


@pytest.mark.parametrize("text", ["Daesh", "داعش", "is", "IS", "islamic state", "ISIL"])
def test_an_actor_is_found_by_any_of_its_names(conflict: Conflict, text: str) -> None:
    assert resolve_actor(conflict, text).slug == "is"


def test_a_town_is_meant_where_its_province_has_the_same_name(conflict: Conflict) -> None:
    assert resolve_place(conflict, "Raqqa").slug == "raqqa"
    assert resolve_place(conflict, "الرقة").slug == "raqqa"


def test_a_name_of_two_places_asks_which_and_the_parent_tells(conflict: Conflict) -> None:
    with pytest.raises(Unresolved, match="say which") as unresolved:
        resolve_place(conflict, "Yarmouk")
    assert {match.thing.slug for match in unresolved.value.candidates} == {
        "yarmouk-raqqa",
        "yarmouk-damascus",
    }
    assert resolve_place(conflict, "Damascus > Yarmouk").slug == "yarmouk-damascus"


def test_a_slip_of_the_pen_gets_a_proposal(conflict: Conflict) -> None:
    with pytest.raises(Unresolved, match="Did you mean") as unresolved:
        resolve_place(conflict, "Damascos")
    assert unresolved.value.candidates[0].thing.slug == "damascus"


def test_what_is_proposed_goes_by_its_own_name_whichever_alias_is_like_it(
    conflict: Conflict,
) -> None:
    with pytest.raises(Unresolved, match=r"Did you mean: Raqqa[,?]") as unresolved:
        resolve_place(conflict, "Rakkka")
    assert unresolved.value.candidates[0].name == "Rakka"


@pytest.mark.parametrize("typed", ["Deash", "dasehe", "islamci state"])
def test_swapped_letters_get_a_proposal_too(conflict: Conflict, typed: str) -> None:
    with pytest.raises(Unresolved, match="Did you mean") as unresolved:
        resolve_actor(conflict, typed)
    assert unresolved.value.candidates[0].thing.slug == "is"


@pytest.mark.parametrize("text", ["", " ", "...", "Atlantis", ">", "Raqqa >", "'; DROP TABLE"])
def test_what_is_unknown_is_named(conflict: Conflict, text: str) -> None:
    with pytest.raises(Unresolved):
        resolve_place(conflict, text)


def test_a_place_of_another_conflict_is_not_found(conflict: Conflict) -> None:
    with pytest.raises(Unresolved):
        resolve_place(ConflictFactory(), "Damascus")


def test_sources_by_slug_and_name(conflict: Conflict) -> None:
    assert resolve_source("SOHR").slug == "sohr"
    assert resolve_source("syrian observatory for human rights").slug == "sohr"
    assert [m.thing.slug for m in search_sources("observat")] == ["sohr"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [("dam", "damascus"), ("sena", "al-sinaa"), ("الصن", "al-sinaa"), ("rak", "raqqa")],
)
def test_search_finds_as_you_type(conflict: Conflict, typed: str, first: str) -> None:
    assert search_places(conflict, typed)[0].thing.slug == first


def test_search_gives_each_thing_once(conflict: Conflict) -> None:
    found = [match.thing.slug for match in search_places(conflict, "raqqa")]
    assert len(found) == len(set(found))
    assert found[0] == "raqqa"
    assert [match.thing.slug for match in search_actors(conflict, "داع")] == ["is"]


def test_search_asks_the_same_number_of_queries_however_much_is_found(
    conflict: Conflict, django_assert_num_queries: object
) -> None:
    for number in range(11):
        PlaceFactory(
            conflict=conflict,
            slug=f"tell-{number}",
            name=f"Tell {number}",
            parent=Place.objects.first(),
        )
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(search_places(conflict, "tell")) == 10


@settings(max_examples=60)
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=60))
def test_any_text_is_resolved_or_refused(conflict: Conflict, text: str) -> None:
    for resolve in (resolve_place, resolve_actor):
        try:
            assert resolve(conflict, text)
        except Unresolved as error:
            assert str(error)
