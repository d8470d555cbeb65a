"""Correcting and retracting from the desk: a draft like others, prefilled, with a public reason."""

import re
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone, translation

from events import ledger
from events.drafting import review
from events.drafting.assemble import assemble
from events.drafting.prefill import typed_to
from events.drafting.typed import CITATION_FIELDS, FIELDS, Typed
from events.models import Change, Conflict, Draft
from tests.drafting.desk import CODES, WHY, typed, written
from tests.editing.conftest import person
from tests.factories import SourceFactory
from tests.war import say


def c3() -> Change:
    return Change.objects.get(public_id="c3")


def as_sent(typed: Typed, **changed: Any) -> dict[str, Any]:
    """What the browser sends of a form that shows `typed`."""
    sent: dict[str, Any] = {name: getattr(typed, name) for name in FIELDS}
    sent |= {name: [row[name] for row in typed.citations] for name in CITATION_FIELDS}
    more = {"kind": typed.kind, "corrects": typed.corrects, "key": typed.key, "version": "0"}
    return {**sent, **more, "places": typed.places, "do": "publish", **changed}


@pytest.mark.parametrize(("kind", "heading"), [("correct", "Correct"), ("retract", "Retract")])
def test_the_form_comes_filled_in_with_what_was_said(
    at_desk: Client, war: Conflict, kind: str, heading: str
) -> None:
    response = at_desk.get(f"/desk/war/changes/c3/{kind}/")
    page = response.content.decode()
    assert f"{heading} a change" in page
    typed = response.context["typed"]
    assert (typed.actor, typed.verb, typed.places) == ("IS", "retook", ["East"])
    assert (typed.date, typed.citations[0]["source"]) == ("2017-06-29/2017-06-30", "A monitor")
    assert typed.citations[0]["stance"] == "claims"
    assert 'name="reason"' in page
    assert 'id="problems"' not in page


@pytest.mark.parametrize(
    ("kind", "heading"), [("correction", "Correct a change"), ("retraction", "Retract a change")]
)
def test_a_saved_one_says_what_it_is_and_begins_at_its_reason(
    at_desk: Client, war: Conflict, kind: Any, heading: str
) -> None:
    at_desk.post("/desk/war/new/", as_sent(typed_to(kind, c3(), "k"), do="save"))
    draft = Draft.objects.get()
    page = at_desk.get(f"/desk/drafts/{draft.pk}/").content.decode()
    head = re.search(r"<h1>(.*?)</h1>", page, re.DOTALL)
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert head
    assert title
    for said in (head[1], title[1]):
        assert heading in said
        assert f"Draft #{draft.pk}" in said
    assert re.findall(r'<\w+ id="(\w+)"[^>]*autofocus', page) == ["id_reason"]


def test_a_correction_is_published_in_the_place_of_what_was_said(
    at_desk: Client, war: Conflict
) -> None:
    sent = as_sent(
        typed_to("correction", c3(), "k"),
        date="2017-07-01",
        reason="The agency misread the day",
        confirm="partisan never_held alters_later",
        override_reason="checked",
    )
    response = at_desk.post("/desk/war/new/", sent)
    assert response.status_code == 302, response.content.decode()
    newer = Change.objects.get(supersedes=c3())
    assert (newer.kind, newer.date) == ("correction", "2017-07-01")
    assert newer.reason == "The agency misread the day"
    assert Draft.objects.get().change == newer
    assert ledger.check(war) == []
    assert at_desk.get(response["Location"]).status_code == 200


def test_whom_a_report_quotes_is_published_with_it_and_corrected_with_it(
    war: Conflict, editor: Any
) -> None:
    SourceFactory(slug="paper", name="A paper")
    SourceFactory(slug="witness", name="A witness")
    draft = written(war, editor, override_reason=WHY, relays=["A paper > A witness"])
    done = review.publish(draft, by=editor, version=1, confirm=CODES, override_reason=WHY)
    assert done.change is not None
    (citation,) = done.change.citations.all()
    chain = [citation.report, citation.report.relays, citation.report.relays.relays]
    assert [str(report.source) for report in chain] == ["An agency", "A paper", "A witness"]
    (row,) = typed_to("correction", done.change, "k").citations
    assert row["relays"] == "A paper > A witness"


