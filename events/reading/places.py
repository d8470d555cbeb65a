"""Places: the tree as it stands on the record's last day, and one place with all that is said of it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from events.chronology.dates import map_day
from events.chronology.standing import NO_DATA
from events.ledger import listed, spans_of, standings
from events.ledger.asked import last_day
from events.ledger.confirmed import confirmed_of, confirming
from events.ledger.published import Said, one_look, said_about, taken_back_about
from events.ledger.shown import shown_and_own
from events.ledger.statements import prefixes
from events.ledger.weighed import weighed
from events.models import Change, Citation, Conflict, Estimate, Place, PlaceName
from events.models.then import names_then, places_of, places_then
from events.replay import with_details

from .asking import asked
from .changes import change_row
from .cited import citations_of
from .corrections import correction_rows, with_both
from .neighbour import inferred_from
from .words import Names, date_words

MOST_CHANGES = 100
MOST_CORRECTIONS = 20
COUNTED_DAYS = 60


def place_list(request: HttpRequest, conflict: str) -> HttpResponse:
    found = get_object_or_404(Conflict, slug=conflict)
    question = asked(request, found, last_day(found))
    with one_look():
        names = Names(found, known_at=question.known_at)
        shown = standings(found, question.at.instant, known_at=question.known_at)
        places = places_of(places_then(found, question.known_at).order_by("path"))
        rows = [
            {
                "place": place,
                "name": names.place(place),
                "standing": names.standing(shown[place.slug]),
            }
            for place in places
        ]
    context = {"conflict": found, "rows": rows, "asked": question, "problem": question.problem}
    return render(request, "reading/places.html", context, status=question.status)


def place_page(request: HttpRequest, conflict: str, slug: str) -> HttpResponse:
    found = get_object_or_404(Conflict, slug=conflict)
    question = asked(request, found)
    with one_look():
        known_at = question.known_at
        places = places_of(places_then(found, known_at).filter(slug=slug.replace("\x00", "")))
        if not places:
            raise Http404(_("There is no place “%(slug)s”.") % {"slug": slug})
        place = places[0]
        place.conflict = found
        names = Names(found, known_at=known_at)
        said = said_about(place, question.known_at)
        changes = _changes([one.key for one in said[:MOST_CHANGES]])
        context = {
            "conflict": found,
            "place": place,
            "name": names.place(place),
            "names": [
                {**row, "kind": PlaceName.Kind(row["kind"]).label}
                for row in names_then(place, known_at)
            ],
            "asked": question,
            "problem": question.problem,
            **_tree(place, known_at, names),
            "spans": spans_table(place, question.known_at, names),
            "changes": _cited(changes, names),
            "more_changes": len(said) > MOST_CHANGES,
            "corrections": correction_rows(
                found,
                with_both(taken_back_about(place, question.known_at)).order_by(
                    "-recorded_at", "-pk"
                )[:MOST_CORRECTIONS],
                names,
            ),
            "estimates": _estimates(place, names),
            **_standings(place, question, names),
            **_last_confirmed(place, question, names, said),
        }
    return render(request, "reading/place.html", context, status=question.status)


def _standings(place: Place, question: Any, names: Names) -> dict[str, Any]:
    shown, own = shown_and_own(place, question.at.instant, known_at=question.known_at)
    now = shown
    if not question.is_today:
        now, _own = shown_and_own(place, question.today.instant, known_at=question.known_at)
    weights = weighed(place, question.at.instant, known_at=question.known_at)
    # whole numbers of a hundred, but never 0 or 100 where it is not all or none
    share = {
        row.holds: row.share * 100 if row.share in (0, 1) else min(max(row.share * 100, 1), 99)
        for row in (weights.shares if weights else ())
    }
    neighbour = None
    if shown.state == NO_DATA:
        neighbour = inferred_from(place, question.at.instant, question.known_at)
    keys = {standing.key for standing in (shown, own, now)}
    made_by = Change.objects.in_bulk([key for key in keys if key])
    return {
        "standing": names.standing(shown),
        "now": names.standing(now),
        "own": names.standing(own),
        "inferred_from": (neighbour.slug, names.place(neighbour)) if neighbour else None,
        # Its own older statement never contradicts the places inside: the page says both, and why.
        "differs": bool(shown.counts) and own.state != NO_DATA and shown.shown[:6] != own.shown[:6],
        "made_by": made_by.get(shown.key) if shown.key else None,
        "own_made_by": made_by.get(own.key) if own.key else None,
        "counts": [
            {
                "count": count,
                "holders": [(names.actors[slug], names.short[slug]) for slug in holders],
                "share": share.get(holders),
            }
            for holders, count in shown.counts
        ],
        "counted": sum(count for _holders, count in shown.counts),
        "weighed_by": weights.by if weights else "",
    }


def _changes(keys: list[int]) -> list[Change]:
    """In the order of `keys`."""
    found = {change.pk: change for change in with_details(Change.objects.filter(pk__in=keys))}
    return [found[key] for key in keys]


def _last_confirmed(place: Place, question: Any, names: Names, said: list[Said]) -> dict[str, Any]:
    """When, and by whom, it was last said who holds the place itself; how well its parts are is another matter."""
    at, known = question.at.instant, question.known_at
    held = confirmed_of(place, said, at, known)
    if held is None:
        return {"last_confirmed": None}
    by = confirming(said, held)
    cited = Citation.objects.filter(change__in=[one.key for one in by]).exclude(
        stance=Citation.Stance.DENIES
    )
    days = (at - held.confirmed).days
    sources = sorted(
        names.source(row.report.source) for row in cited.select_related("report__source")
    )
    return {
        "last_confirmed": map_day(held.confirmed, names.zone),
        "confirmed_by": listed(dict.fromkeys(sources), {}),
        "confirming": by[-1] if by else None,
        "days_unconfirmed": days,
        # of what is long ago, nobody counts the days
        "long_unconfirmed": timesince(held.confirmed, at, depth=1) if days > COUNTED_DAYS else "",
    }


def _tree(place: Place, known_at: Any, names: Names) -> dict[str, Any]:
    known = places_then(place.conflict, known_at)
    above = known.filter(path__in=prefixes(place.path)[:-1]).order_by("depth")
    inside = known.filter(parent_id=place.pk).order_by("name")
    return {
        "above": [(p.slug, names.place(p)) for p in places_of(above)],
        "inside": [(p.slug, names.place(p)) for p in places_of(inside)],
    }


def spans_table(place: Place, known_at: Any, names: Names) -> list[dict[str, Any]]:
    """Days, not instants: a role is on the map from `since` on, up to and without `until`."""
    rows = []
    for span in spans_of(place, known_at):
        since = map_day(span.valid.lower, names.zone)
        doubt = span.doubt_from.astimezone(names.zone).date() if span.doubt_from else None
        rows.append(
            {
                "span": span,
                "actor": span.actor,
                "who": names.actor(span.actor),
                "role": span.get_role_display(),
                "since": since,
                "doubt": doubt if doubt and doubt < since else None,
                "until": map_day(span.valid.upper, names.zone) if span.valid.upper else None,
            }
        )
    return rows


def _cited(changes: list[Change], names: Names) -> list[dict[str, Any]]:
    cited = citations_of(changes, names)
    return [{**change_row(change, names), "citations": cited[change.pk]} for change in changes]


def _estimates(place: Place, names: Names) -> list[dict[str, Any]]:
    rows = Estimate.objects.filter(place=place).select_related("actor", "source")
    return [
        {
            "estimate": row,
            "who": names.actor(row.actor) or row.subject,
            "as_of": date_words(row.as_of),
        }
        for row in rows
    ]
