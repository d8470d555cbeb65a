"""rebuild() recomputes every Span from the Changes; check() proves that stored = recomputed."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from events.models import Conflict, Place

from . import spans
from .folding import folded
from .publish import Progress, next_instant, refold
from .statements import tree


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
        return refold(conflict, places, max(next_instant(conflict, None), timezone.now()), progress)


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
