"""Published at its hour or when the named person says so: late rather than never, once, and with an alarm."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from events import tasks
from events.drafting import drafts, embargo
from events.models import Alert, Change, Conflict, Draft, Membership
from tests.editing.conftest import person

from .desk import CODES, WHY, typed, written
from .test_drafts import together

HOUR = timedelta(hours=1)


@pytest.fixture
def chief(war: Conflict) -> Any:
    return person(war, "chief")


def hold(draft: Draft, by: Any, **more: Any) -> drafts.Saved:
    more = {"reason": "until the families know", **more}
    return embargo.hold(
        draft, by=by, version=draft.version, confirm=CODES, override_reason=WHY, **more
    )


def at(hours: int) -> datetime:
    return timezone.now() + hours * HOUR


def test_it_is_published_at_its_hour_and_not_before(war: Conflict, editor: Any) -> None:
    changes = Change.objects.count()
    draft = hold(written(war, editor), editor, at=at(1)).draft
    assert embargo.publish_due(timezone.now()) == []
    (change,) = embargo.publish_due(at(30))
    assert change.published_by == editor
    assert embargo.publish_due(at(31)) == []
    draft.refresh_from_db()
    assert (draft.status, draft.change) == ("published", change)
    assert Change.objects.count() == changes + 1
    assert Alert.objects.get().kind == "due"


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_publish_once(war: Conflict, editor: Any) -> None:
    changes = Change.objects.count()
    hold(written(war, editor), editor, at=at(1))
    found = together(*[lambda: embargo.publish_due(at(2))] * 3)
    assert sorted(len(published) for published in found) == [0, 0, 1]
    assert Change.objects.count() == changes + 1


def test_the_sweep_wakes_the_replay(
    war: Conflict, editor: Any, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    woken: list[int] = []
    monkeypatch.setattr(tasks, "_enqueue", woken.append)
    draft = hold(written(war, editor), editor, at=at(1)).draft
    Draft.objects.filter(pk=draft.pk).update(publish_at=at(-1))
    with django_capture_on_commit_callbacks(execute=True):
        assert tasks.end_embargoes() == 1
    assert woken == [war.pk]


def test_the_named_person_lifts_it_for_a_reason(war: Conflict, editor: Any, chief: Any) -> None:
    draft = hold(written(war, editor), editor, lifter=chief).draft
    assert embargo.publish_due(at(1000)) == []
    with pytest.raises(PermissionDenied):
        embargo.lift(draft, by=editor, reason="now")
    with pytest.raises(ValidationError):
        embargo.lift(draft, by=chief, reason=" ")
    first = embargo.lift(draft, by=chief, reason="they know")
    assert first.change is not None
    assert first.change.published_by == chief
    assert embargo.lift(draft, by=chief, reason="again").change == first.change
    assert Alert.objects.get().kind == "lifted"
    assert draft.comments.get().text == "they know"


def test_nothing_is_held_without_hour_or_person_or_reason(
    war: Conflict, editor: Any, reporter: Any
) -> None:
    draft = written(war, editor)
    for wrong, field in (
        ({}, "at"),
        ({"at": at(-1)}, "at"),
        ({"at": at(1), "reason": ""}, "reason"),
        ({"lifter": reporter}, "lifter"),
    ):
        with pytest.raises(ValidationError) as refused:
            hold(draft, editor, **wrong)
        assert list(refused.value.message_dict) == [field]
    with pytest.raises(PermissionDenied):
        hold(draft, reporter, at=at(1))


def test_its_text_stays_as_approved_until_it_is_called_back(war: Conflict, editor: Any) -> None:
    draft = hold(written(war, editor), editor, at=at(1)).draft
    with pytest.raises(drafts.UnderEmbargo):
        drafts.save(war, typed(note="later"), by=editor, draft=draft, version=draft.version)
    back = embargo.call_back(draft, by=editor, reason="a new source")
    assert (back.status, back.publish_at) == ("submitted", None)
    drafts.save(war, typed(note="later"), by=editor, draft=back, version=back.version)
    assert embargo.publish_due(at(2)) == []


def test_the_two_person_rule_holds_for_an_embargo_too(
    war: Conflict, editor: Any, chief: Any
) -> None:
    war.two_person = True
    war.save()
    draft = written(war, editor)
    assert hold(draft, editor, at=at(1)).second_person
    draft.refresh_from_db()
    assert draft.status == "submitted"
    hold(draft, chief, at=at(1))
    (change,) = embargo.publish_due(at(2))
    assert change.published_by == chief
    mine = written(war, chief, key="mine", date="2017-07-05")
    hold(mine, chief, at=at(1), alone_reason="alone tonight")
    (change,) = embargo.publish_due(at(2))
    assert {"code": "two_persons", "reason": "alone tonight", "by": "chief"} in change.overrides


def test_what_cannot_be_published_any_more_waits_again_with_an_alarm(
    war: Conflict, editor: Any
) -> None:
    changes = Change.objects.count()
    draft = hold(written(war, editor), editor, at=at(1)).draft
    Membership.objects.filter(user=editor).delete()
    assert embargo.publish_due(at(2)) == []
    draft.refresh_from_db()
    assert (draft.status, draft.publish_at) == ("submitted", None)
    assert "editor" in draft.embargo_failed
    assert Alert.objects.get().kind == "failed"
    assert Change.objects.count() == changes


def test_a_warning_that_is_new_at_its_hour_stops_it(war: Conflict, editor: Any, chief: Any) -> None:
    held = embargo.hold(
        written(war, editor),
        by=editor,
        version=1,
        confirm=[code for code in CODES if code not in ("logged_already", "holds_already")],
        override_reason=WHY,
        reason="r",
        at=at(1),
    )
    assert held.warnings is None
    drafts.save(war, typed(key="other"), by=chief, publish=True)
    assert embargo.publish_due(at(2)) == []
    held.draft.refresh_from_db()
    assert "logged already" in held.draft.embargo_failed


def test_one_that_fails_keeps_no_other_from_its_hour(
    war: Conflict, editor: Any, monkeypatch: Any, caplog: Any
) -> None:
    first = hold(written(war, editor, note="CANARY"), editor, at=at(1)).draft
    hold(written(war, editor, key="other", places=["West"]), editor, at=at(2))
    whole = embargo._publish

    def fails(draft: Draft, *, by: Any) -> drafts.Saved:
        if draft.pk == first.pk:
            raise RuntimeError("CANARY")
        return whole(draft, by=by)

    monkeypatch.setattr(embargo, "_publish", fails)
    assert len(embargo.publish_due(at(3))) == 1
    assert str(first.pk) in caplog.text
    assert "CANARY" not in caplog.text
