"""The queue, the review, the shift and the record: by button, by role, and in a constant number of queries."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.drafting import embargo, presence, review
from events.models import Alert, Change, Comment, Conflict, Draft, Membership
from tests.drafting.desk import CODES, WHY, written
from tests.factories import DraftFactory, UserFactory
from tests.war import more_of_everything, queries_of

from .conftest import person, post

CONFIRM = " ".join(CODES)


def text(response: Any) -> str:
    return response.content.decode()


def more(war: Conflict, author: Any) -> None:
    """Ten more of what the desk's pages list."""
    for at in range(10):
        draft = written(war, author, key=f"more-{at}", places=["West"])
        review.comment(draft, by=author, text="hm")
        DraftFactory(conflict=war, author=UserFactory(), typed={"headline": "x"}, status="returned")
        Alert.objects.create(conflict=war, draft=draft, kind="due")
        Membership.objects.create(user=UserFactory(), conflict=war, role="editor")
    more_of_everything(war)


@pytest.mark.parametrize(
    "address",
    [
        "/desk/war/queue/",
        "/desk/war/queue/?where=open&q=e",
        "/desk/war/shift/",
        "/desk/war/shift/?since=2011-01-01",
        "/desk/war/record/",
        "/desk/war/people/",
        "/desk/drafts/{pk}/review/",
        "/desk/drafts/{pk}/versions/",
        "/desk/",
    ],
)
def test_the_pages_take_a_constant_number_of_queries(
    client: Client, war: Conflict, editor: Any, address: str
) -> None:
    chief = person(war, "chief")
    client.force_login(chief)
    draft = written(war, editor, places=["West"], date="2016-05-05")
    review.comment(draft, by=editor, text="Sure?")
    other = written(war, editor, key="other", places=["West"], date="2016-05-05")
    DraftFactory(conflict=war, author=editor, typed={"headline": "x"}, status="returned")
    Alert.objects.create(conflict=war, draft=other, kind="due")
    Alert.objects.create(conflict=war, draft=other, kind="due")
    one = queries_of(client, address.format(pk=draft.pk))
    more(war, editor)
    assert queries_of(client, address.format(pk=draft.pk)) <= one


def test_the_queue_shows_what_waits_and_who_is_at_it(
    at_desk: Client, war: Conflict, reporter: Any
) -> None:
    draft = written(war, reporter)
    presence.arrive(draft.pk, reporter)
    page = text(at_desk.get("/desk/war/queue/"))
    assert f"/desk/drafts/{draft.pk}/review/" in page
    assert "reporter is working on it" in page
    assert text(at_desk.get("/desk/war/queue/?mine=assigned")).count("data-line") == 0
    assert text(at_desk.get("/desk/war/queue/?where=nonsense&page=x&q=%00")).count("<h1>") == 1


def test_a_reporter_sees_his_own_in_the_queue_alone(
    client: Client, war: Conflict, editor: Any, reporter: Any
) -> None:
    written(war, editor, headline="a secret of the editor")
    client.force_login(reporter)
    assert "a secret" not in text(client.get("/desk/war/queue/?where=open"))
    assert "a secret" not in text(client.get("/desk/war/shift/"))
    for closed in ("record", "people"):
        assert client.get(f"/desk/war/{closed}/").status_code == 403


def test_the_review_page_tells_what_changed_since_it_was_handed_in(
    at_desk: Client, war: Conflict, reporter: Any
) -> None:
    draft = written(war, reporter, note="first words")
    at_desk.post(f"/desk/drafts/{draft.pk}/review/", {"do": "return", "text": "more"})
    at_desk.post(f"/desk/drafts/{draft.pk}/", post(version=1, note="second words"))
    page = text(at_desk.get(f"/desk/drafts/{draft.pk}/review/"))
    assert "<bdi><del>first</del> words</bdi>" in page
    assert "<bdi><ins>second</ins> words</bdi>" in page
    assert "SDF holds" in page


def test_a_published_review_leads_to_what_readers_see(
    at_desk: Client, war: Conflict, reporter: Any
) -> None:
    draft = written(war, reporter)
    address = f"/desk/drafts/{draft.pk}/review/"
    paused = at_desk.post(address, {"do": "publish", "version": 1})
    assert "Not published yet" in text(paused)
    form = {"do": "publish", "version": 1, "confirm": CONFIRM, "override_reason": WHY}
    first, second = at_desk.post(address, form), at_desk.post(address, form)
    assert first["Location"] == second["Location"] == f"/desk/drafts/{draft.pk}/published/"