def test_who_is_quoted_has_to_be_known(war: Conflict) -> None:
    made = assemble(war, typed(relays=["Nobody at all"]))
    assert set(made.problems) == {"relays-0"}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_headline_that_was_made_from_the_fields_is_made_anew(
    war: Conflict, editor: Any, language: str
) -> None:
    with translation.override(language):
        draft = written(war, editor, override_reason=WHY)
        done = review.publish(draft, by=editor, version=1, confirm=CODES, override_reason=WHY)
    assert done.change is not None
    assert typed_to("correction", done.change, "k").headline == ""
    assert typed_to("retraction", done.change, "k").headline == done.change.headline


def test_a_headline_of_the_desks_own_words_stays(war: Conflict, editor: Any) -> None:
    draft = written(war, editor, headline="Back in East")
    done = review.publish(draft, by=editor, version=1, confirm=CODES, override_reason=WHY)
    assert done.change is not None
    assert typed_to("correction", done.change, "k").headline == "Back in East"


def test_a_second_click_corrects_once(at_desk: Client, war: Conflict) -> None:
    sent = as_sent(
        typed_to("correction", c3(), "k"), note="more exact", reason="a note", confirm="partisan",
        override_reason="checked",
    )  # fmt: skip
    first = at_desk.post("/desk/war/new/", sent)
    again = at_desk.post("/desk/war/new/", sent)
    assert first.status_code == again.status_code == 302
    assert first["Location"] == again["Location"]
    assert Change.objects.filter(kind="correction").count() == 1


@pytest.mark.parametrize("kind", ["correction", "retraction"])
def test_without_a_public_reason_nothing_is_published_and_the_text_is_kept(
    at_desk: Client, war: Conflict, kind: str
) -> None:
    sent = as_sent(typed_to(kind, c3(), "k"), note="typed and not lost", reason="  ")
    response = at_desk.post("/desk/war/new/", sent)
    assert response.status_code == 200
    problems = {box.id for box, _problem in response.context["form"].problems}
    assert problems == {"reason"}
    assert not Change.objects.exclude(kind="statement").exists()
    assert Draft.objects.get().typed["note"] == "typed and not lost"


def test_a_retraction_withdraws_and_shows_beforehand_what_will_stand(
    at_desk: Client, war: Conflict
) -> None:
    form = at_desk.get("/desk/war/changes/c3/retract/")
    (row,) = form.context["panel"].rows
    assert (row.before, row.after) == ("IS holds", "SDF holds"), "before the reason is typed"
    sent = as_sent(form.context["typed"], reason="The video was from 2016", do="preview")
    (row,) = at_desk.post("/desk/war/new/", sent).context["panel"].rows
    assert (row.before, row.after) == ("IS holds", "SDF holds")
    response = at_desk.post("/desk/war/new/", {**sent, "do": "publish"})
    assert response.status_code == 302, response.content.decode()
    assert Change.objects.get(supersedes=c3()).kind == "retraction"
    assert ledger.standings(war, timezone.now())["east"].holds == ("sdf",)
    done = at_desk.get(response["Location"]).content.decode()
    assert "Retracted" in done and "Published" not in done, (
        "what was taken back does not read as news"
    )


def test_what_was_corrected_is_told_as_corrected(at_desk: Client, war: Conflict) -> None:
    sent = as_sent(
        typed_to("correction", c3(), "k"),
        date="2017-07-01",
        reason="The agency misread the day",
        confirm="partisan never_held alters_later",
        override_reason="checked",
    )
    done = at_desk.get(at_desk.post("/desk/war/new/", sent)["Location"]).content.decode()
    assert "Corrected" in done and "Published" not in done
    newer = Change.objects.get(supersedes=c3())
    assert f"/desk/war/changes/{newer.public_id}/retract/" in done


@pytest.mark.parametrize(
    ("kind", "address"), [("correction", "correct"), ("retraction", "retract")]
)
def test_a_preview_answers_only_for_inputs_that_the_form_has(
    at_desk: Client, war: Conflict, kind: str, address: str
) -> None:
    page = at_desk.get(f"/desk/war/changes/c3/{address}/").content.decode()
    sent = as_sent(typed_to(kind, c3(), "k"), reason="The video was from 2016")
    answer = at_desk.post("/desk/war/preview/", sent).content.decode()
    answered = re.findall(r'id="(note_[^"]*)"\s+hx-swap-oob', answer)
    assert "note_reason" in answered
    assert [one for one in answered if f'id="{one}"' not in page] == []


