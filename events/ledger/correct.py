"""correct() and retract(): take back what was published, in the open. Both append; nothing is altered."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from events.models import Change

from .new import NewChange
from .publish import publish
from .supersede import places_of


def correct(
    change: Change, new: NewChange, *, reason: str, by: Any, at: datetime | None = None
) -> Change:
    """Publish `new` in the place of `change`, which readers find superseded from then on, with `reason`.

    It keeps the rank of `change` in the order of entry. Locks what both reach. `by` and `at` as in `publish`.
    Raises Refused that names "change" (superseded already, a retraction, of another conflict), "reason" (none
    given) or a field of `new`; or PermissionDenied. Then nothing is written.
    """
    wanted = replace(new, kind=Change.Kind.CORRECTION, supersedes=change, reason=reason)
    return publish(wanted, by=by, at=at)


def retract(
    change: Change,
    *,
    reason: str,
    by: Any,
    at: datetime | None = None,
    idempotency_key: str | None = None,
) -> Change:
    """Withdraw `change`: it has no effect from then on. The retraction carries over what `change` said, so that
    lists can say what was withdrawn. Errors as `correct`.
    """
    wanted = retraction_of(change, reason)
    wanted.idempotency_key = idempotency_key
    return publish(wanted, by=by, at=at)


def retraction_of(change: Change, reason: str) -> NewChange:
    """The retraction to be: for `preview`, and for `retract`."""
    return NewChange(
        conflict=change.conflict,
        actor=change.actor,
        verb=change.verb,
        places=places_of(change),
        date=change.date,
        other_actor=change.other_actor,
        place_count=change.place_count,
        headline=change.headline,
        ruling=change.ruling,
        ruling_reason=change.ruling_reason,
        day_order=change.day_order,
        kind=Change.Kind.RETRACTION,
        supersedes=change,
        reason=reason,
    )
