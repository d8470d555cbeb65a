"""Places made at the desk live as long as something names them: a draft that waits, then the record."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from events.models import Draft, Place

from .about import WAITING

# A place is made before the draft that names it is saved, and named again after an undo.
GRACE = timedelta(days=1)


def forget(places: Iterable[int]) -> int:
    """Take back those of these places that are hidden and that no waiting draft names. Returns how many.

    The audit keeps who made them and when they went.
    """
    with transaction.atomic():
        hidden = Place.every.filter(pk__in=list(places), hidden=True).order_by("pk")
        gone = [
            place
            for place in hidden.select_for_update(of=("self",))
            if not Draft.objects.filter(
                status__in=WAITING, about_places__contains=[place.pk]
            ).exists()
        ]
        for place in gone:
            place.delete()
        return len(gone)


def forget_unnamed(now: datetime) -> int:
    """Those that were made a day ago, and that nothing names."""
    old = Place.every.filter(hidden=True, made_at__lt=now - GRACE)
    return forget(old.values_list("pk", flat=True))
