"""What every call needs: the conflict, or a 404 that says which; and the known instant it answers for."""

from datetime import datetime

from django.http import Http404
from django.utils.translation import gettext as _

from events.ledger import Refused
from events.ledger.asked import Moment
from events.ledger.published import last_publication
from events.models import Actor, Conflict, Place
from events.models.then import places_of, places_then


def conflict_of(slug: str) -> Conflict:
    try:
        return Conflict.objects.get(slug=slug)
    except Conflict.DoesNotExist:
        raise Http404(_("There is no conflict “%(slug)s”.") % {"slug": slug}) from None


def place_asked(
    conflict: Conflict, slug: str, field: str = "place", known_at: datetime | None = None
) -> Place:
    """As known at `known_at` (None: now). Raises Refused."""
    found = places_of(places_then(conflict, known_at).filter(slug=slug))
    if not found:
        raise Refused({field: [_("There is no place “%(slug)s”.") % {"slug": slug}]})
    found[0].conflict = conflict
    return found[0]


def actor_asked(conflict: Conflict, slug: str) -> Actor:
    try:
        return Actor.objects.get(conflict=conflict, slug=slug)
    except Actor.DoesNotExist:
        raise Refused({"actor": [_("There is no actor “%(slug)s”.") % {"slug": slug}]}) from None


def known_text(conflict: Conflict, known: Moment | None) -> str | None:
    """What was asked; where nothing was, the last publication, so that equal answers are equal bytes."""
    return known.text if known else iso(last_publication(conflict))


def iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
