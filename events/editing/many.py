"""What the page of a paste shows round its cards: counts, the text with its words marked, what is wrong most often."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from events import policy
from events.chronology.dates import in_words
from events.models import Conflict, Paste, Proposal

from .compare import label_of

Status = Proposal.Status
A_PAGE = 50
SHOWS = ("all", "mend", "ready", "accepted", "dropped")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the article; those with `rows` are quoted by these proposals, each with where its card is."""

    text: str
    rows: Sequence[tuple[Proposal, str]] = ()


def counts(paste: Paste) -> dict[str, int]:
    """How many proposals stand where; one query."""
    waits = Q(status=Status.WAITING)
    return paste.proposals.aggregate(
        all=Count("pk"),
        mend=Count("pk", filter=waits & Q(sound=False)),
        ready=Count("pk", filter=waits & Q(sound=True)),
        accepted=Count("pk", filter=Q(status=Status.ACCEPTED)),
        dropped=Count("pk", filter=Q(status=Status.DROPPED)),
    )


def shown(paste: Paste, show: str, number: str) -> Page[Proposal]:
    rows = paste.proposals.select_related("draft").order_by("number")
    waits = rows.filter(status=Status.WAITING)
    asked: dict[str, QuerySet[Proposal]] = {
        "all": rows,
        "mend": waits.filter(sound=False),
        "ready": waits.filter(sound=True),
        "accepted": rows.filter(status=Status.ACCEPTED),
        "dropped": rows.filter(status=Status.DROPPED),
    }
    return Paginator(asked[show], A_PAGE).get_page(number)


def groups(paste: Paste) -> list[tuple[str, int]]:
    """What is wrong, most frequent first: a column that was taken for the wrong thing is one line, not five
    thousand.
    """
    found: Counter[tuple[str, str]] = Counter()
    rows = paste.proposals.filter(status=Status.WAITING, sound=False).values_list(
        "faults", flat=True
    )
    for faults in rows:
        found.update((label_of(box), why) for box, why in faults.items())
    return [(f"{label}: {why}", number) for (label, why), number in found.most_common(8)]


def stretches(paste: Paste, here: Iterable[Proposal] = ()) -> list[Stretch]:
    """The whole text, in order: what is quoted, and what lies between. `here`: those whose cards are on the page."""
    numbers = {row.number for row in here}
    out: list[Stretch] = []
    at = 0
    quoting: dict[tuple[int, int], list[Proposal]] = {}
    rows = paste.proposals.filter(start__gte=0).only("number", "start", "end", "words", "paste_id")
    for row in rows.order_by("start", "number"):
        quoting.setdefault((row.start, row.end), []).append(row)
    for (start, end), those in quoting.items():
        if start < at or paste.text[start:end] != those[0].words:
            # Saved since it was read: what stands there now is not what was read.
            continue
        if start > at:
            out.append(Stretch(paste.text[at:start]))
        out.append(Stretch(paste.text[start:end], [(row, _address(row, numbers)) for row in those]))
        at = end
    if at < len(paste.text):
        out.append(Stretch(paste.text[at:]))
    return out


def outdated(paste: Paste, here: Iterable[Proposal]) -> bool:
    """Whether the text was changed since it was read, as far as the page shows of it."""
    return any(row.start >= 0 and paste.text[row.start : row.end] != row.words for row in here)


def day_taken(paste: Paste) -> str:
    """The day of publication that was guessed from the text, as its proposals have it; "" where one is given."""
    if paste.published.strip():
        return ""
    rows = paste.proposals.filter(start__gte=0, guesses__has_key="published-0")
    found = rows.values_list("guesses", flat=True).order_by("number").first()
    return in_words(found["published-0"][0][0], gettext=_) if found else ""


def _address(row: Proposal, here: set[int]) -> str:
    page = "" if row.number in here else f"?show=all&page={(row.number - 1) // A_PAGE + 1}"
    return f"{page}#proposal-{row.number}"


def under_way(user: Any, conflict: Conflict) -> QuerySet[Paste]:
    """Those that the person may see and that are not set aside, with what waits in each; one query."""
    waits = Q(proposals__status=Status.WAITING)
    rows = policy.visible_pastes(user, conflict).filter(set_aside_at=None).select_related("author")
    counted = rows.annotate(
        waiting=Count("proposals", filter=waits),
        accepted=Count("proposals", filter=Q(proposals__status=Status.ACCEPTED)),
    )
    return counted.defer("text").order_by("-updated_at")[:20]


def tabs(paste: Paste, counted: dict[str, int], show: str) -> list[tuple[str, str, int, str]]:
    labels = {
        "all": _("All of it"),
        "mend": _("To mend"),
        "ready": _("Ready"),
        "accepted": _("Accepted"),
        "dropped": _("Dropped"),
    }
    return [(name, labels[name], counted[name], urlencode({"show": name})) for name in SHOWS]
