"""Nothing of a draft is in any page, answer, feed, file, count or log line that the public can reach.

The whole public site is crawled: every address of the URL configuration that needs no sign-in, with the war's own
names put in, every link on those pages, every file of the replay; before the drafts exist, and after.
"""

import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from events import replay
from events.drafting import embargo, review
from events.drafting.many import decide, pastes, proposals
from events.gazetteer import Wanted, make_place
from events.models import Change, Conflict, Place, Report
from tests.drafting.desk import CODES, WHY, written

CANARY = "Zyxwcanary"
# The name of a place in Arabic: on an Arabic page it stands where the other does on an English one.
ARABIC_CANARY = "زيكسوكناري"
# Rooms of the desk: each answers with the sign-in page, which is tested below.
CLOSED = ("desk/", "admin/", "accounts/")
NAMES = {
    "slug": ["east", "war", CANARY.lower()],
    "conflict": ["war"],
    "c": ["war"],
    "place": ["east", CANARY.lower()],
    "public_id": ["c2"],
    "change": ["c2"],
    "id": ["1"],
}
BUSY = re.compile(r'(?:href|src)="(/[^"#]*)')


def patterns(resolver: Any, before: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = before + str(getattr(pattern.pattern, "_route", pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route


def addresses() -> Iterator[str]:
    for route in patterns(get_resolver()):
        if route.startswith(CLOSED) or "^" in route:
            continue
        options = [route]
        for found in re.findall(r"<(?:\w+:)?(\w+)>", route):
            part = re.compile(rf"<(?:\w+:)?{found}>")
            options = [part.sub(v, o) for o in options for v in NAMES.get(found, ["war"])]
        for address in options:
            yield f"/{address}"


def crawl(client: Client) -> dict[str, str]:
    """Address -> what it answers, links followed."""
    seen: dict[str, str] = {}
    queries = (f"q={CANARY}", "at=2017-07-03", "from=2017-06-01&to=2017-07-10", "place=east",
               f"place={CANARY.lower()}", "at=2017-07-03&format=csv", "format=geojson", "bbox=38,34,40,36")  # fmt: skip
    waiting = list(dict.fromkeys(addresses()))
    waiting += [f"{address}?{query}" for address in waiting for query in queries]
    while waiting:
        address = waiting.pop()
        if address in seen or len(seen) > 1500:
            continue
        if address.startswith(("/desk", "/admin", "/accounts", "/static", "/i18n")):
            continue
        answer = client.get(address)
        body = b"".join(answer) if answer.streaming else answer.content
        said = seen[address] = body.decode(errors="replace") + str(dict(answer.items()))
        if "html" in answer.get("Content-Type", ""):
            waiting += [unescape(link) for link in BUSY.findall(said)]
    return seen


def often(said: str) -> int:
    return said.lower().count(CANARY.lower()) + said.count(ARABIC_CANARY)


def plain(address: str) -> str:
    """Without cursors and instants of knowledge, which are signed or differ by when one asks."""
    return address.partition("?")[0]


def files() -> dict[str, bytes]:
    folder = settings.TEST_RUN_DIR / "replay"
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def counts() -> tuple[int, int, int]:
    return Place.objects.count(), Change.objects.count(), Report.objects.count()


@pytest.fixture
def secret(war: Conflict, editor: Any) -> Any:
    """A draft in every state that is not published, full of the canary, talked about, and under embargo."""

    def make() -> None:
        # a place that was made at the desk, in the middle of what readers see, named by drafts of every state
        wanted = Wanted(CANARY, "town", ARABIC_CANARY, "35", "39", parent="The province")
        spot = make_place(war, wanted, by=editor)
        assert spot.slug == CANARY.lower()
        full = {
            "places": ["East", CANARY], "headline": CANARY, "note": CANARY, "title": [CANARY], "quote": [CANARY],
            "url": [f"https://{CANARY}.example/"], "citation_note": [CANARY],
        }  # fmt: skip
        for number in range(3):
            draft = written(war, editor, key=f"k{number}", submit=number > 0, **full)
            review.comment(draft, by=editor, text=f"{CANARY} @editor")
        embargo.hold(
            draft, by=editor, version=1, confirm=CODES, override_reason=WHY, reason=CANARY,
            at=timezone.now() + timedelta(hours=1),
        )  # fmt: skip
        broken = written(war, editor, key="broken", actor=CANARY, places=[CANARY], date=CANARY)
        review.give_back(broken, by=editor, text=CANARY)
        text = f"IS retook East on Friday, {CANARY} said. {CANARY}."
        about = pastes.Pasted(text, title=CANARY, source="A monitor", published="2017-07-03")
        paste = pastes.save(war, about, by=editor)
        proposals.read(paste, by=editor)
        assert decide.accept(paste, None, by=editor).drafts
        pastes.save(war, pastes.Pasted(f"{CANARY}\t{CANARY}"), by=editor)

    return make


@pytest.mark.slow
def test_nothing_of_a_draft_reaches_the_public(
    client: Client, war: Conflict, secret: Any, caplog: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    replay.build(war)
    before, count, had = crawl(client), counts(), set(files())
    caplog.clear()
    secret()
    embargo.publish_due(timezone.now())
    replay.build(war)
    after = crawl(client)
    assert len(after) > 40
    assert any("/api/v1/" in address for address in after)
    assert counts() == count
    # A question is answered with itself, before as after: that alone is no leak.
    leaks = {
        address: (often(before.get(address, "")), often(said))
        for address, said in after.items()
        if often(said) > often(before.get(address, ""))
    }
    assert leaks == {}
    assert {plain(address) for address in after} == {plain(address) for address in before}
    found = files()
    # Not one file more: its name is what is in it, so a place that only the desk knows leaves no trace in a count.
    assert set(found) == had
    assert [name for name, data in found.items() if often(data.decode(errors="replace"))] == []
    # psycopg's own statements are logged by no setting of ours; every other line counts
    lines = [r.getMessage() for r in caplog.records if not r.name.startswith("django.db")]
    assert [line for line in lines if CANARY in line and f"q={CANARY}" not in line] == []


@pytest.mark.slow
def test_the_same_crawl_finds_it_once_it_is_published(
    client: Client, war: Conflict, editor: Any
) -> None:
    """The crawl can fail: a word that is published is found, on pages and in the API."""
    make_place(
        war, Wanted(CANARY, "town", ARABIC_CANARY, "35", "39", parent="The province"), by=editor
    )
    draft = written(war, editor, places=["East", CANARY])
    done = review.publish(draft, by=editor, version=1, confirm=CODES, override_reason=WHY)
    assert done.change is not None
    replay.build(war)
    said = crawl(client)
    found = [address for address, answer in said.items() if CANARY in answer]
    assert "/api/v1/conflicts/war/standing" in found
    assert f"/war/places/{CANARY.lower()}/" in found
    assert any(ARABIC_CANARY in answer for answer in said.values())
    assert any(CANARY.encode() in data for data in files().values())
    assert any(address.startswith("/api/v1/") for address in found)
    assert any(address.startswith("/war/") for address in found)


def test_every_page_of_the_desk_asks_a_stranger_to_sign_in(client: Client, war: Conflict) -> None:
    asked = 0
    for route in patterns(get_resolver()):
        if not route.startswith("desk/") or "invitations" in route:
            continue
        address = "/" + re.sub(r"<[^>]*>", "1", route.replace("<slug:slug>", "war"))
        answer = client.get(address)
        asked += 1
        assert answer.status_code in (302, 405), address
        if answer.status_code == 302:
            assert answer["Location"].startswith("/accounts/login/"), address
        assert CANARY not in answer.content.decode()
    assert asked > 15
