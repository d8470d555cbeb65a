"""The list of changes, and the page of one."""

import pytest
from django.test import Client

from events.models import Actor, Change, Citation, Conflict, Source
from tests.factories import MembershipFactory, ReportFactory, SourceFactory
from tests.war import NASTY, constant, more_of_everything, say

from .test_place import page


def test_a_change_says_who_what_when_and_according_to_whom(client: Client, war: Conflict) -> None:
    html = page(client, "/war/changes/c3/")
    for words in (
        "IS retook East",
        "some time between 29 and 30 June 2017",
        "accepted: two sources agree",
        "claims:",
        "A monitor",
        "(Asia/Damascus)",
        'href="/war/?at=2017-06-30&amp;place=east"',
    ):
        assert words in html
    assert html.index("SDF holds") < html.index("→") < html.rindex("IS holds")


def test_the_effect_of_a_change_inside(client: Client, war: Conflict) -> None:
    html = page(client, "/war/changes/c1/")
    assert "no data" in html
    assert "and 2 places inside" in html


def test_what_has_no_effect_says_so(client: Client, war: Conflict) -> None:
    say(war, "c4", "2017-07-02", "sdf", "attack", "east")
    assert "no effect on who holds it" in page(client, "/war/changes/c4/")
    say(
        war, "c5", "2017-07-03", "sdf", "captured", "east", ruling="open", ruling_reason="one claim"
    )
    html = page(client, "/war/changes/c5/")
    assert "open: one claim" in html


def test_what_was_corrected_stays_and_points_on(client: Client, war: Conflict) -> None:
    old = Change.objects.get(public_id="c3")
    new = Change.objects.create(
        conflict=war, public_id="c3b", kind="correction", actor=old.actor, verb="retook", date="2017-06-28",
        earliest=old.earliest, latest=old.latest, supersedes=old, reason="The date was wrong.",
        recorded_at=old.recorded_at,
    )  # fmt: skip
    html = page(client, "/war/changes/c3/")
    assert "This has been corrected" in html
    assert "The date was wrong." in html
    assert f'href="/war/changes/{new.public_id}/"' in html
    html = page(client, "/war/changes/c3b/")
    assert "What it takes back" in html
    listed = page(client, "/war/changes/")
    assert "/war/changes/c3b/" in listed
    assert 'href="/war/changes/c3/"' not in listed


def test_the_list_pages_without_repeating_or_skipping(client: Client, war: Conflict) -> None:
    more_of_everything(war, 60)
    seen: list[str] = []
    address = "/war/changes/"
    while address:
        response = client.get(address)
        seen += [row["change"].public_id for row in response.context["rows"]]
        cursor = response.context["next"]
        address = f"/war/changes/{cursor}" if cursor else ""
    assert len(seen) == len(set(seen)) == Change.objects.count()
    assert seen[:3] == ["c3", "c2", "m59"]


def test_a_cursor_that_no_page_gave(client: Client, war: Conflict) -> None:
    for cursor in ("x", "é", "W10", "%00", "WzEsMiwzXQ"):
        assert client.get(f"/war/changes/?cursor={cursor}").status_code == 400


def test_an_unknown_change_is_not_found(client: Client, war: Conflict) -> None:
    assert client.get("/war/changes/nope/").status_code == 404
    assert client.get("/other/changes/c1/").status_code == 404
    assert Citation.objects.exists()


def test_overridden_warnings_about_sources_are_public_the_others_the_desks(
    client: Client, war: Conflict
) -> None:
    overrides = [
        {"code": "partisan", "reason": f"seen on film {NASTY}", "by": "edith"},
        {"code": "long_ago", "reason": "an archive was opened", "by": "edith"},
    ]
    say(war, "c9", "2017-08-01", "sdf", "captured", "west", overrides=overrides)
    public = client.get("/war/changes/c9/").content.decode()
    assert "seen on film &lt;script" in public
    assert "What spoke against publishing it</h3>" in public
    assert "edith" not in public
    assert "archive" not in public
    member = MembershipFactory(conflict=war, role="reporter").user
    client.force_login(member)
    desk = client.get("/war/changes/c9/").content.decode()
    assert "an archive was opened" in desk
    assert "edith" in desk


