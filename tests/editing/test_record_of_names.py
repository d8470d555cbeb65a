"""Who did what, of actors and sources: names, memberships and leanings too, and what was taken back."""

from html import unescape
from typing import Any

from django.test import Client

from events.models import Conflict, Source
from tests.factories import MembershipFactory, SourceFactory
from tests.war import queries_of

from .test_actors import form
from .test_sources import NEW as NEW_SOURCE
from .test_sources import WIRE, version_on

RECORD = "/desk/war/record/"


def told(client: Client) -> str:
    """Without what a step before had to say."""
    page = client.get(RECORD).content.decode().partition("<main")[2]
    return " ".join(unescape(page).split())


def test_a_name_and_a_membership_are_told_by_the_actor(at_desk: Client, war: Conflict) -> None:
    address = "/desk/war/actors/sdf/"
    sent = form(
        at_desk, address, short="SDF", name="SDF in full", colour="#D55E00", pattern="solid",
        aliases="QSD", coalition=["is"], since=["2015"], until=[""],
    )  # fmt: skip
    assert at_desk.post(address, sent).status_code == 302
    page = told(at_desk)
    assert "Name of an actor made <bdi>SDF in full: QSD</bdi>" in page
    assert "Name of an actor removed <bdi>SDF in full: قسد</bdi>" in page
    assert "Coalition membership made <bdi>SDF in full: IS in full</bdi>" in page
    assert "<strong>editor</strong>" in page


def test_a_source_its_names_and_leanings_are_told_and_what_was_taken_back(
    at_desk: Client, war: Conflict
) -> None:
    at_desk.post(NEW_SOURCE, WIRE)
    address = "/desk/war/sources/the-wire/"
    version = version_on(at_desk.get(address).content.decode())
    sent = {**WIRE, "version": version, "leanings": [], "aliases": "", "reliability": "E"}
    assert at_desk.post(address, sent).status_code == 302
    page = told(at_desk)
    for said in (
        "Source made <bdi>The wire</bdi>",
        "Source changed <bdi>The wire</bdi>",
        "Other name of a source removed <bdi>The wire: TW</bdi>",
        "Partisan source made <bdi>The wire: SDF in full</bdi>",
        "Partisan source removed <bdi>The wire: SDF in full</bdi>",
    ):
        assert said in page, said


def test_what_other_desks_do_to_a_source_is_theirs_to_tell(
    client: Client, at_desk: Client, war: Conflict
) -> None:
    other = MembershipFactory(role="editor")
    client.force_login(other.user)
    sent: dict[str, Any] = {**WIRE, "leanings": [], "name": "Their wire"}
    assert client.post(f"/desk/{other.conflict.slug}/new-source/", sent).status_code == 302
    assert Source.objects.filter(name="Their wire").exists()
    client.force_login(war.memberships.get().user)
    assert "Their wire" not in told(client)


def test_it_asks_as_much_of_many_as_of_few(at_desk: Client, war: Conflict) -> None:
    at_desk.post(NEW_SOURCE, WIRE)
    few = queries_of(at_desk, RECORD)
    for number in range(6):
        at_desk.post(NEW_SOURCE, {**WIRE, "name": f"Wire {number}", "aliases": f"W{number}"})
    SourceFactory()
    assert queries_of(at_desk, RECORD) == few
