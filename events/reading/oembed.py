"""oEmbed 1.0 (oembed.com): by it a content management system makes a link to our map into the map itself."""

import re
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit
from xml.etree import ElementTree as ET

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve, reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.models import Conflict

from .embed import OFF
from .map_asked import MapAsked, asked_of_map

WIDTH, HEIGHT = 800, 600
CACHE_AGE = 3600
SIZE = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)
POSITION = re.compile(r"\d{1,2}(\.\d+)?/-?\d{1,2}(\.\d+)?/-?\d{1,3}(\.\d+)?", re.ASCII)
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PAGES = ("map", "embed", "place")
Answer = dict[str, Any]


class NoAnswer(Exception):
    """Why there is none, and the status for it."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """`url`: of a replay, an embed or a place of ours; `format`: json or xml; `maxwidth`, `maxheight` in pixels.

    404 where the address is none of ours, or asks what cannot be; 501 for another format, as oEmbed has it.
    """
    try:
        form = request.GET.get("format", "json")
        if form not in ("json", "xml"):
            raise NoAnswer(501, _("format: json and xml are there."))
        width, height = _size(request, "maxwidth", WIDTH), _size(request, "maxheight", HEIGHT)
        found = _about(request, request.GET.get("url", ""), width, height)
    except NoAnswer as none:
        return _open(HttpResponse(f"{none}\n", "text/plain; charset=utf-8", none.status))
    return _open(JsonResponse(found) if form == "json" else _xml(found))


def _size(request: HttpRequest, name: str, most: int) -> int:
    asked = request.GET.get(name, "")
    if asked and not SIZE.fullmatch(asked):
        raise NoAnswer(400, _("%(name)s: a number of pixels, 1 to 99999.") % {"name": name})
    return min(most, int(asked or most))


def _about(request: HttpRequest, url: str, width: int, height: int) -> Answer:
    if not url:
        raise NoAnswer(400, _("url: an address of this site."))
    conflict, asked, query, position = _target(request, url)
    controls = "0" if query.get("controls", "").lower() in OFF else "1"
    more = {"lang": query["lang"]} if query.get("lang") in dict(settings.LANGUAGES) else {}
    also = urlencode({"controls": controls, **more})
    path = reverse("embed", args=[conflict.slug])
    address = f"{path}{asked.query + '&' if asked.query else '?'}{also}{position}"
    title = _title(conflict, asked)
    html = format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" frameborder="0" loading="lazy"'
        " allowfullscreen></iframe>",
        request.build_absolute_uri(address), width, height, title,
    )  # fmt: skip
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": settings.SITE_NAME,
        "provider_url": request.build_absolute_uri("/"),
        "cache_age": CACHE_AGE,
        "width": width,
        "height": height,
        "html": html,
    }


def _target(request: HttpRequest, url: str) -> tuple[Conflict, MapAsked, QueryDict, str]:
    """The conflict, what is asked of its map, the query, and the position with its "#"; raises NoAnswer."""
    nothing = NoAnswer(404, _("url: there is no map of ours at this address."))
    try:
        parts = urlsplit(url)
        match = resolve(unquote(parts.path))
    except (ValueError, Resolver404):
        raise nothing from None
    hosts = {request.get_host().lower(), urlsplit(settings.SITE_URL).netloc.lower()}
    ours = parts.scheme in ("http", "https") and parts.netloc.lower() in hosts
    if not ours or match.url_name not in PAGES or match.namespaces:
        raise nothing
    try:
        conflict = get_object_or_404(Conflict, slug=match.kwargs["conflict"])
    except Http404:
        raise nothing from None
    query = QueryDict(parts.query, mutable=True)
    if match.url_name == "place":
        query["place"] = match.kwargs["slug"]
    if match.url_name == "embed":
        query.setdefault("controls", "off")
    asked = asked_of_map(query, conflict)
    if asked.problem:
        raise NoAnswer(503 if asked.status == 503 else 404, asked.problem)
    position = f"#{parts.fragment}" if POSITION.fullmatch(parts.fragment) else ""
    return conflict, asked, query, position


def _title(conflict: Conflict, asked: MapAsked) -> str:
    day = parse_date(asked.at) if asked.at else None
    parts = [
        conflict.title,
        asked.place.name if asked.place else "",
        date_format(day, "j F Y") if day else "",
    ]
    return " · ".join(part for part in parts if part)


def _xml(found: Answer) -> HttpResponse:
    root = ET.Element("oembed")
    for name, value in found.items():
        ET.SubElement(root, name).text = NOT_IN_XML.sub("", str(value))
    content = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(content, "text/xml; charset=utf-8")


def _open(response: HttpResponse) -> HttpResponse:
    """Any page may read it; a second answer is the same for some time."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    if response.status_code == 200:
        response.headers["Cache-Control"] = f"public, max-age={CACHE_AGE}"
    return response