def listed(client: Client, query: str) -> list[str]:
    """The public ids of the list that is narrowed down."""
    response = client.get(f"/war/changes/?{query}")
    assert response.status_code == 200, query
    return [row["change"].public_id for row in response.context["rows"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["c3", "c2", "c1"]),
        ("place=east", ["c3", "c2"]),
        ("place=The+city", ["c3", "c2", "c1"]),
        ("place=%D8%A7%D9%84%D9%85%D8%AF%D9%8A%D9%86%D8%A9", ["c3", "c2", "c1"]),
        ("place=west", []),
        ("actor=sdf", ["c2"]),
        ("verb=retook", ["c3"]),
        ("actor=is&verb=holds", ["c1"]),
        ("source=monitor", ["c3", "c2", "c1"]),
        ("source=agency", []),
        ("from=15+June+2017", ["c3", "c2"]),
        ("from=16/6/2017", ["c3"]),
        ("to=2017-06-15", ["c2", "c1"]),
        ("to=2017-06-29", ["c2", "c1"]),
        ("to=June+2017", ["c3", "c2", "c1"]),
        ("from=June+2017&to=June+2017&actor=sdf", ["c2"]),
    ],
)
def test_the_list_is_narrowed_down(
    client: Client, war: Conflict, query: str, found: list[str]
) -> None:
    SourceFactory(slug="agency", name="An agency")
    assert listed(client, query) == found


def test_who_is_named_as_the_other_one_counts_and_so_does_whom_a_report_relays(
    client: Client, war: Conflict
) -> None:
    told = ReportFactory(source=SourceFactory(slug="witness"))
    report = ReportFactory(source=Source.objects.get(slug="monitor"), relays=told)
    say(
        war, "c4", "2017-07-02", "is", "withdrew", "west", other_actor=Actor.objects.get(slug="sdf")
    )
    Citation.objects.create(change=Change.objects.get(public_id="c4"), report=report)
    assert listed(client, "actor=sdf") == ["c4", "c2"]
    assert listed(client, "source=witness") == ["c4"]


def test_the_list_says_how_many_fit_and_what_was_asked(client: Client, war: Conflict) -> None:
    html = page(client, "/war/changes/?place=east&actor=sdf&verb=captured&from=2017")
    said = html.split('class="meta counted">')[1].split("</p>")[0]
    assert said.strip() == "1 change"
    for field in (
        '<option value="sdf" selected>SDF</option>',
        '<option value="captured" selected>captured</option>',
    ):
        assert field in " ".join(html.split())
    assert 'value="east"' in html
    assert 'value="2017"' in html
    assert '<a href="/war/changes/">All changes</a>' in html


def test_nothing_that_fits_is_said(client: Client, war: Conflict) -> None:
    html = page(client, "/war/changes/?place=west")
    assert "No change fits all of that." in html
    assert "0 changes" in html


def test_older_pages_stay_narrowed_down(client: Client, war: Conflict) -> None:
    more_of_everything(war, 60)
    seen: list[str] = []
    address = "/war/changes/?place=east&from=2016"
    while address:
        response = client.get(address)
        seen += [row["change"].public_id for row in response.context["rows"]]
        older = response.context["next"]
        assert not older or "place=east" in older
        address = f"/war/changes/{older}" if older else ""
    assert len(seen) == len(set(seen)) == 62


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("place=Atlantis", "place"),
        ("actor=nobody", "actor"),
        ("verb=conquered", "verb"),
        ("source=nobody", "source"),
        ("from=soon", "from"),
        ("to=31+June+2017", "to"),
        ("to=2999", "to"),
        ("from=2017-06-30&to=2017-06-01", "to"),
        ("place=%00", "place"),
    ],
)
def test_what_cannot_be_asked_is_named_beside_what_was_typed(
    client: Client, war: Conflict, query: str, field: str
) -> None:
    response = client.get(f"/war/changes/?{query}")
    assert response.status_code == 400
    html = response.content.decode()
    assert f"{field}: " in html.split('role="alert">')[1][:20]
    assert html.count('aria-invalid="true"') == 1
    assert response.context["rows"]


def test_queries_do_not_grow_with_what_is_offered(client: Client, war: Conflict) -> None:
    before, after = constant(
        client, "/war/changes/?place=city&from=2014", lambda: more_of_everything(war)
    )
    assert after == before
