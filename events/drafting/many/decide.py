"""A proposal accepted, mended or dropped. Accepted, it is a draft like others; nothing here publishes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from events import policy
from events.models import Draft, Paste, Proposal

from .. import about
from ..naming import Names
from ..typed import keepable
from .proposals import Status, judge, rewrite, typed_of

BATCH = 500
DECIDED = ("status", "decided_by", "decided_at")


@dataclass(slots=True)
class Accepted:
    """`left`: proposals that are not sound, and wait on."""

    drafts: list[Draft] = field(default_factory=list)
    left: list[Proposal] = field(default_factory=list)


def accept(
    paste: Paste, numbers: Iterable[int] | None, *, by: Any, with_faults: bool = False
) -> Accepted:
    """Make drafts of these that wait (None: of all that are sound), all of them or none; what is not sound is left,
    unless `with_faults`. A second click finds nothing that waits. Raises PermissionDenied.
    """
    with transaction.atomic():
        rows = _locked(paste, by).filter(status=Status.WAITING)
        rows = rows.filter(sound=True) if numbers is None else rows.filter(number__in=list(numbers))
        waiting = list(rows)
        made = judge(waiting, Names(paste.conflict))
        done = Accepted(left=[row for row in waiting if not (row.sound or with_faults)])
        taken = [row for row in waiting if row.sound or with_faults]
        for row in taken:
            draft = Draft(conflict=paste.conflict, author=by, writers=[by.pk])
            typed = typed_of(row)
            typed.sure = [f"{box}={text}" for box, text in row.mended.items()]
            draft.typed = typed.as_json()
            about.index(draft, made[row.number])
            done.drafts.append(draft)
        Draft.objects.bulk_create(done.drafts, batch_size=BATCH)
        for row, draft in zip(taken, done.drafts, strict=True):
            row.draft = draft
        _link(taken, by)
        rewrite(done.left, ["sound", "faults"])
    return done


LINK = """
    UPDATE events_proposal AS proposal
    SET status = %s, draft_id = taken.draft, decided_by_id = %s, decided_at = %s
    FROM unnest(%s::bigint[], %s::bigint[]) AS taken (id, draft)
    WHERE proposal.id = taken.id
"""


def _link(rows: Sequence[Proposal], by: Any) -> None:
    """Accepted, each with its draft: one statement, which leaves their long texts alone."""
    keys, drafts = [row.pk for row in rows], [row.draft_id for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(LINK, [Status.ACCEPTED, by.pk, timezone.now(), keys, drafts])


def drop(paste: Paste, numbers: Iterable[int], *, by: Any) -> int:
    """Of those that wait; how many. It stays in the list of what was dropped, to be taken back."""
    with transaction.atomic():
        rows = list(_locked(paste, by).filter(status=Status.WAITING, number__in=list(numbers)))
        for row in rows:
            _decide(row, Status.DROPPED, by)
        rewrite(rows, DECIDED)
    return len(rows)


def take_back(paste: Paste, number: int, *, by: Any) -> None:
    """What was dropped waits again."""
    with transaction.atomic():
        for row in _locked(paste, by).filter(status=Status.DROPPED, number=number):
            row.status, row.decided_by, row.decided_at = Status.WAITING, None, None
            row.save()


def mend(
    paste: Paste,
    number: int,
    texts: dict[str, str],
    *,
    by: Any,
    alike: bool = False,
    sure: bool = False,
) -> int:
    """Put `texts` (input -> text) in the place of what was read. `alike`: also in every other that waits and has
    the same there; `sure`: what was guessed in it, and stays, is right. How many were mended.
    """
    with transaction.atomic():
        rows = list(_locked(paste, by).filter(status=Status.WAITING))
        own = [row for row in rows if row.number == number]
        mended: dict[int, Proposal] = {}
        for row in own:
            was = typed_of(row).as_json()
            said = {box: keepable(text) for box, text in texts.items()}
            changed = {
                box: text
                for box, text in said.items()
                if _at(was, box) != text or (sure and box in row.guesses and box not in row.faults)
            }
            same = [other for other in rows if alike and other is not row] if changed else []
            for box, text in changed.items():
                for other in (
                    row,
                    *(o for o in same if _at(typed_of(o).as_json(), box) == _at(was, box)),
                ):
                    other.mended = other.mended | {box: text}
                    mended[other.pk] = other
        judge(list(mended.values()), Names(paste.conflict))
        rewrite(mended.values(), ["mended", "sound", "faults"])
    return len(mended)


def _at(typed: dict[str, Any], box: str) -> str | None:
    name, _dash, at = box.partition("-")
    if not at:
        return typed.get(name)
    number = int(at) if at.isdecimal() and len(at) < 4 else 0
    rows: Sequence[Any] = typed["places"] if name == "places" else typed["citations"]
    if number >= len(rows):
        return None
    return rows[number] if name == "places" else rows[number].get(name)


def _locked(paste: Paste, by: Any):  # type: ignore[no-untyped-def]
    """Its proposals, locked after the paste itself, so that two people take turns."""
    held = Paste.objects.select_for_update(of=("self",)).get(pk=paste.pk)
    policy.require(by, "events.edit_paste", held)
    policy.require(by, "events.draft_change", held.conflict)
    return Proposal.objects.select_for_update().filter(paste=held).order_by("number")


def _decide(row: Proposal, status: str, by: Any) -> None:
    row.status, row.decided_by, row.decided_at = status, by, timezone.now()
