"""Embargo: approved now, published at an hour or when a named person says so; late rather than never, once.

What waits is a Draft, so nothing public can know of it. Its text is as approved until it is called back.
"""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import ledger, policy
from events.ledger.warnings import unconfirmed, warnings
from events.models import Alert, Change, Comment, Conflict, Draft

from . import alerts
from .assemble import assemble
from .called import called
from .drafts import Saved, SecondPerson, Stale, approve, overrides_of, publish_as
from .review import locked, words
from .typed import Typed

log = logging.getLogger(__name__)


def hold(
    draft: Draft,
    *,
    by: Any,
    version: int,
    confirm: list[str],
    override_reason: str = "",
    reason: str,
    at: datetime | None = None,
    lifter: Any | None = None,
    alone_reason: str = "",
) -> Saved:
    """Approve the text of `version`, to be published at `at`, when `lifter` says so, or whichever comes first.

    Asks for all that publishing asks for. Raises ValidationError (by field), Stale, PermissionDenied.
    """
    with transaction.atomic():
        held = locked(draft.pk)
        policy.require(by, "events.publish_draft", held)
        if held.version != version:
            raise Stale(held)
        _check(held.conflict, reason, at, lifter)
        typed = Typed.from_json(held.typed)
        typed.confirm, typed.override_reason = confirm, override_reason
        made = assemble(held.conflict, typed)
        if not made.ok:
            return Saved(held, refused=made)
        try:
            with transaction.atomic():
                approve(held, made, by, alone_reason.strip())
        except SecondPerson:
            return Saved(held, refused=made, second_person=True)
        pause = warnings(made.new, ledger.preview(made.new), timezone.now(), called(held.conflict))
        if unconfirmed(pause, confirm) or (pause and not override_reason.strip()):
            return Saved(held, refused=made, warnings=pause)
        if pause:
            policy.require(by, "events.override_warning", held.conflict)
        held.status, held.typed = Draft.Status.EMBARGOED, typed.as_json()
        held.publish_at, held.lifter, held.approved_by = at, lifter, by
        held.embargo_reason, held.embargo_failed = words(reason), ""
        held.save()
        return Saved(held)


def _check(conflict: Conflict, reason: str, at: datetime | None, lifter: Any | None) -> None:
    wrong: dict[str, Any] = {}
    try:
        words(reason)
    except ValidationError as error:
        wrong["reason"] = error
    if at is None and lifter is None:
        wrong["at"] = _("Say until what hour, or who lifts it.")
    if at is not None and at <= timezone.now():
        wrong["at"] = _("That hour is past: publish it now, or name a later one.")
    if lifter is not None and policy.role_of(lifter, conflict) not in policy.PUBLISHING:
        wrong["lifter"] = _("%(name)s may not publish here.") % {"name": lifter.get_username()}
    if wrong:
        raise ValidationError(wrong)


def lift(draft: Draft, *, by: Any, reason: str) -> Saved:
    """The named person, or a chief, publishes it before its hour. A second click returns what the first did.

    Raises ValidationError, PermissionDenied.
    """
    reason = words(reason)
    with transaction.atomic():
        held = locked(draft.pk)
        if held.change_id:
            return Saved(held, held.change)
        policy.require(by, "events.lift_embargo", held)
        _say(held, by, reason)
        saved = _publish(held, by=by)
        if saved.change:
            alerts.tell(held, Alert.Kind.LIFTED, note=reason)
        return saved


def call_back(draft: Draft, *, by: Any, reason: str) -> Draft:
    """It waits for review again, and can be changed. Raises ValidationError, PermissionDenied."""
    reason = words(reason)
    with transaction.atomic():
        held = locked(draft.pk)
        policy.require(by, "events.call_back_draft", held)
        _say(held, by, reason)
        _wait_again(held)
        return held


def publish_due(now: datetime) -> list[Change]:
    """Publish every draft whose hour has come, each in a transaction of its own; safe to run late and twice.

    What cannot be published any more waits for review again, with an alarm that says why.
    """
    rows = Draft.objects.filter(status=Draft.Status.EMBARGOED, publish_at__lte=now)
    published = []
    for pk in rows.order_by("publish_at", "pk").values_list("pk", flat=True):
        try:
            change = _publish_at_its_hour(pk, now)
        except Exception:
            # One that fails must not keep the next from its hour; its text stays out of the log.
            log.error("the embargo of draft %s could not be ended", pk)
            continue
        if change:
            published.append(change)
    return published


def _publish_at_its_hour(pk: int, now: datetime) -> Change | None:
    with transaction.atomic():
        rows = Draft.objects.select_for_update(of=("self",), skip_locked=True)
        due = rows.filter(pk=pk, status=Draft.Status.EMBARGOED, publish_at__lte=now)
        held = due.select_related("conflict", "approved_by").first()
        if held is None:
            return None
        with pghistory.context(user=held.approved_by_id, task="embargo"):
            saved = _publish(held, by=held.approved_by)
            if saved.change:
                alerts.tell(held, Alert.Kind.DUE)
            return saved.change


def _publish(draft: Draft, *, by: Any) -> Saved:
    """By the approval that was given; where that holds no more, back to review with an alarm."""
    approved_by = draft.approved_by
    typed = Typed.from_json(draft.typed)
    made = assemble(draft.conflict, typed)
    draft.status = Draft.Status.SUBMITTED
    try:
        policy.require(approved_by, "events.publish_draft", draft)
        approved = overrides_of(draft, approved_by)
        saved = publish_as(draft, typed, made, by=by, approved=approved)
        why = _why_not(saved)
    except PermissionDenied as error:
        saved, why = Saved(draft, refused=made), str(error)
    if saved.change is None:
        draft.embargo_failed = why
        _wait_again(draft)
        alerts.tell(draft, Alert.Kind.FAILED, note=why)
    return saved


def _why_not(saved: Saved) -> str:
    sentences: Iterable[str] = ()
    if saved.warnings:
        sentences = [warning.message for warning in saved.warnings]
    elif saved.refused:
        sentences = [p.message for found in saved.refused.problems.values() for p in found]
    return " ".join(sentences)


def _wait_again(draft: Draft) -> None:
    draft.status = Draft.Status.SUBMITTED
    draft.publish_at = draft.lifter = draft.approved_by = None
    draft.embargo_reason = ""
    draft.save()


def _say(draft: Draft, by: Any, reason: str) -> None:
    Comment.objects.create(draft=draft, author=by, text=reason, draft_version=draft.version)
