"""What a draft is about, in columns that can be searched, and which other drafts log the same fall."""

from django.db.models import Q, QuerySet

from events.chronology.dates import DateError, parse
from events.ledger.warnings.twice import family
from events.models import Draft
from events.policy import OPEN

from .assemble import Assembled

WAITING = (*OPEN, Draft.Status.EMBARGOED)
MOST = 5


def index(draft: Draft, made: Assembled) -> None:
    """Set the derived columns from what was understood; what was not stays empty. Does not save."""
    new = made.new
    draft.about_places = sorted(place.pk for place in new.places)
    draft.about_actor = new.actor.pk if new.actor else None
    draft.about_family = min(family(new.verb)) if new.verb else ""
    draft.about_from = draft.about_until = None
    try:
        date = parse(new.date, draft.conflict.zone)
    except DateError:
        return
    draft.about_from, draft.about_until = date.earliest, date.latest


def same_fall(draft: Draft) -> QuerySet[Draft]:
    """Other waiting drafts of the same actor, verb family and place, whose dates overlap: one query.

    Dates are `[from, to)`; one that is open, or not understood yet, overlaps all.
    """
    if not (draft.about_places and draft.about_actor and draft.about_family):
        return Draft.objects.none()
    rows = Draft.objects.filter(
        conflict=draft.conflict_id,
        status__in=WAITING,
        about_places__overlap=draft.about_places,
        about_actor=draft.about_actor,
        about_family=draft.about_family,
    ).exclude(pk=draft.pk)
    if draft.about_until:
        rows = rows.filter(Q(about_from=None) | Q(about_from__lt=draft.about_until))
    if draft.about_from:
        rows = rows.filter(Q(about_until=None) | Q(about_until__gt=draft.about_from))
    return rows.select_related("author").order_by("-updated_at")[:MOST]
