"""Drafts: saved as typed whatever is wrong, locked by version, and published once.

Every function locks the draft's row for its transaction; permission is asked of `policy` here, so that page
and shell behave alike.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils import timezone

from events import ledger, policy, sources
from events.ledger import NewChange, NewCitation, Refused
from events.ledger.warnings import Warning, unconfirmed, warnings
from events.models import Alert, Change, Conflict, Draft, Report

from . import about, alerts, spot, words
from .assemble import INPUT_OF, Assembled, assemble
from .called import called
from .typed import Typed

Overrides = list[dict[str, str]]


class Stale(Exception):
    """Someone else saved the draft in the meantime; `draft` is what stands there now. Nothing was written."""

    def __init__(self, draft: Draft):
        self.draft = draft
        super().__init__(draft.pk)


class Dropped(Exception):
    """The draft was dropped in the meantime. Nothing was written."""


class UnderEmbargo(Exception):
    """It is approved and waits for its hour: its text is as approved. Nothing was written."""


class SecondPerson(Exception):
    """Publishing this needs a second person: somebody submits it, another who wrote nothing in it publishes."""


class Unconfirmed(Exception):
    """Publishing needs these warnings ticked, and a reason why all the same."""

    def __init__(self, found: list[Warning]):
        self.warnings = found
        super().__init__([warning.code for warning in found])


@dataclass(slots=True)
class Saved:
    """`refused`: why it was not published; the text is saved all the same.

    Who publishes wakes the replay (`tasks.replay_after_commit`); where he forgets, the sweep does.
    """

    draft: Draft
    change: Change | None = None
    refused: Assembled | None = None
    warnings: list[Warning] | None = None
    second_person: bool = False


def save(
    conflict: Conflict,
    typed: Typed,
    *,
    by: Any,
    draft: Draft | None = None,
    version: int = 0,
    submit: bool = False,
    publish: bool = False,
    alone_reason: str = "",
) -> Saved:
    """Keep the text, then submit or publish it if asked to. `version` is the one that the person began from.

    Raises Stale, Dropped, UnderEmbargo or PermissionDenied; then nothing is written, but that the text of a
    person who may not publish is saved before that is refused. A draft that is published already is returned
    with its Change: a second click publishes nothing. `alone_reason` is why a chief publishes without the
    second person that is asked for.
    """
    with transaction.atomic():
        held = _locked(conflict, typed, by, draft)
        if held is not None and held.change_id:
            return Saved(held, held.change)
        if held is None:
            policy.require(by, "events.draft_change", conflict)
            held = Draft(conflict=conflict, author=by, typed=typed.as_json(), writers=[by.pk])
        else:
            policy.require(by, "events.see_draft", held)
            if held.status == Draft.Status.DROPPED:
                raise Dropped
            if held.status == Draft.Status.EMBARGOED:
                raise UnderEmbargo
            policy.require(by, "events.edit_draft", held)
            if held.version != version:
                raise Stale(held)
            if _text(held.typed) != _text(typed.as_json()) and by.pk not in held.writers:
                held.writers = [*held.writers, by.pk]
            held.typed = typed.as_json()
            held.version += 1
        if submit and held.status != Draft.Status.SUBMITTED:
            held.status, held.submitted_at = Draft.Status.SUBMITTED, timezone.now()
        made = assemble(conflict, typed)
        about.index(held, made)
        held.save()
        if publish and policy.may(by, "events.publish_draft", held):
            return publish_as(held, typed, made, by=by, alone_reason=alone_reason)
    if publish:
        policy.require(by, "events.publish_draft", held)
    return Saved(held)


def _locked(conflict: Conflict, typed: Typed, by: Any, draft: Draft | None) -> Draft | None:
    """The draft, its row locked. For a new form: the draft that an earlier click on it has made, if any."""
    rows = Draft.objects.select_for_update(of=("self",)).filter(conflict=conflict)
    if draft is not None:
        return rows.get(pk=draft.pk)
    if not typed.key:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s), %s)", [typed.key, by.pk % 2_147_483_647]
        )
    return rows.filter(author=by, typed__key=typed.key).first()


BESIDE = ("confirm", "sure", "key", "override_reason")


def _text(typed: dict[str, Any]) -> dict[str, Any]:
    """What a reader may come to see: not the ticks, nor which form it came from."""
    return {name: text for name, text in typed.items() if name not in BESIDE}


def publish_as(
    draft: Draft,
    typed: Typed,
    made: Assembled,
    *,
    by: Any,
    alone_reason: str = "",
    approved: Overrides | None = None,
) -> Saved:
    """Publish the locked draft, or say why not; the caller holds its row and has checked its version.

    `approved`: the second person's approval was given before, with these overrides.
    """
    if not made.ok:
        return Saved(draft, refused=made)
    try:
        with transaction.atomic():
            if approved is None:
                approved = approve(draft, made, by, alone_reason.strip())
            return Saved(draft, _append(draft, made, typed, by, approved))
    except SecondPerson:
        return Saved(draft, refused=made, second_person=True)
    except Refused as refused:
        for name, sentences in refused.errors.items():
            for sentence in sentences:
                made.wrong(INPUT_OF.get(name, name), sentence)
        return Saved(draft, refused=made)
    except Unconfirmed as pause:
        return Saved(draft, refused=made, warnings=pause.warnings)


def publication(draft: Draft, made: Assembled) -> policy.Publication:
    """What is asked about: its verb and places, and those of the Change that it takes back."""
    new, old = made.new, made.new.supersedes
    places = [*new.places, *(old.places.all() if old else ())]
    return policy.Publication(draft, (new.verb, *((old.verb,) if old else ())), tuple(places))


def approve(draft: Draft, made: Assembled, by: Any, alone_reason: str) -> Overrides:
    """Raise SecondPerson unless the person may publish this text, alone or for a reason; that is returned.

    Raises PermissionDenied where the person may not override.
    """
    if policy.may(by, "events.publish_text", publication(draft, made)):
        return []
    if not alone_reason:
        raise SecondPerson
    policy.require(by, "events.override_two_persons", draft.conflict)
    draft.alone_reason = alone_reason
    alerts.tell(draft, Alert.Kind.ALONE, note=alone_reason)
    return overrides_of(draft, by)


def overrides_of(draft: Draft, by: Any) -> Overrides:
    """For the Change: that a chief published without a second person, and why."""
    if not draft.alone_reason:
        return []
    return [{"code": "two_persons", "reason": draft.alone_reason, "by": by.get_username()}]


def _cited(report: Report, accessed: datetime) -> Report:
    """Kept, with what it relays."""
    return sources.cite(
        report.source,
        title=report.title,
        url=report.url,
        published=report.published,
        quote=report.quote,
        accessed=accessed,
        relays=_cited(report.relays, accessed) if report.relays else None,
    )


def _append(draft: Draft, made: Assembled, typed: Typed, by: Any, overridden: Overrides) -> Change:
    why, who = typed.override_reason.strip(), by.get_username()

    def look(new: NewChange) -> None:
        """With the places locked: what was published at them meanwhile warns too."""
        pause = warnings(new, ledger.preview(new), timezone.now(), called(new.conflict))
        if unconfirmed(pause, typed.confirm) or (pause and not why):
            raise Unconfirmed(pause)
        seen = [{"code": warning.code, "reason": why, "by": who} for warning in pause]
        new.overrides = [*overridden, *seen]

    citations = [
        NewCitation(
            _cited(cited.report, timezone.now()),
            cited.stance,
            cited.note,
        )
        for cited in made.new.citations
    ]
    new = replace(
        made.new,
        headline=made.new.headline or words.headline(made.new),
        idempotency_key=f"draft-{draft.pk}",
        citations=citations,
        overrides=list(overridden),
    )
    change = ledger.publish(new, by=by, look=look)
    draft.change, draft.status = change, Draft.Status.PUBLISHED
    draft.save()
    return change


def drop(draft: Draft, *, by: Any) -> None:
    """Set it aside; it stays on record. A place that was made for it, and that nothing else names, goes.

    Raises PermissionDenied.
    """
    with transaction.atomic():
        held = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
        policy.require(by, "events.edit_draft", held)
        held.status = Draft.Status.DROPPED
        held.version += 1
        held.save()
        spot.forget(held.about_places)


def last_saved_by(draft: Draft) -> int | None:
    """The key of the person who saved last, by the audit rows; None where no request did."""
    audit = draft.events  # type: ignore[attr-defined]  # pghistory adds it
    last = audit.select_related("pgh_context").order_by("-pgh_id").first()
    context = last and last.pgh_context
    return context.metadata.get("user") if context else None


def name_of_last_writer(draft: Draft) -> str:
    user = get_user_model().objects.filter(pk=last_saved_by(draft) or draft.author_id).first()
    return user.get_username() if user else ""
