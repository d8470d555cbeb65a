"""The desk's pages of sources: the list, a new one, one that is edited, and one that others cite too."""

import re
from typing import Any

from django.test import Client

from events.models import Conflict, Source
from tests.factories import MembershipFactory, SourceFactory, UserFactory
from tests.gazetteer.test_sources import elsewhere
from tests.war import NASTY, queries_of

LIST, NEW = "/desk/war/sources/", "/desk/war/new-source/"
MONITOR = f"{LIST}monitor/"
WIRE = {
    "name": "The wire",
    "kind": "agency",
    "reliability": "B",
    "leanings": ["sdf"],
    "aliases": "TW\nالسلك",
    "note": "",
    "version": "",
    "do": "save",
}


def version_on(page: str) -> str:
    found = re.search(r'name="version" value="([^"]*)"', page)
    assert found
    return found[1]


def test_the_list_has_those_that_are_cited_here_first_and_says_how_often(
    at_desk: Client, war: Conflict
) -> None:
    SourceFactory(slug="aaa", name="Aaa, whom nobody cites")
    page = " ".join(at_desk.get(LIST).content.decode().split())
    _head, *rows = re.split(r'<li class="actor-line source-line" id="source-', page)
    said = {row.partition('"')[0]: row for row in rows}
    assert list(said) == ["monitor", "aaa", "agency"]
    assert re.search(r"\d reports?", said["monitor"])
    assert "not cited here yet" in said["aaa"]
    assert "Partisan to: <bdi>SDF</bdi>" in said["monitor"]
    assert "B: usually reliable" in said["monitor"]


def test_it_is_found_by_part_of_any_name(at_desk: Client, war: Conflict) -> None:
    Source.objects.get(slug="agency").names.create(name="الوكالة", folded="وكاله")
    page = at_desk.get(LIST, {"q": "وكالة"}).content.decode()
    assert "source-agency" in page
    assert "source-monitor" not in page
    assert "None is called so" in at_desk.get(LIST, {"q": "xyzzy"}).content.decode()


def test_the_list_asks_as_much_of_many_as_of_few(at_desk: Client, war: Conflict) -> None:
    few = queries_of(at_desk, LIST)
    for _ in range(12):
        SourceFactory().names.create(name="x", folded="x")
    assert queries_of(at_desk, LIST) == few


def test_one_is_made_with_the_name_that_a_draft_has(at_desk: Client, war: Conflict) -> None:
    page = at_desk.get(NEW, {"name": "The wire"}).content.decode()
    assert 'value="The wire"' in page
    answer = at_desk.post(NEW, WIRE, follow=True)
    assert "The wire is made, and can be cited at once" in answer.content.decode()
    (found,) = at_desk.get("/desk/war/find/source/?q=السلك").json()["options"]
    assert found["value"] == "The wire"


def test_the_form_leads_to_a_source_that_nobody_knows_yet(at_desk: Client, war: Conflict) -> None:
    sent = {"source": ["Xyzzy news"], "stance": ["reports"], "places": [""], "do": "preview"}
    page = at_desk.post("/desk/war/new/", sent).content.decode()
    assert f"{NEW}?name=Xyzzy%20news" in page


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(
    at_desk: Client, war: Conflict
) -> None:
    answer = at_desk.post(NEW, {**WIRE, "name": NASTY, "kind": "blog", "leanings": ["nobody"]})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert page.count("note--wrong") == 2
    assert 'href="#id_kind"' in page
    assert NASTY not in page
    assert not Source.objects.filter(kind="agency", name=NASTY).exists()


def test_it_is_edited_and_the_readers_files_follow(
    at_desk: Client, war: Conflict, django_capture_on_commit_callbacks: Any, monkeypatch: Any
) -> None:
    built: list[int] = []
    monkeypatch.setattr("events.tasks.build_replay.delay", built.append)
    page = at_desk.get(MONITOR).content.decode()
    sent = {**WIRE, "name": "A monitor", "version": version_on(page)}
    with django_capture_on_commit_callbacks(execute=True):
        assert at_desk.post(MONITOR, sent).status_code == 302
    assert built == [war.pk]
    source = Source.objects.get(slug="monitor")
    assert (source.kind, source.reliability) == ("agency", "B")


def test_what_another_saved_meanwhile_is_shown_and_yours_stays(
    at_desk: Client, war: Conflict
) -> None:
    version = version_on(at_desk.get(MONITOR).content.decode())
    at_desk.post(MONITOR, {**WIRE, "name": "Theirs", "version": version})
    answer = at_desk.post(MONITOR, {**WIRE, "name": "Mine", "version": version})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs" in page
    assert 'value="Mine"' in page
    sent = {**WIRE, "name": "Mine", "version": version_on(page)}
    assert at_desk.post(MONITOR, sent).status_code == 302


def test_of_one_that_others_cite_too_it_is_said_who_may_edit_it(
    at_desk: Client, war: Conflict, editor: Any
) -> None:
    other = elsewhere(Source.objects.get(slug="monitor"))
    answer = at_desk.get(MONITOR)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert other.title in page
    assert "source-form" not in page
    assert at_desk.post(MONITOR, {**WIRE, "version": "x"}).status_code == 403
    MembershipFactory(user=editor, conflict=other, role="editor")
    page = at_desk.get(MONITOR).content.decode()
    assert other.title in page
    assert "source-form" in page


def test_a_reporter_makes_one_and_edits_none(client: Client, war: Conflict, reporter: Any) -> None:
    client.force_login(reporter)
    page = client.get(LIST).content.decode()
    assert NEW in page
    assert MONITOR not in page
    assert client.post(NEW, WIRE).status_code == 302
    assert client.get(MONITOR).status_code == 403


def test_a_stranger_and_another_desk_see_nothing(client: Client, war: Conflict) -> None:
    assert client.get(LIST).status_code == 302
    client.force_login(UserFactory())
    for address in (LIST, NEW, MONITOR):
        assert client.get(address).status_code == 403
