"""Submitted, talked about, returned, published: by whom, and who is told."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from events.drafting import about, drafts, review, versions
from events.models import Alert, Change, Conflict, Draft, Place
from tests.editing.conftest import person

from .desk import CODES, WHY, typed, written


@pytest.fixture
def chief(war: Conflict) -> Any:
    found = person(war, "chief")
    found.email = "chief@newsroom.example"
    found.save()
    return found


def publish(draft: Draft, by: Any, **more: Any) -> drafts.Saved:
    return review.publish(
        draft, by=by, version=draft.version, confirm=CODES, override_reason=WHY, **more
    )


@pytest.mark.parametrize("asked", ["conflict", "verb", "place"])
def test_who_wrote_it_does_not_publish_it_and_another_does(
    war: Conflict, editor: Any, chief: Any, asked: str
) -> None:
    Conflict.objects.filter(pk=war.pk).update(
        two_person=asked == "conflict", sensitive_verbs=["retook"] if asked == "verb" else []
    )
    Place.objects.filter(slug="east").update(sensitive=asked == "place")
    war.refresh_from_db()
    changes = Change.objects.count()
    draft = written(war, editor)
    alone = publish(draft, editor)
    assert (alone.change, alone.second_person) == (None, True)
    assert Change.objects.count() == changes
    change = publish(draft, chief).change
    assert change is not None
    assert change.published_by == chief
    assert "two_persons" not in str(change.overrides)


def test_a_reviewer_who_mends_the_text_has_written_it(
    war: Conflict, editor: Any, chief: Any
) -> None:
    war.two_person = True
    war.save()
    draft = written(war, editor)
    mended = drafts.save(war, typed(note="mended"), by=chief, draft=draft, version=draft.version)
    assert mended.draft.writers == [editor.pk, chief.pk]
    assert publish(mended.draft, chief).second_person


def test_saving_what_stands_there_makes_nobody_a_writer(
    war: Conflict, editor: Any, chief: Any
) -> None:
    draft = written(war, editor)
    again = drafts.save(war, typed(confirm=""), by=chief, draft=draft, version=draft.version)
    assert again.draft.writers == [editor.pk]


def test_a_chief_publishes_alone_for_a_reason_and_that_is_on_record(
    war: Conflict, editor: Any, chief: Any, mailoutbox: Any, django_capture_on_commit_callbacks: Any
) -> None:
    war.two_person = True
    war.save()
    draft = written(war, chief)
    with django_capture_on_commit_callbacks(execute=True):
        change = publish(draft, chief, alone_reason="breaking, desk is alone").change
    assert change is not None
    assert {"code": "two_persons", "reason": "breaking, desk is alone", "by": "chief"} in (
        change.overrides
    )
    assert Alert.objects.get().kind == "alone"
    assert [mail.to for mail in mailoutbox] == [["chief@newsroom.example"]]
    theirs = written(war, editor, key="other", date="2017-07-05")
    with pytest.raises(PermissionDenied):
        publish(theirs, editor, alone_reason="I am in a hurry")


def test_what_was_changed_since_it_was_read_is_not_published(
    war: Conflict, editor: Any, chief: Any
) -> None:
    draft = written(war, editor)
    drafts.save(war, typed(note="newer"), by=editor, draft=draft, version=draft.version)
    with pytest.raises(drafts.Stale):
        publish(draft, chief)


def test_a_second_click_returns_the_first_ones_change(
    war: Conflict, editor: Any, chief: Any
) -> None:
    draft = written(war, editor)
    assert publish(draft, chief).change == publish(draft, chief).change


def test_a_reporter_publishes_nothing(war: Conflict, reporter: Any) -> None:
    draft = written(war, reporter)
    with pytest.raises(PermissionDenied):
        publish(draft, reporter)


def test_it_is_returned_with_a_comment_and_its_author_is_told(
    war: Conflict, reporter: Any, editor: Any
) -> None:
    draft = written(war, reporter)
    with pytest.raises(ValidationError):
        review.give_back(draft, by=editor, text="  ")
    review.give_back(draft, by=editor, text="Which day?")
    draft.refresh_from_db()
    assert draft.status == "returned"
    assert draft.comments.get().text == "Which day?"
    assert Alert.objects.get().to == reporter
    with pytest.raises(PermissionDenied):
        review.give_back(draft, by=editor, text="again")


def test_mentions_reach_who_may_see_the_draft_by_a_mail_that_tells_nothing_of_it(
    war: Conflict,
    editor: Any,
    reporter: Any,
    chief: Any,
    mailoutbox: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    reporter.email = "reporter@newsroom.example"
    reporter.save()
    draft = written(war, editor, note="CANARY")
    with django_capture_on_commit_callbacks(execute=True):
        review.comment(draft, by=editor, text="@chief, @reporter and @nobody: CANARY? @editor")
    (mail,) = mailoutbox
    assert mail.to == ["chief@newsroom.example"]
    assert "CANARY" not in mail.subject + mail.body
    assert f"/desk/drafts/{draft.pk}/review/" in mail.body
    assert [alert.to for alert in Alert.objects.all()] == [chief]


def test_a_mail_server_that_is_down_stops_nothing(
    war: Conflict,
    editor: Any,
    chief: Any,
    settings: Any,
    django_capture_on_commit_callbacks: Any,
    caplog: Any,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    draft = written(war, editor)
    with django_capture_on_commit_callbacks(execute=True):
        review.comment(draft, by=editor, text="@chief look")
    assert draft.comments.count() == 1
    assert "no mail could be sent" in caplog.text


def test_a_thread_is_answered_and_settled(war: Conflict, editor: Any, chief: Any) -> None:
    draft = written(war, editor)
    first = review.comment(draft, by=chief, text="Sure?")
    answer = review.comment(draft, by=editor, text="Yes", parent=first)
    third = review.comment(draft, by=chief, text="Good", parent=answer)
    assert third.parent == first
    review.settle(answer, by=editor, settled=True)
    first.refresh_from_db()
    assert first.settled_by == editor
    other = written(war, editor, key="other")
    with pytest.raises(ValidationError):
        review.comment(other, by=editor, text="x", parent=first)


def test_it_is_assigned_to_people_of_this_desk_alone(
    war: Conflict, editor: Any, reporter: Any, django_user_model: Any
) -> None:
    draft = written(war, editor)
    review.assign(draft, by=editor, to=reporter)
    draft.refresh_from_db()
    assert draft.assignee == reporter
    assert Alert.objects.get().kind == "assigned"
    with pytest.raises(ValidationError):
        review.assign(draft, by=editor, to=django_user_model.objects.create(username="stranger"))
    with pytest.raises(PermissionDenied):
        review.assign(draft, by=reporter, to=None)


def test_two_who_log_the_same_fall_are_told(war: Conflict, editor: Any, reporter: Any) -> None:
    mine = written(war, editor, submit=False)
    same = written(war, reporter, submit=False, verb="captured", date="2017-07")
    for other in (
        {"date": "2017-08"},
        {"places": ["West"]},
        {"actor": "IS"},
        {"verb": "besieged"},
        {"places": [""]},
    ):
        written(war, reporter, submit=False, key=str(other), **other)
    assert list(about.same_fall(mine)) == [same]
    drafts.drop(same, by=reporter)
    assert list(about.same_fall(mine)) == []


def test_a_version_is_brought_back_as_a_new_one(war: Conflict, editor: Any) -> None:
    draft = written(war, editor, submit=False, note="first words")
    drafts.save(war, typed(note="second words"), by=editor, draft=draft, version=1)
    draft.refresh_from_db()
    assert [(v.number, v.typed.note) for v in versions.versions(draft)] == [
        (2, "second words"),
        (1, "first words"),
    ]
    back = versions.bring_back(draft, 1, by=editor, version=2)
    assert (back.draft.version, back.draft.typed["note"]) == (3, "first words")
    with pytest.raises(KeyError):
        versions.bring_back(draft, 99, by=editor, version=3)