def test_a_review_that_is_overtaken_shows_what_stands_there_now(
    at_desk: Client, war: Conflict, reporter: Any
) -> None:
    draft = written(war, reporter)
    stale = at_desk.post(
        f"/desk/drafts/{draft.pk}/review/", {"do": "publish", "version": 9, "confirm": CONFIRM}
    )
    assert stale.status_code == 409
    assert "changed while you were reading" in text(stale)


@pytest.mark.parametrize("do", ["publish", "hold", "lift", "return", "assign", "call-back"])
def test_a_reporter_who_posts_a_step_by_hand_is_refused(
    client: Client, war: Conflict, reporter: Any, do: str
) -> None:
    draft = written(war, reporter)
    client.force_login(reporter)
    form = {"do": do, "text": "x", "version": 1, "at": "2099-01-01T00:00", "reason": "x"}
    assert client.post(f"/desk/drafts/{draft.pk}/review/", form).status_code == 403
    draft.refresh_from_db()
    assert draft.status == "submitted"


def test_what_was_written_in_a_refused_step_stands_there_again(
    at_desk: Client, war: Conflict, reporter: Any
) -> None:
    draft = written(war, reporter)
    address = f"/desk/drafts/{draft.pk}/review/"
    form = {"do": "hold", "version": 1, "at": "yesterday", "reason": "<b>why</b>"}
    refused = at_desk.post(address, form)
    assert refused.status_code == 400
    assert "“yesterday” is not an hour" in text(refused)
    assert "&lt;b&gt;why&lt;/b&gt;" in text(refused)
    assert at_desk.post(address, {"do": "comment", "text": " "}).status_code == 400
    assert at_desk.post(address, {"do": "assign", "assignee": "999"}).status_code == 400
    assert at_desk.post(address, {"do": "dance"}).status_code == 400


def test_an_hour_of_an_embargo_is_in_the_conflicts_zone(
    at_desk: Client, war: Conflict, reporter: Any
) -> None:
    draft = written(war, reporter)
    tomorrow = timezone.now().astimezone(war.zone) + timedelta(days=1)
    form = {
        "do": "hold",
        "version": 1,
        "confirm": CONFIRM,
        "override_reason": WHY,
        "reason": "families",
        "at": tomorrow.strftime("%Y-%m-%dT18:00"),
    }
    at_desk.post(f"/desk/drafts/{draft.pk}/review/", form)
    draft.refresh_from_db()
    assert draft.status == "embargoed"
    assert draft.publish_at is not None
    assert draft.publish_at.astimezone(war.zone).hour == 18
    saved = at_desk.post(f"/desk/drafts/{draft.pk}/", post(version=1, note="a late word"))
    assert saved.status_code == 409
    assert "a late word" in text(saved)


def test_alarms_are_shown_until_they_are_seen_by_each(
    at_desk: Client, war: Conflict, editor: Any
) -> None:
    draft = embargo.hold(
        written(war, editor), by=editor, version=1, confirm=CODES, override_reason=WHY,
        reason="r", at=timezone.now() + timedelta(hours=1),
    ).draft  # fmt: skip
    embargo.publish_due(timezone.now() + timedelta(hours=2))
    assert "The hour of its embargo has come" in text(at_desk.get("/desk/war/queue/"))
    address = f"/desk/alerts/{Alert.objects.get(draft=draft).pk}/seen/"
    seen = at_desk.post(address, HTTP_REFERER="http://testserver/desk/war/queue/")
    assert seen["Location"] == "http://testserver/desk/war/queue/"
    assert "The hour of its embargo" not in text(at_desk.get("/desk/war/queue/"))


def test_what_may_not_be_changed_is_read_on_the_review_page(
    at_desk: Client, war: Conflict, editor: Any
) -> None:
    draft = embargo.hold(
        written(war, editor), by=editor, version=1, confirm=CODES, override_reason=WHY,
        reason="r", at=timezone.now() + timedelta(hours=1),
    ).draft  # fmt: skip
    shown = at_desk.get(f"/desk/drafts/{draft.pk}/")
    assert shown["Location"] == f"/desk/drafts/{draft.pk}/review/"


def test_an_autosave_keeps_the_text_and_says_what_it_kept(at_desk: Client, war: Conflict) -> None:
    new = "/desk/war/new/"
    nothing = at_desk.post(new, {"do": "autosave", "key": "k"}).json()
    assert (nothing["draft"], Draft.objects.count()) == (None, 0)
    first = at_desk.post(new, post(do="autosave", note="one")).json()
    second = at_desk.post(
        first["address"], post(do="autosave", note="two", version=first["version"])
    ).json()
    draft = Draft.objects.get()
    assert (draft.typed["note"], draft.version) == ("two", second["version"])
    stale = at_desk.post(first["address"], post(do="autosave", note="three", version=1))
    assert (stale.status_code, stale.json()) == (409, {"why": "stale", "by": "editor"})
    draft.refresh_from_db()
    assert draft.typed["note"] == "two"


