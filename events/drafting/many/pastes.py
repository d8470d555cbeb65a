"""Keeping what was pasted: as it was, at once, whoever comes back to it."""

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import policy
from events.chronology.dates import DateError, parse
from events.chronology.tidy import tidy
from events.models import Conflict, Paste

from ..sentence import full_days, in_conflict
from ..typed import keepable
from .suggested import Given

# Of the text, in UTF-8; 5,000 rows of a newsroom's spreadsheet take less than half. A form may have 2.5 MB.
MOST_BYTES = 2_000_000
MOST_ROWS = 10_000
# Of an article: some 50,000 words.
MOST_LETTERS = 300_000
# Letters from which on the box that shows a text gives it one direction, as static/js/desk/many.js does.
LONG = 100_000
GIVEN = ("title", "source", "url", "published")


class TooLong(ValueError):
    """More than is read at once; says how much may be pasted."""


class Stale(Exception):
    """Somebody else saved it in the meantime; `paste` is what stands there now. Nothing was written."""

    def __init__(self, paste: Paste):
        self.paste = paste
        super().__init__(paste.pk)


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a form sends. `kind` is empty where the text shall say it itself."""

    text: str
    kind: str = ""
    title: str = ""
    source: str = ""
    url: str = ""
    published: str = ""
    key: str = ""

    @classmethod
    def of(cls, fields: Any) -> "Pasted":
        text = keepable(fields.get("text")).replace("\r\n", "\n").replace("\r", "\n")
        kind = fields.get("kind", "")
        return cls(
            text,
            kind if kind in Paste.Kind.values else "",
            key=keepable(fields.get("key"))[:64],
            **{name: keepable(fields.get(name))[:2000] for name in GIVEN},
        )

    @property
    def blank(self) -> bool:
        return not any(getattr(self, name).strip() for name in ("text", *GIVEN))

    @property
    def direction(self) -> str:
        """HTML's `dir` of the box: of each line its own, of a long text that of its first letter.

        To find each line's takes a browser a time that grows with the square of the text.
        """
        if len(self.text) <= LONG:
            return "auto"
        ways = map(unicodedata.bidirectional, self.text)
        return (
            "ltr" if next((way for way in ways if way in ("L", "R", "AL")), "L") == "L" else "rtl"
        )


def save(
    conflict: Conflict, pasted: Pasted, *, by: Any, paste: Paste | None = None, version: int = 0
) -> Paste:
    """Keep it, without reading it. Raises TooLong, Stale or PermissionDenied; then nothing is written."""
    if len(pasted.text.encode()) > MOST_BYTES:
        raise TooLong(too_long())
    with transaction.atomic():
        held = _locked(conflict, pasted, by, paste)
        if held is None:
            policy.require(by, "events.draft_change", conflict)
            held = Paste(conflict=conflict, author=by, key=pasted.key)
        else:
            policy.require(by, "events.edit_paste", held)
            if held.version != version:
                raise Stale(held)
            held.version += 1
        for name in ("text", "kind", *GIVEN):
            setattr(held, name, getattr(pasted, name))
        held.save()
        return held


def _locked(conflict: Conflict, pasted: Pasted, by: Any, paste: Paste | None) -> Paste | None:
    """Its row, locked; for a new form, what an earlier save of it has made."""
    rows = Paste.objects.select_for_update(of=("self",)).filter(conflict=conflict)
    if paste is not None:
        return rows.get(pk=paste.pk)
    if not pasted.key:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s), %s)", [pasted.key, by.pk % 2_147_483_647]
        )
    return rows.filter(author=by, key=pasted.key).first()


def too_long() -> str:
    return _(
        "This is too much at once: at most %(megabytes)d MB of text can be pasted. Paste it in parts."
    ) % {"megabytes": MOST_BYTES // 1_000_000}


def set_aside(paste: Paste, *, by: Any, aside: bool = True) -> None:
    """Out of the list of what is under way; it stays on record, and so do its drafts."""
    policy.require(by, "events.edit_paste", paste)
    paste.set_aside_at = timezone.now() if aside else None
    paste.save(update_fields=["set_aside_at", "updated_at"])


def given(paste: Paste) -> Given:
    """As typed."""
    return Given(
        *(getattr(paste, name).strip() for name in ("source", "title", "url", "published"))
    )


def day_of(paste: Paste) -> date:
    """By which "on Friday" is meant: the day of publication, else the one on which it was pasted."""
    zone = paste.conflict.zone
    try:
        published = parse(tidy(paste.published), zone).latest
    except DateError:
        published = None
    if published is None:
        return paste.created_at.astimezone(zone).date()
    # Bounds are [from, to): the day itself ends at the next midnight.
    return min(
        (published - timedelta(seconds=1)).astimezone(zone).date(),
        timezone.now().astimezone(zone).date(),
    )


def named_day(paste: Paste) -> date | None:
    """Of an article that nobody dated: the latest full day that its text names, first of those in the conflict.
    Only a guess, but an article is seldom older than what it tells of, and rarely much younger.
    """
    if paste.published.strip():
        return None
    pasted = day_of(paste)
    days = [day for day in full_days(paste.text) if day <= pasted]
    inside = [day for day in days if in_conflict(paste.conflict, day.isoformat())]
    return max(inside or days, default=None)
