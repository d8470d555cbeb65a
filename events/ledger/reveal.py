"""What a published Change names is public: a place that was made at the desk becomes so with the first of them."""

from collections.abc import Sequence

from django.db import connection
from django.utils.translation import gettext as _

from events.models import Conflict, Place

from .new import NewChange, Refused

# First half of the key of the advisory lock; the second is the conflict's id.
LOCK = 0x706C6163


def hidden_among(news: Sequence[NewChange]) -> list[Place]:
    """The places that these Changes would make public, as they were when they were resolved."""
    return [
        place for place in {p.pk: p for new in news for p in new.places}.values() if place.hidden
    ]


def stand_by(conflict: Conflict, hidden: Sequence[Place]) -> None:
    """Take the conflict's gazetteer for the rest of the transaction: shared, or alone where a place becomes public.

    To be called before any place is locked. Otherwise a Change about a province, published at the same time, would
    not see the place, and the place not the Change.
    """
    kind = "" if hidden else "_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock{kind}(%s, %s)", [LOCK, conflict.pk])


def reveal(hidden: Sequence[Place]) -> None:
    """Make them public; they are locked. Raises Refused where one was taken back since it was resolved."""
    keys = [place.pk for place in hidden]
    there = set(Place.every.filter(pk__in=keys).values_list("pk", flat=True))
    gone = [place.name for place in hidden if place.pk not in there]
    if gone:
        why = _("%(place)s is not there any more: it was made at the desk, and taken back.")
        raise Refused({"places": [why % {"place": name} for name in gone]})
    Place.every.filter(pk__in=keys, hidden=True).update(hidden=False)
    for place in hidden:
        place.hidden = False