def test_an_autosave_whose_answer_was_lost_is_no_conflict(at_desk: Client, war: Conflict) -> None:
    new = "/desk/war/new/"
    first = at_desk.post(new, post(do="autosave", note="in a tunnel")).json()
    again = at_desk.post(new, post(do="autosave", note="in a tunnel"))
    assert (again.status_code, again.json()["draft"]) == (200, first["draft"])
    assert again.json()["version"] == first["version"]
    assert at_desk.post(new, post(do="autosave", note="another")).status_code == 409


def test_an_autosave_of_who_is_signed_out_answers_401(client: Client, war: Conflict) -> None:
    answer = client.post(
        "/desk/war/new/", post(do="autosave"), headers={"Accept": "application/json"}
    )
    assert answer.status_code == 401


def test_the_heartbeat_tells_who_is_here_what_is_newer_and_the_same_fall(
    at_desk: Client, war: Conflict, reporter: Any, editor: Any
) -> None:
    draft = written(war, editor, submit=False)
    same = written(war, reporter, submit=False, key="other")
    presence.arrive(draft.pk, reporter)
    told = at_desk.post(f"/desk/drafts/{draft.pk}/beat/", {"version": "0"}).json()
    assert told["here"] == ["reporter"]
    assert [other["url"] for other in told["same"]] == [f"/desk/drafts/{same.pk}/review/"]
    assert told["newer"] == "editor"
    presence.leave(draft.pk, reporter)
    told = at_desk.post(f"/desk/drafts/{draft.pk}/beat/", {"version": "1"}).json()
    assert (told["here"], told["newer"]) == ([], "")


def test_a_cache_that_is_down_costs_the_desk_nothing_but_presence(
    at_desk: Client, war: Conflict, editor: Any, settings: Any
) -> None:
    written(war, editor)
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}
    }
    assert at_desk.get("/desk/war/queue/").status_code == 200


def test_the_shift_begins_at_the_last_edition_or_where_it_is_asked(
    at_desk: Client, war: Conflict, reporter: Any, editor: Any
) -> None:
    written(war, reporter, headline="waits for somebody")
    draft = written(war, editor, key="other")
    done = review.publish(draft, by=editor, version=1, confirm=CODES, override_reason=WHY)
    assert done.change is not None
    page = text(at_desk.get("/desk/war/shift/?since=2011-01-01T00:00"))
    assert "1 change published" in page
    assert "and 3 brought in by imports" in page
    assert "According to An agency." in page
    assert "waits for somebody" in page
    assert at_desk.get("/desk/war/shift/?since=18:00").status_code == 200
    for nonsense in ("25:00", "tomorrow", "2099-01-01", "%00"):
        assert at_desk.get(f"/desk/war/shift/?since={nonsense}").status_code == 400


def test_the_record_says_who_did_what_when_and_why(
    client: Client, war: Conflict, editor: Any
) -> None:
    chief = person(war, "chief")
    client.force_login(editor)
    client.post("/desk/war/new/", post(note="first words", do="submit"))
    draft = Draft.objects.get()
    client.post(f"/desk/drafts/{draft.pk}/", post(version=1, note="second words"))
    client.force_login(chief)
    form = {"do": "publish", "version": 2, "confirm": CONFIRM, "override_reason": WHY}
    client.post(f"/desk/drafts/{draft.pk}/review/", form)
    assert Change.objects.filter(published_by=chief).count() == 1
    page = text(client.get("/desk/war/record/"))
    assert "<bdi>first words</bdi>" in page
    assert "<bdi>second words</bdi>" in page
    assert f"<bdi>{WHY}</bdi>" in page
    only = text(client.get(f"/desk/war/record/?by={editor.pk}"))
    assert "<strong>editor</strong>" in only
    assert "<strong>chief</strong>" not in only
    assert client.get("/desk/war/record/?by=x&before=nonsense").status_code == 200


def test_a_comment_of_another_desk_is_out_of_reach(at_desk: Client, war: Conflict) -> None:
    theirs = DraftFactory()
    comment = Comment.objects.create(
        draft=theirs, author=theirs.author, text="theirs", draft_version=1
    )
    mine = written(war, person(war, "reporter"))
    address = f"/desk/drafts/{mine.pk}/review/"
    assert at_desk.post(address, {"do": "settle", "comment": comment.pk}).status_code == 404
    assert at_desk.post(
        address, {"do": "comment", "text": "x", "parent": comment.pk}
    ).status_code == 404  # fmt: skip
