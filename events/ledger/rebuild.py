"""rebuild() recomputes every Span from the Changes; check() proves that stored = recomputed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction

from events.models import Conflict, Place

from . import spans
from .folding import folded
from .known import take_instant
from .publish import Progress, refold, replay_due
from .statements import tree

BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Difference:
    """One Span that is stored but not folded (`kind` "extra"), or folded but not stored ("missing")."""

    place: str
    kind: str
    span: spans.Key

    def __str__(self) -> str:
        return f"{self.place}: {self.kind} {self.span}"


def rebuild(conflict: Conflict, progress: Progress | None = None) -> tuple[int, int]:
    """Recompute all Spans of the conflict, in one transaction. Returns (closed, opened): (0, 0) on a sound record.

    What was known before stays: differing rows are closed on the known axis, not removed.
    """
    with transaction.atomic():
        everything = Place.objects.filter(conflict=conflict).order_by("pk")
        places = list(everything.select_for_update(no_key=True).values_list("pk", flat=True))
        instant = take_instant(conflict, None)
        closed, opened = refold(conflict, places, instant, progress)
        if closed or opened:
            # What differed may be as old as the record: the next build takes all of it anew.
            replay_due(conflict, BEGINNING)
        return closed, opened


def check(conflict: Conflict, progress: Progress | None = None) -> list[Difference]:
    """Every difference between the stored current Spans and those recomputed, place by place."""
    with transaction.atomic():
        return list(_differences(conflict, progress))


def _differences(conflict: Conflict, progress: Progress | None) -> Iterator[Difference]:
    nodes = tree(conflict)
    done = 0
    for batch in folded(nodes, list(nodes)):
        stored = spans.current(batch)
        for pk, said in batch.items():
            wanted = {spans.key_of_fold(span) for span in said}
            have = set(stored.get(pk, {}))
            for kind, keys in (("missing", wanted - have), ("extra", have - wanted)):
                for key in sorted(keys, key=repr):
                    yield Difference(nodes[pk].slug, kind, key)
        done += len(batch)
        if progress:
            progress(done, len(nodes))
