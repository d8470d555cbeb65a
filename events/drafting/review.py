"""The way of a draft through the desk: assigned, talked about, returned, published as it stands.

Each function locks the draft's row, asks `policy`, writes, and tells who must know, in one transaction.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import policy
from events.models import Alert, Comment, Draft, Membership

from . import alerts
from .assemble import assemble
from .drafts import Saved, Stale, publish_as
from .typed import Typed, keepable

MENTION = re.compile(r"@([\w.+-]+)")
LONGEST = 10_000


def locked(pk: int) -> Draft:
    """The draft with its row locked; inside a transaction only."""
    rows = Draft.objects.select_related("conflict", "author", "change")
    return rows.select_for_update(of=("self",)).get(pk=pk)


def words(text: str) -> str:
    """What a person wrote, as it is kept. Raises ValidationError where there is nothing, or too much."""
    text = keepable(text).strip()
    if not text:
        raise ValidationError(_("Write a sentence: others need to know why."))
    if len(text) > LONGEST:
        raise ValidationError(
            _("At most %(most)d characters, these are %(number)d.")
            % {"most": LONGEST, "number": len(text)}
        )
    return text


def publish(
    draft: Draft,
    *,
    by: Any,
    version: int,
    confirm: list[str],
    override_reason: str = "",
    alone_reason: str = "",
) -> Saved:
    """Publish the text as it stands in `version`. A second click returns what the first one did.

    Raises Stale where it was changed since the person read it, PermissionDenied.
    """
    with transaction.atomic():
        held = locked(draft.pk)
        if held.change_id:
            return Saved(held, held.change)
        policy.require(by, "events.publish_draft", held)
        if held.version != version:
            raise Stale(held)
        typed = Typed.from_json(held.typed)
        typed.confirm, typed.override_reason = confirm, override_reason
        made = assemble(held.conflict, typed)
        return publish_as(held, typed, made, by=by, alone_reason=alone_reason)


def submit(draft: Draft, *, by: Any, version: int) -> Draft:
    """Hand it to the second person as it stands. Raises Stale, PermissionDenied."""
    with transaction.atomic():
        held = locked(draft.pk)
        policy.require(by, "events.edit_draft", held)
        if held.version != version:
            raise Stale(held)
        if held.status != Draft.Status.SUBMITTED:
            held.status, held.submitted_at = Draft.Status.SUBMITTED, timezone.now()
            held.save()
        return held


def give_back(draft: Draft, *, by: Any, text: str) -> Comment:
    """Return it to its author with a comment. Raises ValidationError, PermissionDenied."""
    text = words(text)
    with transaction.atomic():
        held = locked(draft.pk)
        policy.require(by, "events.return_draft", held)
        held.status = Draft.Status.RETURNED
        held.save()
        alerts.tell(held, Alert.Kind.RETURNED, to=[held.author])
        return _comment(held, by, text, Comment.Kind.RETURNED, None)


def comment(draft: Draft, *, by: Any, text: str, parent: Comment | None = None) -> Comment:
    """Say something, in a thread of its own or in `parent`'s. Raises ValidationError, PermissionDenied."""
    text = words(text)
    with transaction.atomic():
        held = locked(draft.pk)
        policy.require(by, "events.comment_draft", held)
        if parent is not None and parent.draft_id != held.pk:
            raise ValidationError(_("That comment is about another draft."))
        first = parent and (parent.parent or parent)
        return _comment(held, by, text, Comment.Kind.COMMENT, first)


def _comment(draft: Draft, by: Any, text: str, kind: str, parent: Comment | None) -> Comment:
    made = Comment.objects.create(
        draft=draft, author=by, text=text, kind=kind, parent=parent, draft_version=draft.version
    )
    people = [person for person in mentioned(draft, text) if person.pk != by.pk]
    if people:
        alerts.tell(draft, Alert.Kind.MENTIONED, to=people)
    return made


def mentioned(draft: Draft, text: str) -> list[Any]:
    """The people of this desk who are named with @, and may see the draft."""
    names = {name.rstrip(".").lower() for name in MENTION.findall(text)}
    if not names:
        return []
    members = Membership.objects.filter(conflict=draft.conflict_id).select_related("user")
    people = [member.user for member in members if member.user.get_username().lower() in names]
    return [person for person in people if policy.may(person, "events.see_draft", draft)]


def settle(comment: Comment, *, by: Any, settled: bool) -> None:
    """Close a thread, or open it again. Raises PermissionDenied."""
    with transaction.atomic():
        policy.require(by, "events.comment_draft", locked(comment.draft_id))
        first = comment.parent or comment
        first.settled_by = by if settled else None
        first.save(update_fields=["settled_by"])


def assign(draft: Draft, *, by: Any, to: Any | None) -> None:
    """Give it to a person of this desk, or to nobody. Raises ValidationError, PermissionDenied."""
    with transaction.atomic():
        held = locked(draft.pk)
        policy.require(by, "events.assign_draft", held)
        if to is not None and policy.role_of(to, held.conflict) is None:
            raise ValidationError(
                _("%(name)s does not sit at this desk.") % {"name": to.get_username()}
            )
        before, held.assignee = held.assignee_id, to
        held.save()
        if to is not None and to.pk not in (before, by.pk):
            alerts.tell(held, Alert.Kind.ASSIGNED, to=[to])
