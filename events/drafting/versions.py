"""Every version of a draft's text, from the audit rows: who saved it, when, what it changed; and back again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from events import policy
from events.models import Draft

from .drafts import Saved, save
from .typed import Typed

# A day of autosaving makes hundreds; the page shows the latest.
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Version:
    """`typed` as it stood; `by` is the person's name, empty where no request saved it."""

    number: int
    at: datetime
    by: str
    status: str
    typed: Typed


def versions(draft: Draft, limit: int = SHOWN) -> list[Version]:
    """Newest first, one for each version number (its last row); two queries."""
    audit: Any = draft.events  # type: ignore[attr-defined]  # pghistory adds it
    rows = audit.select_related("pgh_context").order_by("version", "-pgh_id").distinct("version")
    latest = rows.filter(version__gt=draft.version - limit)
    found = sorted(latest, key=lambda row: -row.version)
    keys = {_user_of(row) for row in found} - {None}
    names = dict(get_user_model().objects.filter(pk__in=keys).values_list("pk", "username"))
    return [
        Version(
            row.version,
            row.pgh_created_at,
            names.get(_user_of(row) or 0, ""),
            row.status,
            Typed.from_json(row.typed),
        )
        for row in found
    ]


def _user_of(row: Any) -> int | None:
    return row.pgh_context.metadata.get("user") if row.pgh_context else None


def submitted_text(draft: Draft) -> Typed | None:
    """The text as it was last handed in or returned, before what is written there now; None where it never was."""
    audit: Any = draft.events  # type: ignore[attr-defined]
    handed = audit.filter(
        status__in=(Draft.Status.SUBMITTED, Draft.Status.RETURNED), version__lt=draft.version
    )
    row = handed.order_by("-pgh_id").first()
    return Typed.from_json(row.typed) if row else None


def bring_back(draft: Draft, number: int, *, by: Any, version: int) -> Saved:
    """Save the text of version `number` again, as a new version. Raises as `drafts.save`; KeyError where
    there is no such version.
    """
    audit: Any = draft.events  # type: ignore[attr-defined]
    with transaction.atomic():
        policy.require(by, "events.see_draft", draft)
        row = audit.filter(version=number).order_by("-pgh_id").first()
        if row is None:
            raise KeyError(number)
        typed = Typed.from_json(row.typed)
        return save(draft.conflict, typed, by=by, draft=draft, version=version)
