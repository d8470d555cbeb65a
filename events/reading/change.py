"""One change: its sources, its ruling, its effect, and what became of it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from events import policy
from events.chronology.standing import Standing, standing_at
from events.ledger.known import TICK
from events.ledger.published import one_look
from events.ledger.warnings import overrides_of
from events.models import Change, Conflict, ReadSpan, Span, slug_of

from .asking import asked
from .changes import change_row
from .cited import citations_of
from .corrections import correction_rows, with_both
from .words import Names


def change_page(request: HttpRequest, conflict: str, public_id: str) -> HttpResponse:
    """Superseded and retracted Changes keep their page: the record says what it once said, and why no more.

    With `?known=` it is the page of then: what was published later is not spoken of.
    """
    found = get_object_or_404(Conflict, slug=conflict)
    question = asked(request, found)
    with one_look():
        rows = Change.objects.filter(conflict=found)
        rows = with_both(rows).select_related(
            "conflict", "actor", "other_actor", "supersedes", "superseded_by"
        )
        change = get_object_or_404(rows, public_id=public_id.replace("\x00", ""))
        names = Names(found, known_at=question.known_at)
        if question.known_at and change.recorded_at > question.known_at:
            raise Http404(_("It had not been published then."))
        takes_back = change.kind != Change.Kind.STATEMENT
        (correction,) = correction_rows(found, [change], names) if takes_back else (None,)
        effects, others = effects_of(change, names)
        newer = getattr(change, "superseded_by", None)
        if newer and question.known_at and newer.recorded_at > question.known_at:
            newer = None
        context = {
            "conflict": found,
            "row": change_row(change, names),
            "change": change,
            "citations": citations_of([change], names)[change.pk],
            "effects": effects,
            "others": others,
            "superseded_by": newer,
            "asked": question,
            "correction": correction,
            "problem": question.problem,
            **_overridden(change, request.user),
        }
    return render(request, "reading/change.html", context, status=question.status)


def _overridden(change: Change, user: Any) -> dict[str, Any]:
    """The warnings in spite of which it was published: the desk sees all, readers those about the sources."""
    at_desk = policy.may(user, "events.use_desk", change.conflict)
    rows = [row for row in overrides_of(change.overrides) if at_desk or row.public]
    return {"overrides": rows, "at_desk": at_desk}


def effects_of(change: Change, names: Names) -> tuple[list[dict[str, Any]], int]:
    """What it did where it was made, as known when it was published; and in how many places inside.

    Doubt is left out here: the standing that surely was before, and the one that surely was from then on.
    """
    spans = Span.objects.filter(place__conflict=change.conflict_id).known(change.recorded_at)
    reached = set(spans.filter(change=change).values_list("place_id", flat=True))
    reached |= set(spans.filter(closed_by=change).values_list("place_id", flat=True))
    named = [row.place for row in change.named_places.all()]
    by_place = spans.filter(place__in=named).by_place(slug_of(change.conflict))
    effects = [
        {
            "place": names.place(place),
            "slug": place.slug,
            "before": names.standing(_surely(by_place.get(place.pk, []), change, TICK)),
            "after": names.standing(_surely(by_place.get(place.pk, []), change)),
            "changed": place.pk in reached,
        }
        for place in named
    ]
    return effects, len(reached - {place.pk for place in named})


def _surely(spans: list[ReadSpan], change: Change, before: timedelta = timedelta()) -> Standing:
    sure = [replace(s, doubt_from=s.valid_from, closing_doubt_from=None) for s in spans]
    return standing_at(sure, change.latest - before)
