"""/<conflict>/map.svg and map.png: the map of a day as the server draws it, for whoever has no script, for print, and
for cards, which mostly take a PNG alone.
"""

from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from events.chronology.standing import NOTHING
from events.chronology.tree import compose_parts
from events.ledger import standing_in_words
from events.ledger.asked import Moment, asked_at, last_day
from events.ledger.everywhere import own_parts
from events.ledger.gazette import gazette
from events.ledger.published import last_publication, one_look
from events.looks.palette import SCHEMES, palette
from events.models import Conflict, Place
from events.replay.ground import ground_name, ground_of

from .embed import language_asked
from .map_asked import MapAsked, asked_of_map
from .picture import Asked, counted, described, draw
from .picture.png import Busy, png_of
from .words import Names, date_words

CACHE = "public, max-age=60, stale-while-revalidate=600"
# Counted up with every change of the drawing.
DRAWING = 2
SVG, PNG = "image/svg+xml; charset=utf-8", "image/png"
TOWN = str(Place.Kind.TOWN)


@require_safe
@gzip_page
def map_svg(request: HttpRequest, conflict: str) -> HttpResponse:
    """`?at=`, `known=`, `lang=`, and `scheme=light` or `dark`. What cannot be meant is a 400 in words."""
    return _map(request, conflict, SVG)


@require_safe
def map_png(request: HttpRequest, conflict: str) -> HttpResponse:
    """The same; 503 in words where many are being drawn."""
    return _map(request, conflict, PNG)


def _map(request: HttpRequest, conflict: str, form: str) -> HttpResponse:
    found = get_object_or_404(Conflict, slug=conflict)
    language = language_asked(request)
    scheme = request.GET.get("scheme", SCHEMES[0])
    with translation.override(language):
        asked = asked_of_map(request.GET, found)
        problem = asked.problem if scheme in SCHEMES else _("scheme: light or dark.")
        if problem:
            return _in_words(problem, asked.status if asked.problem else 400)
        try:
            with one_look():
                response = _answer(request, found, asked, language, scheme, form)
        except Busy:
            response = _in_words(_("Many pictures are being drawn. Ask again in a moment."), 503)
            response.headers["Retry-After"] = "5"
            return response
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = CACHE
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _in_words(problem: str, status: int) -> HttpResponse:
    return HttpResponse(f"{problem}\n", "text/plain; charset=utf-8", status)


def _answer(
    request: HttpRequest, conflict: Conflict, asked: MapAsked, language: str, scheme: str, form: str
) -> HttpResponse:
    """The picture, or 304: nothing is drawn for whoever has it."""
    now = timezone.now()
    at = _moment(conflict, asked)
    known_at = datetime.fromisoformat(asked.known) if asked.known else None
    names = Names(conflict, known_at=known_at)
    name = ground_name(conflict)
    actors = {
        slug: (actor.colour, actor.pattern, names.short[slug])
        for slug, actor in names.actors.items()
    }
    # a day that is not over may look another in a minute, whoever publishes
    minute = now.strftime("%FT%H:%M") if (now - at.instant).total_seconds() < 60 else ""
    key = (DRAWING, name, str(last_publication(conflict)), at.text, asked.known, language, scheme)
    plural = [name.plural for name in names.short.values()]
    more = (form, minute, actors, plural, conflict.title, conflict.attribution, settings.SITE_NAME)
    etag = f'"{sha256(repr((key, more)).encode()).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        own = own_parts(conflict, at.instant, known_at=known_at)
        places = gazette(conflict, known_at)
        shown = compose_parts(places.tree, own)
        standings = {pk: part[0] for pk, part in shown.items()}
        ground = ground_of(conflict, name)
        short = {slug: actor[2] for slug, actor in actors.items()}
        counts = counted(
            standings.get(pk, NOTHING) for pk, _slug, kind, _name in places.rows if kind == TOWN
        )
        told = Asked(
            title=conflict.title,
            day=date_words(at.text[:10]),
            description=described(counts, short),
            counts=counts,
            notes=[_known_words(conflict, known_at)] if known_at else [],
            credit=" · ".join(filter(None, (settings.SITE_NAME, conflict.attribution))),
            language=language,
            rtl=translation.get_language_bidi(),
            palette=palette(scheme),
            actors=actors,
            words={
                pk: f"{kept.get(language, name)}: {standing_in_words(standings[pk], short)}"
                for pk, _slug, _x, _y, _people, name, kept in ground["dots"]
                if pk in standings
            },
        )
        text = draw(told, ground, {pk: part[0] for pk, part in own.items()}, standings)
        response = HttpResponse(png_of(text), PNG) if form == PNG else HttpResponse(text, SVG)
        response.headers["ETag"] = etag
    return response


def _moment(conflict: Conflict, asked: MapAsked) -> Moment:
    """The day that is asked for, or the last there is."""
    return asked_at(conflict, asked.at, last_day(conflict))


def _known_words(conflict: Conflict, known_at: datetime) -> str:
    # a day's close is the next day's first instant, and would be called by that
    local = (known_at - timedelta(microseconds=1)).astimezone(conflict.zone)
    text = _("As published by %(date)s. What was published later is not shown.")
    return text % {"date": date_words(local.date().isoformat())}
