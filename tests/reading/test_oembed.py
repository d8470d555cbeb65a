"""oEmbed, as oembed.com has it: our links become maps, nobody else's do, and no input breaks it."""

import json
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from events.models import Conflict
from tests.war import NASTY

OURS = "http://testserver"


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def ask(client: Client, url: str, **more: Any) -> Any:
    response = client.get("/oembed", {"url": url, **more})
    assert response.status_code == 200, response.content
    return response.json()


def iframe(html: str) -> dict[str, str | None]:
    ((tag, attributes),) = Tags(html).found
    assert tag == "iframe"
    return attributes


def src(html: str) -> str:
    return str(iframe(html)["src"])


def test_a_link_to_the_replay_becomes_a_frame_with_its_controls(
    client: Client, war: Conflict
) -> None:
    found = ask(client, f"{OURS}/war/?at=2017-06-30#8/35.9/39")
    assert (found["type"], found["version"]) == ("rich", "1.0")
    assert (found["width"], found["height"]) == (800, 600)
    assert found["title"] == "The war · 30 June 2017"
    assert found["provider_url"] == f"{OURS}/"
    frame = iframe(found["html"])
    assert frame["src"] == f"{OURS}/war/embed/?at=2017-06-30&controls=1#8/35.9/39"
    assert (frame["width"], frame["height"], frame["title"]) == ("800", "600", found["title"])
    assert client.get(src(found["html"])).status_code == 200


def test_a_link_to_a_place_becomes_the_map_of_that_place(client: Client, war: Conflict) -> None:
    found = ask(client, f"{OURS}/war/places/east/?at=2017-06-30&known=2017-07-01")
    asked = parse_qs(urlsplit(src(found["html"])).query)
    assert asked == {
        "at": ["2017-06-30"], "known": ["2017-07-01T21:00:00+00:00"], "place": ["east"],
        "controls": ["1"],
    }  # fmt: skip
    assert "East" in found["title"]


@pytest.mark.parametrize(
    ("query", "controls"), [("", "0"), ("?controls", "1"), ("?controls=0", "0")]
)
def test_a_link_to_an_embed_keeps_its_controls_and_its_language(
    client: Client, war: Conflict, query: str, controls: str
) -> None:
    sep = "&" if query else "?"
    asked = parse_qs(
        urlsplit(src(ask(client, f"{OURS}/war/embed/{query}{sep}lang=ar")["html"])).query
    )
    assert asked == {"controls": [controls], "lang": ["ar"]}


@pytest.mark.parametrize(
    ("asked", "given_"),
    [((400, 300), (400, 300)), ((4000, 4000), (800, 600)), ((1, 1), (1, 1))],
)
def test_no_frame_is_larger_than_asked(
    client: Client, war: Conflict, asked: tuple[int, int], given_: tuple[int, int]
) -> None:
    found = ask(client, f"{OURS}/war/", maxwidth=asked[0], maxheight=asked[1])
    frame = iframe(found["html"])
    assert (found["width"], found["height"]) == given_
    assert (frame["width"], frame["height"]) == tuple(map(str, given_))


def test_xml_says_the_same_as_json(client: Client, war: Conflict) -> None:
    war.title = f"War & {NASTY}\x0b"
    war.save()
    url = f"{OURS}/war/?at=2017-06-30&place=village"
    said = ask(client, url)
    response = client.get("/oembed", {"url": url, "format": "xml"})
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    root = ET.fromstring(response.content)
    assert root.tag == "oembed"
    assert {part.tag: part.text for part in root} == {
        name: str(value).replace("\x0b", "") for name, value in said.items()
    }
    assert iframe(said["html"])["title"] == said["title"]
    assert NASTY in said["title"]


