"""The desk's pages, by every button a browser without JavaScript has."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events import ledger
from events.editing.lists import in_a_line
from events.models import Change, Conflict, Draft, Report
from events.templatetags.desk import changes_linked
from tests.factories import ConflictFactory, DraftFactory, PlaceFactory, UserFactory
from tests.war import more_of_everything, queries_of

from .conftest import person, post

NEW, CONFIRM = "/desk/war/new/", "long_ago alters_later never_held no_effect"


def text(response: Any) -> str:
    return response.content.decode()


def test_a_stranger_is_asked_to_sign_in(client: Client, war: Conflict) -> None:
    for address in ("/desk/", NEW):
        assert client.get(address)["Location"] == f"/accounts/login/?next={address}"
    assert (
        client.get("/desk/war/find/place/", headers={"Accept": "application/json"}).status_code
        == 401
    )
    signed_out = client.post("/desk/war/preview/", post(), headers={"HX-Request": "true"})
    assert "You have been signed out" in text(signed_out)


def test_someone_without_a_desk_is_told_so(client: Client, war: Conflict) -> None:
    client.force_login(UserFactory(username="guest"))
    refused = client.get("/desk/")
    assert refused.status_code == 403
    assert "sit at no desk yet" in text(refused)
    assert client.get(NEW).status_code == 403


def test_the_desk_lists_drafts_and_changes_in_a_constant_number_of_queries(
    at_desk: Client, war: Conflict, editor: Any
) -> None:
    DraftFactory(
        conflict=war, author=editor, typed={"actor": "IS", "verb": "retook", "places": ["East"]}
    )
    one = queries_of(at_desk, "/desk/")
    page = text(at_desk.get("/desk/"))
    assert "IS retook East" in page
    assert "15 June 2017" in page
    assert "Headline &lt;script&gt;" in page
    for _ in range(10):
        DraftFactory(conflict=war)
    more_of_everything(war)
    assert queries_of(at_desk, "/desk/") == one


def test_the_form_takes_a_constant_number_of_queries(at_desk: Client, war: Conflict) -> None:
    at_desk.post(NEW, post())
    address = reverse("editing:draft", args=[Draft.objects.get().pk])
    few = [queries_of(at_desk, NEW), queries_of(at_desk, address)]
    more_of_everything(war)
    assert [queries_of(at_desk, NEW), queries_of(at_desk, address)] == few


def test_a_change_is_logged_seen_and_published(at_desk: Client, war: Conflict) -> None:
    seen = at_desk.post(NEW, post(do="preview"))
    assert "IS holds" in text(seen)
    assert "SDF holds" in text(seen)
    assert "from 3 July 2017" in text(seen)
    assert Draft.objects.count() == 0

    paused = at_desk.post(NEW, post(do="publish"))
    assert "The date lies" in text(paused)
    draft = Draft.objects.get()
    assert draft.change is None

    again = post(do="publish", version=draft.version, confirm=paused.context["panel"].codes)
    published = at_desk.post(f"/desk/drafts/{draft.pk}/", again)
    assert published["Location"] == f"/desk/drafts/{draft.pk}/published/"
    draft.refresh_from_db()
    change = Change.objects.latest("pk")
    assert (draft.status, draft.change) == ("published", change)
    assert (change.headline, change.published_by.username) == ("SDF retakes East", "editor")
    assert change.idempotency_key == f"draft-{draft.pk}"
    cited = change.citations.get()
    assert (cited.report.title, cited.report.quote) == ("SDF back in East", "they are back")
    assert ledger.check(war) == []

    page = text(at_desk.get(published["Location"]))
    assert "/war/?at=2017-07-03&amp;place=east" in page
    assert reverse("change", args=["war", change.public_id]) in page
    assert at_desk.get(f"/desk/drafts/{draft.pk}/")["Location"] == published["Location"]


def test_publishing_wakes_the_replay_only_once_it_is_committed(
    at_desk: Client, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    woken: list[int] = []
    monkeypatch.setattr("events.tasks._enqueue", woken.append)
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        at_desk.post(NEW, post(do="publish", confirm=CONFIRM))
        assert woken == []
    assert len(callbacks) == len(woken) == 1


def test_whatever_is_wrong_is_named_and_kept(at_desk: Client, war: Conflict) -> None:
    changes, reports = Change.objects.count(), Report.objects.count()
    refused = at_desk.post(
        NEW, post(do="publish", actor="Atlanteans", date="2017-02-30", title=["<b>bold</b>"])
    )
    page = text(refused)
    assert "“Atlanteans” is not a known actor." in page
    assert '<a href="#id_date">' in page
    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    draft = Draft.objects.get()
    assert (draft.status, draft.typed["date"]) == ("draft", "2017-02-30")
    assert (Change.objects.count(), Report.objects.count()) == (changes, reports)
    assert 'value="Atlanteans"' in text(at_desk.get(f"/desk/drafts/{draft.pk}/"))


@pytest.mark.parametrize("do", ["save", "submit", "publish"])
def test_an_empty_form_leaves_no_empty_draft(at_desk: Client, war: Conflict, do: str) -> None:
    page = text(at_desk.post(NEW, {"key": "k", "version": "0", "do": do}))
    assert "Say what happened: choose a verb." in page
    assert not Draft.objects.exists()


def test_a_refusal_writes_no_report(at_desk: Client, war: Conflict) -> None:
    reports = Report.objects.count()
    assert "Not published yet" in text(at_desk.post(NEW, post(do="publish")))
    assert Report.objects.count() == reports


def test_a_new_warning_is_asked_about_again(at_desk: Client) -> None:
    paused = at_desk.post(NEW, post(do="publish", places=["West"], confirm="long_ago"))
    assert "never held West" in text(paused)
    assert not paused.context["panel"].confirmed


def test_rows_are_added_and_removed_and_the_text_is_kept(at_desk: Client) -> None:
    page = at_desk.post(NEW, post(do="add-place"))
    assert page.context["typed"].places == ["East", ""]
    page = at_desk.post(NEW, post(do="remove-place-0", places=["East", "West"]))
    assert page.context["typed"].places == ["West"]
    page = at_desk.post(NEW, post(do="add-source"))
    assert [row["source"] for row in page.context["typed"].citations] == ["An agency", ""]
    page = at_desk.post(NEW, post(do="remove-source-0"))
    assert [row["source"] for row in page.context["typed"].citations] == [""]
    for nonsense in ("remove-place-99999", "remove-source-", "remove-place-x", "dance", ""):
        assert at_desk.post(NEW, post(do=nonsense)).status_code == 200


def test_a_candidate_is_picked_without_javascript(at_desk: Client) -> None:
    page = at_desk.post(NEW, post(places=["Eest"], pick="places-0=East"))
    assert page.context["typed"].places == ["East"]
    assert page.context["panel"].ready


def test_a_reporter_submits_and_does_not_publish(
    client: Client, war: Conflict, reporter: Any
) -> None:
    client.force_login(reporter)
    form = text(client.get(NEW))
    assert 'value="publish"' not in form
    assert 'value="submit"' in form
    client.post(NEW, post(do="submit"))
    assert Draft.objects.get().status == "submitted"


def test_a_reporter_who_posts_the_publish_form_by_hand_loses_nothing_and_publishes_nothing(
    client: Client, war: Conflict, reporter: Any
) -> None:
    client.force_login(reporter)
    changes = Change.objects.count()
    refused = client.post(NEW, post(do="publish", confirm=CONFIRM))
    assert refused.status_code == 403
    assert Change.objects.count() == changes
    assert Draft.objects.get().typed["actor"] == "قسد"


def test_a_reporter_sees_only_his_own_drafts(client: Client, war: Conflict, reporter: Any) -> None:
    theirs = DraftFactory(conflict=war, typed={"headline": "a secret of another"})
    client.force_login(reporter)
    assert "a secret of another" not in text(client.get("/desk/"))
    assert client.get(f"/desk/drafts/{theirs.pk}/").status_code == 403
    assert client.post(f"/desk/drafts/{theirs.pk}/drop/").status_code == 403


def test_a_draft_does_not_exist_for_another_desk(client: Client, war: Conflict) -> None:
    draft = DraftFactory(conflict=war)
    client.force_login(person(ConflictFactory(), "chief"))
    assert client.get(f"/desk/drafts/{draft.pk}/").status_code == 404


def test_a_draft_is_dropped_and_stays_on_record(at_desk: Client, war: Conflict) -> None:
    at_desk.post(NEW, post())
    draft = Draft.objects.get()
    assert at_desk.get(f"/desk/drafts/{draft.pk}/drop/").status_code == 405
    assert at_desk.post(f"/desk/drafts/{draft.pk}/drop/")["Location"] == "/desk/"
    draft.refresh_from_db()
    assert draft.status == "dropped"
    late = at_desk.post(
        f"/desk/drafts/{draft.pk}/", post(version=1, note="a late word", key="other")
    )
    assert late.status_code == 409
    assert "dropped in the meantime" in text(late)
    assert "a late word" in text(late)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [("actor", "داعش", "IS"), ("place", "المدينة", "The city"), ("source", "agenc", "An agency")],
)
def test_names_are_found_as_one_types(at_desk: Client, kind: str, typed: str, value: str) -> None:
    found = at_desk.get(f"/desk/war/find/{kind}/", {"q": typed}).json()["options"]
    assert found[0]["value"] == value


def test_a_place_is_found_with_where_it_lies_and_who_held_it_that_day(at_desk: Client) -> None:
    (east,) = at_desk.get("/desk/war/find/place/", {"q": "East", "at": "2017-06-20"}).json()[
        "options"
    ]
    assert (east["kind"], east["where"]) == ("neighbourhood", "The city › The province")
    assert east["standing"] == "SDF holds"


def test_finding_takes_a_constant_number_of_queries(at_desk: Client, war: Conflict) -> None:
    few = queries_of(at_desk, "/desk/war/find/place/?q=e")
    more_of_everything(war)
    assert queries_of(at_desk, "/desk/war/find/place/?q=e") == few


@pytest.mark.parametrize(
    "query", ["q=%00", "q=" + "x" * 3000, "q=%25_%27%22", "at=2017-02-30&q=east", ""]
)
def test_finding_bears_any_text(at_desk: Client, query: str) -> None:
    for kind in ("actor", "place", "source"):
        assert at_desk.get(f"/desk/war/find/{kind}/?{query}").status_code == 200
    assert at_desk.get("/desk/war/find/planet/?q=x").status_code == 404


def test_the_preview_says_what_becomes_of_places_inside(at_desk: Client) -> None:
    answer = text(at_desk.post("/desk/war/preview/", post(places=["The city"], verb="captured")))
    assert "and 2 places inside" in answer
    assert 'id="note_date" hx-swap-oob="innerHTML"' in answer


def test_a_guess_looks_less_sure_than_what_was_named_in_the_field_and_in_the_preview(
    at_desk: Client, war: Conflict
) -> None:
    PlaceFactory(conflict=war, slug="khanasir", name="Khanasir")
    said = "SDF captured Khanzir from IS"
    form = post(sentence=said, read=said, places=["Khanasir"], actor="SDF", verb="captured")
    for address in ("/desk/war/preview/", "/desk/war/sentence/"):
        page = text(at_desk.post(address, form))
        (note,) = re.findall(r'id="note_places-0"[^>]*>(.*?)</div>', page, re.DOTALL)
        assert "note--guess" in note
        assert "guessed" in note
        assert "note--read" not in note
    panel = text(at_desk.post("/desk/war/preview/", form)).partition('id="note_')[0]
    assert panel.count("note--guess") == 1
    chosen = text(at_desk.post("/desk/war/preview/", {**form, "places": ["West"]}))
    assert "note--guess" not in chosen


def test_a_guess_that_somebody_says_is_right_is_none_any_more(
    at_desk: Client, war: Conflict
) -> None:
    PlaceFactory(conflict=war, slug="khanasir", name="Khanasir")
    said = "SDF captured Khanzir from IS"
    form = post(sentence=said, read=said, places=["Khanasir"], actor="SDF", verb="captured")
    asked = text(at_desk.post("/desk/war/sentence/", form))
    (button,) = re.findall(r'name="sure"\s+value="([^"]+)"', asked)
    assert button == "places-0=Khanasir"
    answer = text(at_desk.post("/desk/war/sentence/", {**form, "sure": [button]}))
    assert not {"note--guess", "heard-chip--guess", "heard-guess"} & set(re.split(r'[" ]', answer))
    assert f'<input type="hidden" name="sure" value="{button}">' in answer
    other = text(at_desk.post("/desk/war/sentence/", {**form, "sure": ["places-0=West"]}))
    assert "note--guess" in other


def test_that_a_guess_is_right_is_kept_with_the_draft_and_is_no_change_of_its_text(
    at_desk: Client, war: Conflict
) -> None:
    PlaceFactory(conflict=war, slug="khanasir", name="Khanasir")
    said = "SDF captured Khanzir from IS"
    form = post(sentence=said, read=said, places=["Khanasir"], actor="SDF", verb="captured")
    at_desk.post("/desk/war/new/", {**form, "do": "save"})
    draft = Draft.objects.get()
    page = f"/desk/drafts/{draft.pk}/"
    assert "note--guess" in text(at_desk.get(page))
    again = {**form, "do": "save", "version": draft.version, "sure": ["places-0=Khanasir"]}
    at_desk.post(page, again)
    draft.refresh_from_db()
    assert draft.typed["sure"] == ["places-0=Khanasir"]
    assert "note--guess" not in text(at_desk.get(page))


def test_what_seems_to_be_logged_already_leads_to_that_change(at_desk: Client) -> None:
    # c3 of the war's own record: IS retook East on the 29th or 30th.
    form = post(actor="IS", date="2017-06-30")
    page = text(at_desk.post("/desk/war/preview/", form))
    link = '(<a href="/war/changes/c3/" target="_blank" rel="noopener">c3</a>)'
    assert "This seems to be logged already" in page
    assert link in page


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (
            "<b> (c3)",
            '&lt;b&gt; (<a href="/war/changes/c3/" target="_blank" rel="noopener">c3</a>)',
        ),
        ("(c4), c3", "(c4), c3"),
        ("", ""),
    ],
)
def test_only_a_change_that_is_spoken_of_is_linked_and_words_are_escaped(
    words: str, shown: str
) -> None:
    assert changes_linked(Conflict(slug="war"), words, ["c3"]) == shown


def test_the_preview_does_not_find_fault_with_what_is_being_typed(at_desk: Client) -> None:
    typing = post(places=["Eas t of nowhere"], focused="id_places-0")
    assert "is not a known place" not in text(at_desk.post("/desk/war/preview/", typing))
    left = {**typing, "focused": "id_date"}
    assert "is not a known place" in text(at_desk.post("/desk/war/preview/", left))


def test_a_draft_in_a_line() -> None:
    assert in_a_line(Draft(typed={})).said == "nothing typed yet"
    assert in_a_line(Draft(typed={"headline": "h" * 500})).said == "h" * 160
