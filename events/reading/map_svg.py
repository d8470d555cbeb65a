"""/<conflict>/map.svg and map.png: the map of a day as the server draws it, for whoever has no script, for print, and
for cards, which mostly take a PNG alone.
"""

from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from events.ledger.asked import Moment, asked_at, last_day
from events.ledger.published import last_publication, one_look
from events.looks.palette import SCHEMES
from events.models import Conflict
from events.replay.ground import ground_name

from .drawn import DRAWING, Drawn
from .embed import language_asked
from .map_asked import MapAsked, asked_of_map
from .picture.png import Busy, png_of
from .words import Names

CACHE = "public, max-age=60, stale-while-revalidate=600"
SVG, PNG = "image/svg+xml; charset=utf-8", "image/png"


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
        text = Drawn(conflict, at, known_at, names, name).svg(scheme)
        response = HttpResponse(png_of(text), PNG) if form == PNG else HttpResponse(text, SVG)
        response.headers["ETag"] = etag
    return response


def _moment(conflict: Conflict, asked: MapAsked) -> Moment:
    """The day that is asked for, or the last there is."""
    return asked_at(conflict, asked.at, last_day(conflict))
