"""What the review page shows of a draft: its fields, what changed since it was handed in, threads, people."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from events import policy
from events.drafting.typed import Typed
from events.models import Comment, Conflict, Draft, Membership

from .compare import Difference, differences, flat
from .said import Sayer, label_of


@dataclass(slots=True)
class Thread:
    first: Comment
    replies: list[Comment] = field(default_factory=list)


def threads(draft: Draft) -> list[Thread]:
    """Oldest first; one query."""
    found: dict[int, Thread] = {}
    for comment in draft.comments.select_related("author", "settled_by"):
        if comment.parent_id is None:
            found[comment.pk] = Thread(comment)
        else:
            found[comment.parent_id].replies.append(comment)
    return list(found.values())


def filled(typed: Typed, names: Sayer, understood: dict[str, str]) -> list[tuple[str, str]]:
    """(label, text) of every field in which something stands, in words; not what is so unasked. `understood`: what
    a text was read as, which tells a place from others of its name.
    """
    said = {box: text for box, text in flat(typed).items() if text.strip()}
    if typed.ruling == "accepted":
        said.pop("ruling", None)
    return [
        (label_of(box), understood.get(box) or names.say(box, text)) for box, text in said.items()
    ]


def since_handed_in(before: Typed | None, now: Typed, names: Sayer) -> list[Difference]:
    """Against the text as it was last submitted or returned in an earlier version; empty where it never was."""
    return differences(before, now, names) if before else []


def members(conflict: Conflict) -> list[Any]:
    """Who sits at this desk, by name."""
    rows = Membership.objects.filter(conflict=conflict, user__is_active=True)
    return [row.user for row in rows.select_related("user").order_by("user__username")]


def publishers(conflict: Conflict) -> list[Any]:
    rows = Membership.objects.filter(
        conflict=conflict, user__is_active=True, role__in=policy.PUBLISHING
    )
    return [row.user for row in rows.select_related("user").order_by("user__username")]


def person(conflict: Conflict, text: str, box: str) -> Any | None:
    """The member whose key was chosen; None for nobody. Raises ValidationError."""
    if not text:
        return None
    rows = get_user_model().objects.filter(memberships__conflict=conflict)
    found = rows.filter(pk=text).first() if text.isdecimal() and len(text) < 10 else None
    if found is None:
        raise ValidationError({box: _("That person does not sit at this desk.")})
    return found


def hour(conflict: Conflict, text: str) -> datetime | None:
    """An hour in the conflict's zone, as it is typed: "2017-06-30 18:00". Raises ValidationError."""
    if not text.strip():
        return None
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError as error:
        why = _("“%(text)s” is not an hour, for example 2017-06-30 18:00.") % {"text": text[:40]}
        raise ValidationError({"at": why}) from error
    return found if found.tzinfo else found.replace(tzinfo=conflict.zone)
