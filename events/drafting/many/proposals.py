"""What a paste was read as, kept row by row, so that it can be mended, accepted and dropped one by one or together."""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import policy
from events.gazetteer import index_of
from events.models import Paste, Proposal

from ..assemble import Assembled, assemble
from ..naming import Names
from ..typed import CITATION_FIELDS, Typed, empty_citation
from ..typed import MOST_ROWS as MOST_BOXES
from . import article, cells, columns, table
from .pastes import MOST_LETTERS, MOST_ROWS, TooLong, day_of, given, named_day
from .rows import Reader
from .suggested import Suggested

Status = Proposal.Status
READ = ("number", "line", "start", "end", "typed", "guesses", "sound", "faults")


def read(paste: Paste, *, by: Any, afresh: bool = False) -> None:
    """Propose anew from the text. What was decided, or mended by hand, stays with its words, also where the text
    has them no more. `afresh`: what the columns are is guessed again. Raises TooLong or PermissionDenied.
    """
    with transaction.atomic():
        held = Paste.objects.select_for_update(of=("self",)).get(pk=paste.pk)
        policy.require(by, "events.edit_paste", held)
        _keep(held, list(_suggested(held, afresh)))
        held.begun_at = held.begun_at or timezone.now()
        held.save()
    for name in ("kind", "columns", "header", "dates", "begun_at"):
        setattr(paste, name, getattr(held, name))


def _suggested(paste: Paste, afresh: bool) -> Iterable[Suggested]:
    conflict, text = paste.conflict, paste.text
    if not paste.kind:
        paste.kind = Paste.Kind.TABLE if table.sign_of(text) else Paste.Kind.ARTICLE
    index = index_of(conflict)
    if paste.kind == Paste.Kind.ARTICLE:
        if len(text) > MOST_LETTERS:
            raise TooLong(
                _("An article may have %(letters)d letters; this has %(found)d. Paste it in parts.")
                % {"letters": MOST_LETTERS, "found": len(text)}
            )
        once, on = given(paste), day_of(paste)
        if day := named_day(paste):
            once, on = replace(once, published=day.isoformat(), guessed=True), day
        return article.suggested(conflict, index, text, once, on)
    rows = table.split(text).rows
    if len(rows) > MOST_ROWS:
        raise TooLong(
            _("A table may have %(rows)d rows; this has %(found)d. Paste it in parts.")
            % {"rows": MOST_ROWS, "found": len(rows)}
        )
    if afresh or not paste.columns:
        named = columns.by_name(rows[0].cells) if rows else None
        paste.header = named is not None
        rest = [row.cells for row in rows[1 if paste.header else 0 :]]
        paste.columns = (
            columns.bare_verbs(named, rest) if named else columns.by_contents(conflict, index, rest)
        )
        dated = [at for at, name in enumerate(paste.columns) if name == "date"]
        paste.dates = cells.day_first([r[at] for r in rest for at in dated if at < len(r)])
    reader = Reader(conflict, index, paste.columns, given(paste), day_of(paste), paste.dates)
    return reader.suggested(text, rows[1:] if paste.header else rows)


def _keep(paste: Paste, found: Sequence[Suggested]) -> None:
    before: dict[tuple[str, int], deque[Proposal]] = defaultdict(deque)
    for kept in paste.proposals.order_by("number"):
        before[kept.words, kept.nth].append(kept)
    old: list[Proposal] = []
    new: list[Proposal] = []
    for number, one in enumerate(found, 1):
        queue = before.get((one.words, one.nth))
        row = queue.popleft() if queue else Proposal(paste=paste, words=one.words, nth=one.nth)
        row.number, row.line, row.start, row.end = number, one.line, one.start, one.end
        row.typed, row.guesses = one.typed.as_json(), one.guesses
        (old if row.pk else new).append(row)
    left = [row for queue in before.values() for row in queue]
    gone = [row for row in left if row.status == Status.WAITING and not row.mended]
    for number, row in enumerate([row for row in left if row not in gone], len(found) + 1):
        row.number, row.start, row.end = number, -1, -1
        old.append(row)
    judge([*old, *new], Names(paste.conflict))
    Proposal.objects.filter(pk__in=[row.pk for row in gone]).delete()
    rewrite(old, READ)
    Proposal.objects.bulk_create(new, batch_size=1000)


def judge(rows: Sequence[Proposal], names: Names) -> dict[int, Assembled]:
    """Set `sound`, and return what each was understood as, by its number. Queries grow with the names that take a
    look, not with the rows.
    """
    texts = [typed_of(row) for row in rows]
    names.look_ahead(
        [name for typed in texts for name in (typed.actor, typed.other_actor) if name.strip()],
        [name for typed in texts for name in typed.places if name.strip()],
    )
    made = {}
    for row, typed in zip(rows, texts, strict=True):
        made[row.number] = found = assemble(names.conflict, typed, names)
        row.sound = found.ok
        row.faults = {box: why[0].message for box, why in found.problems.items()}
    return made


def rewrite(rows: Iterable[Proposal], fields: Sequence[str]) -> None:
    """These fields of many rows, in a statement for each thousand: `bulk_update` takes ten times as long."""
    Proposal.objects.bulk_create(
        list(rows),
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=list(fields),
        batch_size=1000,
    )


def typed_of(row: Proposal) -> Typed:
    """As it was read, with what a person has mended."""
    typed = Typed.from_json(row.typed)
    for box, text in row.mended.items():
        name, _dash, at = box.partition("-")
        number = int(at) if at.isdecimal() and len(at) < 4 else 0
        while name == "places" and len(typed.places) <= number < MOST_BOXES:
            typed.places.append("")
        while name in CITATION_FIELDS and len(typed.citations) <= number < MOST_BOXES:
            typed.citations.append(empty_citation())
        typed.put(box, text)
    typed.key = f"proposal-{row.pk}" if row.pk else ""
    return typed


def columns_as(paste: Paste, fields: Sequence[str], header: bool, dates: str, *, by: Any) -> None:
    """Take the columns for these, and read anew. A field that is named twice counts where it is named first."""
    known = [name if name in columns.FIELDS else "" for name in fields]
    paste.columns = [
        name if name not in known[:at] else "" for at, name in enumerate(known[:MOST_BOXES])
    ]
    paste.header = header
    paste.dates = dates if dates in Paste.Dates.values else ""
    policy.require(by, "events.edit_paste", paste)
    paste.save(update_fields=["columns", "header", "dates", "updated_at"])
    read(paste, by=by)
