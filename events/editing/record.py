"""Every action of every person at a desk: who, when, what, before, after, why; from the audit rows and the ledger.

Each table that pghistory tracks gives its newest rows before a given instant, each with the row before it; the
page is the newest of all of them. Two queries a table, and one for the names, however long the record is.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from heapq import nlargest
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.encoding import force_str
from django.utils.translation import gettext as _

from events.drafting.typed import Typed
from events.models import Change, Conflict, Membership

from .compare import differences

A_PAGE = 50
LONGEST = 300
# Tracked table -> how its rows lead to the conflict.
TABLES = {
    "Draft": "conflict",
    "Comment": "draft__conflict",
    "Paste": "conflict",
    "Proposal": "paste__conflict",
    "Membership": "conflict",
    "Invitation": "conflict",
    "Conflict": "pgh_obj",
    "Place": "conflict",
    "Actor": "conflict",
    "ActorName": "actor__conflict",
    "Coalition": "member__conflict",
    "Leaning": "actor__conflict",
    # Of the whole site: what people of this desk did to them.
    "Source": "",
    "SourceName": "",
}
# What is part of another thing is called by it; what an import brings of these is told by the thing itself.
PARTS = {
    "ActorName": ("actor", "name"),
    "Coalition": ("member", "coalition"),
    "Leaning": ("source", "actor"),
    "SourceName": ("source", "name"),
}
DULL = {"id", "version", "updated_at", "writers", "territory", "digest", "folded"}
DULL |= {"actor", "source", "member", "coalition"}


@dataclass(frozen=True, slots=True)
class Turn:
    """One field, before and after."""

    label: str
    before: str
    after: str


@dataclass(slots=True)
class Action:
    """`by` is the person's key, or name once `named`; empty where the operator's shell did it."""

    at: datetime
    by: Any
    what: str
    thing: str
    url: str = ""
    turns: list[Turn] = field(default_factory=list)
    why: str = ""


def actions(conflict: Conflict, before: datetime | None, by: int | None = None) -> list[Action]:
    """The newest A_PAGE before an instant, of one person where `by` is given."""
    found: list[Action] = []
    for name, path in TABLES.items():
        found += _of_table(name, path, conflict, before, by)
    found += _of_ledger(conflict, before, by)
    newest = nlargest(A_PAGE, found, key=lambda action: action.at)
    users = get_user_model().objects.filter(pk__in={a.by for a in newest if a.by})
    names = dict(users.values_list("pk", "username"))
    for action in newest:
        action.by = names.get(action.by, "")
    return newest


def _of_table(
    name: str, path: str, conflict: Conflict, before: datetime | None, by: int | None
) -> list[Action]:
    model: Any = apps.get_model("events", f"{name}Event")
    rows: QuerySet[Any] = model.objects.all()
    if path:
        rows = rows.filter(**{path: conflict.pk})
    else:
        seats = Membership.objects.filter(conflict=conflict)
        rows = rows.filter(
            pgh_context__metadata__user__in=list(seats.values_list("user", flat=True))
        )
    if name in PARTS:
        rows = rows.filter(pgh_context__metadata__user__isnull=False)
    if before:
        rows = rows.filter(pgh_created_at__lt=before)
    if by:
        rows = rows.filter(pgh_context__metadata__user=by)
    earlier = model.objects.filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__lt=OuterRef("pgh_id"))
    last = Subquery(earlier.order_by("-pgh_id").values("pgh_id")[:1])
    rows = rows.annotate(before_id=last).select_related(*_beside(name)).order_by("-pgh_id")
    newest = list(rows[:A_PAGE])
    olds = model.objects.in_bulk([row.before_id for row in newest if row.before_id])
    return [_action(name, row, olds.get(row.before_id)) for row in newest]


def _action(name: str, row: Any, old: Any | None) -> Action:
    context = row.pgh_context.metadata if row.pgh_context else {}
    kind = apps.get_model("events", name)._meta
    # Of a proposal only what was decided is on record, so that its first row is no beginning.
    begun = old is None and row.pgh_label != "update"
    what = _("%(thing)s made") if begun else _("%(thing)s changed")
    if row.pgh_label == "delete":
        what = _("%(thing)s removed")
    show: Callable[[Any], str] = {"Draft": _draft, "Comment": _comment}.get(name, str)
    why = getattr(row, "alone_reason", "") or getattr(row, "embargo_reason", "")
    return Action(
        row.pgh_created_at,
        context.get("user"),
        what % {"thing": str(kind.verbose_name).capitalize()},
        show(row) if name in ("Draft", "Comment") else _named(name, row),
        _url(name, row),
        _turns(row, old),
        why,
    )


def _draft(row: Any) -> str:
    return f"#{row.id} ({row.status})"


def _comment(row: Any) -> str:
    return f"#{row.draft_id}"


def _beside(name: str) -> list[str]:
    return ["pgh_context", *(part for part in PARTS.get(name, ()) if part != "name")]


def _named(name: str, row: Any) -> str:
    if name in PARTS:
        return ": ".join(str(getattr(row, part)) for part in PARTS[name])
    return (
        force_str(
            getattr(row, "name", "")
            or getattr(row, "email", "")
            or getattr(row, "title", "")
            or _short(getattr(row, "words", ""))
        )
        or f"#{row.pgh_obj_id}"
    )


def _url(name: str, row: Any) -> str:
    draft = {"Draft": "id", "Comment": "draft_id"}.get(name)
    return f"/desk/drafts/{getattr(row, draft)}/review/" if draft else ""


def _turns(row: Any, old: Any | None) -> list[Turn]:
    turns = []
    for column in row._meta.concrete_fields:
        if column.name.startswith("pgh_") or column.name in DULL:
            continue
        after = getattr(row, column.attname)
        before = getattr(old, column.attname) if old else None
        if before == after or (old is None and after in (None, "", [], {})):
            continue
        if column.name == "typed":
            texts = differences(Typed.from_json(before), Typed.from_json(after))
            turns += [Turn(d.label, _short(d.theirs), _short(d.yours)) for d in texts]
        else:
            turns.append(Turn(str(column.verbose_name), _short(before), _short(after)))
    return turns


def _short(value: Any) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def _of_ledger(conflict: Conflict, before: datetime | None, by: int | None) -> list[Action]:
    rows = Change.objects.filter(conflict=conflict).select_related("supersedes", "actor")
    if before:
        rows = rows.filter(recorded_at__lt=before)
    if by:
        rows = rows.filter(published_by=by)
    words = {
        Change.Kind.STATEMENT: _("Published"),
        Change.Kind.CORRECTION: _("Published a correction"),
        Change.Kind.RETRACTION: _("Published a retraction"),
    }
    return [
        Action(
            change.recorded_at,
            change.published_by_id,
            words[Change.Kind(change.kind)],
            str(change),
            f"/{conflict.slug}/changes/{change.public_id}/",
            [Turn(_("Change"), str(change.supersedes), str(change))] if change.supersedes else [],
            "; ".join(filter(None, [change.reason, *_overridden(change)])),
        )
        for change in rows.order_by("-recorded_at")[:A_PAGE]
    ]


def _overridden(change: Change) -> list[str]:
    rows = [row for row in change.overrides if isinstance(row, dict)]
    return list(dict.fromkeys(str(row.get("reason", "")) for row in rows))
