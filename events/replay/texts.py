"""The files of changes in words, period by period: loaded when a reader looks at their days.

The same record as `change_records` makes, with what repeats written once; tests hold the two together.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext, override

from events.chronology.dates import in_words
from events.models import Change, ChangePlace, Citation, Conflict, Report

from .columns import FORMAT
from .days import Days, Micros, instant, micros
from .periods import periods

# Changes to a file, and changes read from the database at a time.
LIMIT, AT_A_TIME = 4_000, 50_000
Piece = tuple[str, int, int]
Text = dict[str, Any]

FIELDS = (
    "public_id",
    "date",
    "kind",
    "verb",
    "actor__slug",
    "other_actor__slug",
    "place_count",
    "headline",
    "note",
    "ruling",
    "ruling_reason",
)
# What corrections and retractions alone have; at the end of a row, so that it costs the others nothing.
CORRECTS = ("supersedes__public_id", "reason")


def pieces(counts: list[int], days: Days) -> list[Piece]:
    """(name, first day, day after its last) of the files that hold all changes."""
    cut = periods(counts, days.start, LIMIT, finest="day")
    return [(name, first, end) for first, end, name in cut]


def in_record(conflict: Conflict) -> QuerySet[Change]:
    changes = Change.objects.filter(conflict=conflict, superseded_by__isnull=True)
    return changes.exclude(kind=Change.Kind.RETRACTION)


def text_files(
    conflict: Conflict, days: Days, wanted: list[Piece], counts: list[int]
) -> Iterator[tuple[str, list[Text]]]:
    """(name, contents) of the pieces `wanted`; neighbours are read from the database together.

    A day with more than LIMIT changes, as the first with all its baselines, is parted among several files.
    """
    for together in _batches(wanted, counts):
        span: dict[str, Any] = {"latest__lte": instant(days.closes[together[-1][2] - 1])}
        if together[0][1] > 0:
            span["latest__gt"] = instant(days.closes[together[0][1] - 1])
        by_day = _by_day(in_record(conflict).filter(**span), days, {"conflict": conflict, **span})
        for name, first, end in together:
            rows = [row for day in range(first, end) for row in by_day.get(day, [])]
            parts = range(0, max(1, len(rows)), LIMIT)
            yield name, [text_of(rows[at : at + LIMIT], days) for at in parts]


def _batches(wanted: list[Piece], counts: list[int]) -> Iterator[list[Piece]]:
    batch: list[Piece] = []
    size = 0
    for piece in wanted:
        times = sum(counts[piece[1] : piece[2]])
        if batch and (size + times > AT_A_TIME or batch[-1][2] != piece[1]):
            yield batch
            batch, size = [], 0
        batch.append(piece)
        size += times
    if batch:
        yield batch


def past_texts(conflict: Conflict, days: Days) -> Iterator[Text]:
    """Changes that once stood and were superseded; each ends with the instant at which that was."""
    once = Change.objects.filter(conflict=conflict, superseded_by__isnull=False)
    among = {"conflict": conflict, "superseded_by__isnull": False}
    found = _by_day(once.exclude(kind=Change.Kind.RETRACTION), days, among)
    rows = [row for day in sorted(found) for row in found[day]]
    instants = once.annotate(gone=Micros("superseded_by__recorded_at"))
    gone = dict(instants.values_list("pk", "gone"))
    for row in rows:
        row["gone"] = gone[row["pk"]]
    for at in range(0, len(rows), LIMIT):
        yield text_of(rows[at : at + LIMIT], days)


def _by_day(
    changes: QuerySet[Change], days: Days, among: dict[str, Any]
) -> dict[int, list[dict[str, Any]]]:
    """Plain rows of the changes with their places and citations, by day, in the order of entry.

    `among`: what narrows the conflict's changes down to about these. Places and citations are looked up by
    that, without order or sub-query: several times as quick where there are many.
    """
    rows = changes.annotate(
        until=Micros("latest"), since=Micros("earliest"), at=Micros("recorded_at")
    ).order_by("latest", "day_order", "pk")
    found = defaultdict(list)
    listed = list(rows.values("pk", "until", "since", "at", *FIELDS, *CORRECTS))
    narrow = {f"change__{name}": value for name, value in among.items()}
    places, citations = _places(narrow), _citations(narrow)
    for row in listed:
        row["places"] = [slug for _, slug in sorted(places.get(row["pk"], ()))]
        row["citations"] = [cited for _, cited in sorted(citations.get(row["pk"], ()))]
        found[days.on_map(row["until"])].append(row)
    return found


def _places(narrow: dict[str, Any]) -> dict[int, list[tuple[tuple[int, ...], str]]]:
    found = defaultdict(list)
    named = ChangePlace.objects.filter(**narrow).order_by()
    for change, *order, slug in named.values_list("change_id", "ordinal", "pk", "place__slug"):
        found[change].append((tuple(order), slug))
    return found


def _citations(narrow: dict[str, Any]) -> dict[int, list[tuple[int, list[Any]]]]:
    """By change, each with its key to sort by: source, stance, report and note."""
    reports = Report.objects.filter(
        **{f"citations__{name}": value for name, value in narrow.items()}
    )
    source = [f"source__{name}" for name in ("slug", "name", "kind", "reliability")]
    fields = ("pk", *source, "title", "url", "published", "quote")
    about = {pk: rest for pk, *rest in reports.distinct().values_list(*fields)}
    found = defaultdict(list)
    cited = Citation.objects.filter(**narrow).order_by()
    for change, pk, report, stance, note in cited.values_list(
        "change_id", "pk", "report_id", "stance", "note"
    ):
        of = about[report]
        found[change].append((pk, [*of[:4], stance, *of[4:], note]))
    return found


def text_of(rows: Iterable[dict[str, Any]], days: Days) -> Text:
    """One file. Days are numbers; sources and words of dates are named by their position in lists."""
    sources: dict[tuple[str, ...], int] = {}
    dates: dict[str, int] = {}
    changes = []
    for row in rows:
        day = days.on_map(row["until"])
        citations = [
            [sources.setdefault(tuple(cited[:4]), len(sources)), *cited[4:]]
            for cited in row["citations"]
        ]
        changes.append(
            [
                row["public_id"],
                dates.setdefault(row["date"], len(dates)),
                day,
                _first_day(row["since"], day, days),
                row["at"],
                *(row[name] for name in FIELDS[2:]),
                row["places"],
                citations,
                *_only_of_some(row),
            ]
        )
    words = [[date, *(_words(date, code) for code in languages())] for date in dates]
    return {
        "format": FORMAT,
        "kind": "changes",
        "languages": languages(),
        "sources": list(sources),
        "dates": words,
        "changes": changes,
    }


def _only_of_some(row: dict[str, Any]) -> list[Any]:
    """When it was superseded, what it supersedes and why: as far as there is any of them."""
    gone = row.get("gone")
    if row["supersedes__public_id"] is not None or row["reason"]:
        return [gone, row["supersedes__public_id"], row["reason"]]
    return [] if gone is None else [gone]


def _first_day(since: int | None, day: int, days: Days) -> int | None:
    """The local day on which it may first have been so; None where the date is open to the past."""
    if since is None:
        return None
    return min(day, days.number(instant(since).astimezone(days.zone).date()))


def languages() -> list[str]:
    """The site's own first."""
    own = settings.LANGUAGE_CODE
    return [own, *(code for code, _ in settings.LANGUAGES if code != own)]


@lru_cache(16_384)
def _words(date: str, language: str) -> str:
    with override(language):
        return in_words(date, gettext=gettext)


def edited_days(conflict: Conflict, days: Days, reports: Iterable[int]) -> set[int]:
    """The days of changes that cite any of `reports`."""
    cited = in_record(conflict).filter(citations__report__in=list(reports))
    return {days.on_map(micros(latest)) for latest in cited.values_list("latest", flat=True)}
