"""The desk's pages of actors: the list, a new one, one that is edited, and what is asked before it is saved."""

import re
from typing import Any

import pytest
from django.test import Client

from events import replay
from events.models import Actor, Conflict
from events.replay import manifest
from tests.factories import ActorFactory, MembershipFactory, SourceFactory, UserFactory
from tests.war import NASTY, queries_of

LIST, NEW = "/desk/war/actors/", "/desk/war/new-actor/"
DRUZE = {
    "short": "Druze",
    "name": "Local Druze factions",
    "number": "plural",
    "kind": "non-state",
    "colour": "#332288",
    "pattern": "grid",
    "aliases": "Men of Dignity\nرجال الكرامة",
    "active_from": "2013",
    "active_to": "",
    "coalition": [""],
    "since": [""],
    "until": [""],
    "note": "",
    "version": "",
    "do": "save",
}


def form(at_desk: Client, address: str, **changed: Any) -> dict[str, Any]:
    """What the page of an actor sends unaltered, but for `changed`."""
    page = at_desk.get(address).content.decode()
    version = re.search(r'name="version" value="([^"]*)"', page)
    assert version
    return {**DRUZE, "version": version[1], **changed}


def test_the_list_says_what_each_is_called_who_is_partisan_to_it_and_what_uses_it(
    at_desk: Client, war: Conflict
) -> None:
    page = at_desk.get(LIST).content.decode()
    _head, *rows = re.split(r'<li class="actor-line" id="actor-', page)
    said = {row.partition('"')[0]: row for row in rows}
    assert list(said) == ["is", "sdf"]
    assert "2 changes" in " ".join(said["is"].split())
    assert "1 change" in " ".join(said["sdf"].split())
    assert "A monitor" in said["sdf"]
    assert "A monitor" not in said["is"]
    assert "داعش" in said["is"]
    assert "#D55E00" in said["is"]
    assert "/desk/war/actors/is/" in said["is"]
    # the pattern of each swatch is there, and is its own
    assert set(re.findall(r"url\(#([\w-]+)\)", page)) == set(
        re.findall(r'<pattern id="([\w-]+)"', page)
    )


def test_the_list_asks_as_much_of_many_as_of_few(at_desk: Client, war: Conflict) -> None:
    few = queries_of(at_desk, LIST)
    for _ in range(12):
        ActorFactory(conflict=war, aliases=["one", "two"])
    assert queries_of(at_desk, LIST) == few


def test_a_new_one_begins_with_a_colour_that_nobody_has(at_desk: Client, war: Conflict) -> None:
    page = at_desk.get(NEW).content.decode()
    colour = re.search(r'name="colour"\s+value="(#[0-9A-F]{6})"', page)
    assert colour
    assert colour[1] not in set(Actor.objects.values_list("colour", flat=True))
    assert "note--wrong" not in page


