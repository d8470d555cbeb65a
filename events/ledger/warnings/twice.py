"""The same Change, logged already by somebody else."""

from datetime import datetime

from django.utils.translation import gettext as _

from events.chronology.dates import in_words
from events.models import Change

from ..naming import Naming
from ..new import NewChange, bounds
from ..published import public_changes
from ..sentences import sentence
from .warning import Warning

# Verbs that may tell of one and the same thing.
FAMILIES = (
    frozenset({"captured", "retook", "holds", "shares"}),
    frozenset({"withdrew", "handed_over", "absent"}),
    frozenset({"entered", "attack", "clash"}),
)
MOST_LINES = 5


def family(verb: str) -> frozenset[str]:
    return next((verbs for verbs in FAMILIES if verb in verbs), frozenset({verb}))


def overlap(one: tuple[datetime | None, datetime], other: tuple[datetime | None, datetime]) -> bool:
    """Whether both (earliest, latest) may be one instant; no earliest reaches back without end.

    Days that only meet do not overlap.
    """
    begins = [earliest for earliest, _latest in (one, other) if earliest is not None]
    first, last = max(begins, default=None), min(one[1], other[1])
    if first is None or first < last:
        return True
    return first == last and any(earliest == latest for earliest, latest in (one, other))


def alike(new: NewChange, now: datetime) -> list[Change]:
    """Published changes of the same actor and verb family that name one of the places, dates overlapping."""
    _date, earliest, latest = bounds(new, now)
    superseded = getattr(new, "supersedes", None)
    rows = public_changes(new.conflict).filter(
        places__in=new.places,
        actor=new.actor,
        verb__in=family(new.verb),
        place_count=new.place_count,
    )
    if earliest is not None:
        rows = rows.filter(latest__gte=earliest)
    rows = rows.exclude(pk=superseded.pk) if superseded else rows
    found = (
        rows.select_related("published_by", "actor", "other_actor")
        .distinct()
        .order_by("-recorded_at")
    )
    return [c for c in found[:200] if overlap((earliest, latest), (c.earliest, c.latest))]


def logged_already(new: NewChange, now: datetime, names: Naming) -> Warning | None:
    found = alike(new, now)
    if not found:
        return None
    return Warning(
        "logged_already",
        _("This seems to be logged already: %(change)s.") % {"change": _line(found[0], names)},
        _("If it is the same, cite your source on that one instead; if not, say what differs."),
        tuple(_line(change, names) for change in found[1 : 1 + MOST_LINES]),
        tuple(change.public_id for change in found[: 1 + MOST_LINES]),
    )


def _line(change: Change, names: Naming) -> str:
    words = change.headline or sentence(change, names)
    said = f"{words} ({change.public_id}), {in_words(change.date, gettext=_)}"
    by = change.published_by
    return _("%(said)s, published by %(by)s") % {"said": said, "by": by} if by else said