def test_a_preview_shows_a_place_that_is_no_longer_named(at_desk: Client, war: Conflict) -> None:
    sent = as_sent(
        typed_to("correction", c3(), "k"), places=["West"], reason="It was West", do="preview"
    )
    response = at_desk.post("/desk/war/preview/", sent)
    rows = {row.places[0].slug: (row.before, row.after) for row in response.context["panel"].rows}
    assert rows["east"] == ("IS holds", "SDF holds")
    assert rows["west"] == ("IS holds", "IS holds")


def test_a_correction_that_only_comes_later_shows_the_time_between(
    war: Conflict,
) -> None:
    say(war, "c4", "2017-07-20", "sdf", "captured", "west")
    old = Change.objects.get(public_id="c4")
    new = ledger.NewChange(
        conflict=war, actor=old.actor, verb="captured", places=list(old.places.all()),
        date="2017-07-25",
        citations=[ledger.NewCitation(c.report, c.stance) for c in old.citations.all()],
        kind="correction", supersedes=old, reason="later",
    )  # fmt: skip
    (effect,) = ledger.preview(new)
    assert (effect.before.holds, effect.after.holds) == (("sdf",), ("is",))
    assert effect.day.isoformat() == "2017-07-20"


def test_what_is_corrected_already_is_said_at_once(at_desk: Client, war: Conflict) -> None:
    ledger.retract(c3(), reason="withdrawn", by=None)
    page = at_desk.get("/desk/war/changes/c3/correct/").content.decode()
    assert "It is retracted already" in page
    response = at_desk.post(
        "/desk/war/new/", as_sent(typed_to("correction", c3(), "k"), reason="x")
    )
    assert response.status_code == 200
    assert Change.objects.filter(supersedes=c3()).count() == 1


@pytest.mark.parametrize("corrects", ["", "nothing", "a/b", "\x00", "../c3", "<b>"])
def test_a_change_that_is_not_there_is_a_problem_of_the_form(
    at_desk: Client, war: Conflict, corrects: str
) -> None:
    sent = as_sent(typed_to("correction", c3(), "k"), corrects=corrects, reason="x")
    response = at_desk.post("/desk/war/new/", sent)
    assert response.status_code == 200
    assert "There is no change" in response.content.decode()
    assert not Change.objects.filter(kind="correction").exists()


def test_a_change_of_another_conflict_is_not_found(at_desk: Client, war: Conflict) -> None:
    assert at_desk.get("/desk/war/changes/nothing/correct/").status_code == 404


def test_a_reporter_may_draft_a_correction_and_not_publish_it(
    client: Client, war: Conflict, reporter: Any
) -> None:
    client.force_login(reporter)
    typed = client.get("/desk/war/changes/c3/correct/").context["typed"]
    assert client.post("/desk/war/new/", as_sent(typed, reason="x", do="submit")).status_code == 302
    assert client.post("/desk/war/new/", as_sent(typed, reason="x", key="k2")).status_code == 403
    assert not Change.objects.filter(kind="correction").exists()


def test_who_sits_at_no_desk_of_it_is_refused(client: Client, war: Conflict) -> None:
    assert client.get("/desk/war/changes/c3/correct/").status_code == 302
    outsider = person(war, "editor")
    outsider.memberships.all().delete()
    client.force_login(outsider)
    assert client.get("/desk/war/changes/c3/retract/").status_code in (403, 404)


def test_the_typed_text_survives_being_stored() -> None:
    query = QueryDict("kind=correction&corrects=c3&reason=Why&places=East")
    typed = Typed.from_post(query)
    assert Typed.from_json(typed.as_json()) == typed
    assert (typed.kind, typed.corrects, typed.reason) == ("correction", "c3", "Why")


def test_the_desk_finds_the_way_there_and_readers_do_not(
    client: Client, war: Conflict, editor: Any
) -> None:
    assert "/correct/" not in client.get("/war/changes/c3/").content.decode()
    client.force_login(editor)
    for page in ("/war/changes/c3/", "/desk/"):
        html = client.get(page).content.decode()
        assert "/desk/war/changes/c3/correct/" in html, page
        assert "/desk/war/changes/c3/retract/" in html, page
    ledger.retract(c3(), reason="withdrawn", by=None)
    for page in ("/war/changes/c3/", "/desk/"):
        assert "/desk/war/changes/c3/correct/" not in client.get(page).content.decode(), page


def test_the_list_of_drafts_tells_a_retraction_from_the_change(
    at_desk: Client, war: Conflict
) -> None:
    at_desk.post("/desk/war/new/", as_sent(typed_to("retraction", c3(), "k"), do="save"))
    assert "Retraction: " in at_desk.get("/desk/").content.decode()
