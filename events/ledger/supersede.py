"""What a correction or a retraction takes the place of: whether it can, and what it reaches."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from events.models import Change, Place

from .new import NewChange, Refused


def places_of(change: Change) -> list[Place]:
    """The places that it names, as they were named."""
    named = Place.objects.filter(named_in__change=change).order_by("named_in__ordinal")
    return list(named.defer("area", "territory"))


def reaches_of(new: NewChange) -> list[tuple[Sequence[Place], str]]:
    """Places and verb: its own, and those of the Change whose place it takes."""
    own: list[tuple[Sequence[Place], str]] = [(new.places, new.verb)]
    if new.supersedes is not None:
        own.append((places_of(new.supersedes), new.supersedes.verb))
    return own


def refuse_superseded(news: Sequence[NewChange]) -> None:
    """Raise Refused where one of them would take the place of what cannot be taken back.

    Must be called under the locks: two who correct the same Change wait for each other there.
    """
    for new in news:
        why = why_not(new.supersedes) if new.supersedes is not None else ""
        if why:
            raise Refused({"change": [why]})


def why_not(change: Change) -> str:
    """Why `change` can be neither corrected nor retracted, or retracted again; empty where it can."""
    if change.kind == Change.Kind.RETRACTION:
        return _("It is a retraction: publish anew what holds after all.")
    by = Change.objects.filter(supersedes=change).first()
    if by is None:
        return ""
    if by.kind == Change.Kind.RETRACTION:
        return _("It is retracted already, by %(change)s.") % {"change": by.public_id}
    return _("It is corrected already: correct %(change)s instead.") % {"change": by.public_id}


def entry_of(change: Change) -> int:
    """Its rank in the order of entry."""
    rank: int = change.pk if change.entry is None else change.entry
    return rank
