"""The list of changes, and the page of one."""

from django.test import Client

from events.models import Change, Citation, Conflict
from tests.factories import MembershipFactory
from tests.war import NASTY, more_of_everything, say

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
        address = f"/war/changes/?cursor={cursor}" if cursor else ""
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