def test_it_is_made_and_the_legend_of_readers_follows(
    at_desk: Client, war: Conflict, django_capture_on_commit_callbacks: Any, monkeypatch: Any
) -> None:
    replay.build(war)
    built: list[int] = []
    monkeypatch.setattr("events.tasks.build_replay.delay", built.append)
    with django_capture_on_commit_callbacks(execute=True):
        answer = at_desk.post(NEW, DRUZE, follow=True)
    assert "Druze is saved" in answer.content.decode()
    assert built == [war.pk]
    # and where no broker takes it, the sweep finds that the files are behind
    assert replay.is_stale(war, war.replay_build.built_at)
    before = manifest(war)["files"]["places"]  # type: ignore[index]
    replay.build(war)
    assert manifest(war)["files"]["places"] != before  # type: ignore[index]


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(
    at_desk: Client, war: Conflict
) -> None:
    answer = at_desk.post(NEW, {**DRUZE, "short": "IS", "name": NASTY, "active_from": "soon"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert page.count("note--wrong") == 2
    assert 'href="#id_short"' in page
    assert "IS in full is called that" in page
    assert NASTY not in page
    assert 'value="&lt;script&gt;' in page
    assert Actor.objects.filter(conflict=war).count() == 2


def test_what_is_doubtful_is_asked_once_by_name_and_saved_when_that_is_said(
    at_desk: Client, war: Conflict
) -> None:
    yellow = {**DRUZE, "colour": "#F0E442"}
    answer = at_desk.post(NEW, yellow)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "1.3 to 1" in page
    assert "Save it all the same" in page
    asked = re.search(r'name="asked" value="(\w+)"', page)
    assert asked
    assert not Actor.objects.filter(slug="druze").exists()
    # another doubt than the one that was asked about asks again
    ActorFactory(
        conflict=war, slug="gold", short="Gold", colour="#0072B2", aliases=["Men of Dignity"]
    )
    assert at_desk.post(NEW, {**yellow, "asked": asked[1]}).status_code == 409
    Actor.objects.filter(slug="gold").delete()
    assert at_desk.post(NEW, {**yellow, "asked": asked[1]}).status_code == 302
    assert Actor.objects.get(slug="druze").colour == "#F0E442"


def test_an_actor_is_edited_and_it_is_on_record_who_did(
    at_desk: Client, war: Conflict, editor: Any
) -> None:
    address = "/desk/war/actors/sdf/"
    sent = form(at_desk, address, short="QSD", name="SDF in full", colour="#332288")
    assert at_desk.post(address, sent).status_code == 302
    actor = Actor.objects.get(slug="sdf")
    assert (actor.short, actor.colour) == ("QSD", "#332288")
    assert actor.names.filter(name="SDF").exists()
    event = actor.events.order_by("-pgh_id").first()
    assert event.pgh_context.metadata["user"] == editor.pk
    assert "QSD" in at_desk.get("/desk/war/record/").content.decode()


def test_what_another_saved_meanwhile_is_shown_and_yours_stays(
    at_desk: Client, war: Conflict
) -> None:
    address = "/desk/war/actors/sdf/"
    mine = form(at_desk, address, short="Mine", colour="#332288")
    at_desk.post(address, form(at_desk, address, short="Theirs", colour="#0072B2"))
    answer = at_desk.post(address, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs" in page
    assert 'value="Mine"' in page
    version = re.search(r'name="version" value="([^"]*)"', page)
    assert version
    assert at_desk.post(address, {**mine, "version": version[1]}).status_code == 302
    assert Actor.objects.get(slug="sdf").short == "Mine"


def test_while_one_chooses_the_part_is_drawn_that_shows_it_and_nothing_is_saved(
    at_desk: Client, war: Conflict
) -> None:
    sent = {**DRUZE, "do": "look", "name": "", "colour": "#d55e01", "pattern": "solid"}
    answer = at_desk.post(NEW, sent, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "<html" not in page
    assert "could not be told from IS" in page
    assert "Give it a name" not in page
    assert page.count('class="actor-sample"') == 6
    assert not Actor.objects.filter(slug="druze").exists()


def test_without_a_script_an_offered_colour_is_taken_and_all_that_was_typed_stays(
    at_desk: Client, war: Conflict
) -> None:
    sent = {key: value for key, value in DRUZE.items() if key != "do"}
    page = at_desk.post(NEW, {**sent, "paint": "#591E66 dots"}).content.decode()
    assert 'value="#591E66"' in page
    assert re.search(r'value="dots"\s+selected', page)
    assert "Men of Dignity" in page


@pytest.mark.parametrize("paint", ["<script> dots", "#12 grid", "#591E66 stripes", "dots", " "])
def test_what_is_no_paint_harms_nothing(at_desk: Client, war: Conflict, paint: str) -> None:
    page = at_desk.post(NEW, {**DRUZE, "paint": paint}).content.decode()
    assert "<script>" not in page


def test_a_reporter_sees_the_list_and_edits_nothing(
    client: Client, war: Conflict, reporter: Any
) -> None:
    client.force_login(reporter)
    page = client.get(LIST).content.decode()
    assert "SDF" in page
    assert "/desk/war/actors/sdf/" not in page
    assert NEW not in page
    assert client.get(NEW).status_code == 403
    assert client.post("/desk/war/actors/sdf/", DRUZE).status_code == 403


def test_a_stranger_and_another_desk_see_nothing(client: Client, war: Conflict) -> None:
    assert client.get(LIST).status_code == 302
    client.force_login(UserFactory())
    assert client.get(LIST).status_code == 403
    other = MembershipFactory(role="chief")
    client.force_login(other.user)
    assert client.get(LIST).status_code == 403
    mine = f"/desk/{other.conflict.slug}/actors/sdf/"
    assert client.get(mine).status_code == 404


def test_partisan_sources_of_other_actors_are_not_named(at_desk: Client, war: Conflict) -> None:
    SourceFactory(name="Nobody's own").leanings.clear()
    assert "Nobody&#x27;s own" not in at_desk.get(LIST).content.decode()


def test_the_one_from_whom_it_could_not_be_told_is_shown_beside_it(
    at_desk: Client, war: Conflict
) -> None:
    for slug, colour in (("a", "#D95E00"), ("b", "#D55A00"), ("c", "#D56200")):
        ActorFactory(conflict=war, slug=slug, short=slug.upper(), colour=colour, pattern="dots")
    ActorFactory(conflict=war, slug="same", short="Same", colour="#D55E01", pattern="cross")
    sent = {**DRUZE, "do": "look", "colour": "#D55E00", "pattern": "cross"}
    page = at_desk.post(NEW, sent, headers={"HX-Request": "true"}).content.decode()
    nearest = page[page.index("Nearest") :]
    assert re.findall(r"<bdi>(\w+)</bdi>", nearest)[0] == "Same"