def test_any_page_may_read_the_answer(client: Client, war: Conflict) -> None:
    response = client.get("/oembed", {"url": f"{OURS}/war/"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/war/",
        "http://testserver.elsewhere.example/war/",
        "http://testserver@elsewhere.example/war/",
        "javascript:alert(1)//testserver/war/",
        "ftp://testserver/war/",
        "/war/",
        f"{OURS}/",
        f"{OURS}/nowhere/",
        f"{OURS}/desk/",
        f"{OURS}/war/changes/",
        f"{OURS}/war/places/nowhere/",
        f"{OURS}/war/?at=2017-02-30",
        f"{OURS}/war/?place=nowhere",
        "http://[::1/war/",
        "%00",
    ],
)
def test_an_address_that_is_no_map_of_ours_is_not_found(
    client: Client, war: Conflict, url: str
) -> None:
    response = client.get("/oembed", {"url": url})
    assert response.status_code == 404
    assert response.content.startswith((b"url: ", b"at: ", b"place: "))


def test_the_sites_public_address_is_ours_too(client: Client, war: Conflict, settings: Any) -> None:
    settings.SITE_URL = "https://tracker.example"
    assert ask(client, "https://Tracker.example/war/")["title"] == "The war"


def test_another_format_is_not_implemented(client: Client, war: Conflict) -> None:
    response = client.get("/oembed", {"url": f"{OURS}/war/", "format": "yaml"})
    assert response.status_code == 501


@pytest.mark.parametrize(
    ("query", "field"),
    [({}, "url"), ({"url": ""}, "url"), ({"maxwidth": "0"}, "maxwidth")]
    + [({"maxheight": bad}, "maxheight") for bad in ("-1", "1e3", "x", "٣", "9" * 400)],
)
def test_bad_input_is_refused_by_name(
    client: Client, war: Conflict, query: dict[str, str], field: str
) -> None:
    given_ = query if field == "url" else {"url": f"{OURS}/war/", **query}
    response = client.get("/oembed", given_)
    assert response.status_code == 400
    assert response.content.decode().startswith(f"{field}: ")


@pytest.mark.parametrize("address", ["/war/?at=2017-06-30&place=east", "/war/places/east/"])
def test_pages_lead_to_their_oembed(client: Client, war: Conflict, address: str) -> None:
    links = {
        str(attributes["type"]): str(attributes["href"])
        for tag, attributes in Tags(client.get(address).content.decode()).found
        if tag == "link" and "oembed" in str(attributes.get("type"))
    }
    assert links.keys() == {"application/json+oembed", "text/xml+oembed"}
    found = client.get(links["application/json+oembed"]).json()
    assert "place=east" in found["html"]
    assert client.get(links["text/xml+oembed"]).content.startswith(b"<?xml")


def test_a_page_that_was_asked_in_vain_leads_to_none(client: Client, war: Conflict) -> None:
    assert b"oembed" not in client.get("/war/?at=2017-02-30").content


parts = st.sampled_from(
    [
        *"/?#&=:@[]%",
        "war",
        "places",
        "east",
        "embed",
        "at=2017-06-30",
        "at=",
        "known=x",
        "\x00",
        OURS,
    ]
    + ["//", "..", "lang=ar", "controls", "8/35/39", "é", "\ud7ff", "%ff", "\\", " "]
)
address = st.one_of(
    st.text(max_size=40),
    st.lists(parts, max_size=8).map("".join),
    st.lists(parts, max_size=8).map(lambda found: f"{OURS}/war/{''.join(found)}"),
)


@settings(max_examples=150)
@given(url=address, form=st.sampled_from(["json", "xml"]), size=st.text(max_size=4))
def test_nothing_that_is_asked_breaks_it(
    client: Client, war: Conflict, url: str, form: str, size: str
) -> None:
    asked = f"url={quote(url, safe='')}&format={form}&maxwidth={quote(size, safe='')}"
    response = client.get(f"/oembed?{asked}")
    assert response.status_code in (200, 400, 404)
    if response.status_code == 200 and form == "json":
        assert src(json.loads(response.content)["html"]).startswith(f"{OURS}/war/embed/")
