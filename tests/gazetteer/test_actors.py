"""Actors as the desk makes and edits them."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from events.gazetteer import (
    AlteredMeanwhile,
    BadActor,
    Belongs,
    WantedActor,
    check_actor,
    doubts_of,
    resolve_actor,
    save_actor,
    version_of,
    wanted_of,
)
from events.models import Actor, ActorName, Coalition, Conflict, ReplayDue
from tests.factories import ActorFactory, ConflictFactory, MembershipFactory

DRUZE = WantedActor(
    name="Local Druze factions", short="Druze", kind="non-state", colour="#332288", pattern="grid"
)


@pytest.fixture
def war(db: None) -> Conflict:
    war = ConflictFactory(slug="war")
    ActorFactory(
        conflict=war,
        slug="is",
        name="Islamic State",
        short="IS",
        colour="#1A1A1A",
        aliases=["داعش"],
    )
    ActorFactory(
        conflict=war, slug="sdf", name="Syrian Democratic Forces", short="SDF", colour="#F0E442"
    )
    return war


@pytest.fixture
def editor(war: Conflict) -> Any:
    return MembershipFactory(conflict=war, role="editor").user


def test_it_is_made_with_its_names_and_readers_files_are_due(war: Conflict, editor: Any) -> None:
    wanted = replace(DRUZE, aliases="Men of Dignity\nرجال الكرامة", number="", active_from="2013")
    made = save_actor(war, wanted, by=editor)
    assert (made.slug, made.number, made.colour) == ("druze", "singular", "#332288")
    assert resolve_actor(war, "رجال الكرامة") == made
    assert made.names.get(name="رجال الكرامة").language == "ar"
    assert set(made.names.values_list("name", flat=True)) >= {"Druze", "Local Druze factions"}
    assert ReplayDue.objects.filter(conflict=war).exists()


def test_what_it_was_called_stays_among_its_names(war: Conflict, editor: Any) -> None:
    actor = Actor.objects.get(slug="is")
    wanted = replace(wanted_of(actor), short="ISIS")
    save_actor(war, wanted, by=editor, actor=actor, version=version_of(actor))
    assert resolve_actor(war, "IS") == resolve_actor(war, "ISIS") == actor
    assert wanted_of(Actor.objects.get(pk=actor.pk)).aliases.splitlines() == ["IS", "داعش"]
    assert Actor.objects.get(pk=actor.pk).slug == "is"


def test_what_is_saved_unchanged_alters_nothing(war: Conflict, editor: Any) -> None:
    actor = Actor.objects.get(slug="is")
    ActorName.objects.filter(actor=actor, name="IS").update(language="de", used_from="2014")
    ActorName.objects.create(
        actor=actor, name="DEZ", folded="dez", language="ku", used_from="2013", used_to="2014-06"
    )
    before = version_of(actor)
    save_actor(war, wanted_of(actor), by=editor, actor=actor, version=before)
    assert version_of(actor) == before


def test_a_name_is_dated_and_taken_back(war: Conflict, editor: Any) -> None:
    actor = Actor.objects.get(slug="is")
    wanted = replace(wanted_of(actor), aliases="ISIL {from 2013-04 until 2014-06-29}")
    save_actor(war, wanted, by=editor, actor=actor, version=version_of(actor))
    row = actor.names.get(name="ISIL")
    assert (row.used_from, row.used_to) == ("2013-04", "2014-06-29")
    assert not actor.names.filter(name="داعش").exists()


def test_it_belongs_to_a_coalition_whose_dates_are_mended(war: Conflict, editor: Any) -> None:
    wanted = replace(DRUZE, belongs=[Belongs("sdf", "2015-10"), Belongs()])
    made = save_actor(war, wanted, by=editor)
    again = replace(wanted_of(made), belongs=[Belongs("sdf", "2015-10-11", "2019")])
    save_actor(war, again, by=editor, actor=made, version=version_of(made))
    row = Coalition.objects.get()
    assert (row.coalition.slug, row.since, row.until) == ("sdf", "2015-10-11", "2019")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 151}, "name"),
        ({"name": "a|b"}, "name"),
        ({"short": ""}, "short"),
        ({"short": "x" * 31}, "short"),
        ({"short": "is"}, "short"),
        ({"name": "Islamic state"}, "name"),
        ({"kind": "army"}, "kind"),
        ({"number": "many"}, "number"),
        ({"colour": "red"}, "colour"),
        ({"colour": ""}, "colour"),
        ({"colour": "#1B1B1B", "pattern": "solid"}, "colour"),
        ({"pattern": "stripes"}, "pattern"),
        ({"active_from": "2017-02-30"}, "active_from"),
        ({"active_from": "2017", "active_to": "2015"}, "active_to"),
        ({"aliases": "good\n***"}, "aliases"),
        ({"aliases": "x" * 151}, "aliases"),
        ({"aliases": "Nusra {2012}"}, "aliases"),
        ({"aliases": "Nusra {from soon}"}, "aliases"),
        ({"aliases": "one name\n" * 3000}, "aliases"),
        ({"note": "x" * 5001}, "note"),
        ({"belongs": [Belongs("nobody")]}, "coalition-0"),
        ({"belongs": [Belongs("", "2015")]}, "coalition-0"),
        ({"belongs": [Belongs("sdf", "2015"), Belongs("sdf", "2015")]}, "coalition-1"),
        ({"belongs": [Belongs("sdf", "soon")]}, "since-0"),
    ],
)
def test_what_is_wrong_is_named_by_its_field_and_nothing_is_saved(
    war: Conflict, editor: Any, changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadActor) as bad:
        save_actor(war, replace(DRUZE, **changed), by=editor)
    assert list(bad.value.errors) == [field]
    assert Actor.objects.count() == 2
    assert not ReplayDue.objects.exists()


def test_one_who_belongs_to_it_is_no_coalition_of_it(war: Conflict) -> None:
    own, other = Actor.objects.get(slug="is"), Actor.objects.get(slug="sdf")
    Coalition.objects.create(member=other, coalition=own)
    with pytest.raises(BadActor) as bad:
        check_actor(war, replace(wanted_of(own), belongs=[Belongs("sdf")]), own)
    assert list(bad.value.errors) == ["coalition-0"]


def test_the_one_from_whom_it_could_not_be_told_is_named(war: Conflict) -> None:
    with pytest.raises(BadActor) as bad:
        check_actor(war, replace(DRUZE, colour="#1a1a1a", pattern="solid"))
    assert "IS by everybody" in bad.value.errors["colour"]
    assert "SDF" not in bad.value.errors["colour"]


def doubts(war: Conflict, wanted: WantedActor, actor: Actor | None = None) -> list[str]:
    return doubts_of(war, check_actor(war, wanted, actor), actor)


def test_a_colour_that_the_pattern_alone_tells_apart_is_doubted_by_name(war: Conflict) -> None:
    ActorFactory(conflict=war, slug="ochre", short="Ochre", colour="#A36B00", pattern="solid")
    (said,) = doubts(war, replace(DRUZE, colour="#5E8000", pattern="cross"))
    assert "Ochre" in said
    assert "who see no" in said
    assert "everybody" not in said
    assert doubts(war, DRUZE) == []


def test_a_colour_that_is_lost_on_the_paper_is_doubted_with_its_contrast(war: Conflict) -> None:
    (said,) = doubts(war, replace(DRUZE, colour="#F08CF0"))
    assert "2.1 to 1" in said
    assert "3 to 1" in said


def test_a_name_of_two_is_doubted(war: Conflict) -> None:
    (said,) = doubts(war, replace(DRUZE, aliases="Daesh\nداعش"))
    assert "داعش" in said
    assert "IS" in said


def test_what_was_so_before_is_not_found_fault_with(war: Conflict) -> None:
    """The SDF are yellow on every map; whoever adds a name is not asked about that."""
    sdf = Actor.objects.get(slug="sdf")
    ActorFactory(conflict=war, slug="twin", short="Twin", colour="#F0E442", pattern=sdf.pattern)
    assert doubts(war, replace(wanted_of(sdf), aliases="QSD"), sdf) == []


def test_what_another_saved_meanwhile_is_not_overwritten(war: Conflict, editor: Any) -> None:
    actor = Actor.objects.get(slug="is")
    before = version_of(actor)
    save_actor(
        war, replace(wanted_of(actor), aliases="ISIL"), by=editor, actor=actor, version=before
    )
    with pytest.raises(AlteredMeanwhile):
        save_actor(
            war, replace(wanted_of(actor), note="late"), by=editor, actor=actor, version=before
        )
    assert Actor.objects.get(pk=actor.pk).note == ""


def test_who_may_not_publish_may_not_edit_it(war: Conflict) -> None:
    reporter = MembershipFactory(conflict=war, role="reporter").user
    with pytest.raises(PermissionDenied):
        save_actor(war, DRUZE, by=reporter)


def test_two_of_one_short_form_get_slugs_of_their_own(war: Conflict, editor: Any) -> None:
    one = save_actor(war, replace(DRUZE, name="العشائر", short="عشائر"), by=editor)
    assert one.slug == "actor"
    ActorFactory(conflict=war, slug="druze", name="Another", short="Another", colour="#882255")
    assert (
        save_actor(war, replace(DRUZE, colour="#0072B2", pattern="dots"), by=editor).slug
        == "druze-2"
    )
