"""What every answer has in common: open to other sites, an ETag, 304, HEAD, and problems for all errors."""

import hashlib
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from events.outage import is_outage

from .problems import away, not_found, problem, went_wrong, wrong_fields

log = logging.getLogger(__name__)
METHODS = "GET, HEAD, OPTIONS"
View = Callable[..., HttpResponse]


def answer(content: dict[str, Any], etag: str | None = None) -> HttpResponse:
    """JSON; with `etag` where the content has one of its own."""
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False})
    if etag:
        response.headers["ETag"] = f'"{etag}"'
    return response


def text_answer(content: str) -> HttpResponse:
    """JSON that is text already."""
    return HttpResponse(content, content_type="application/json")


def on_the_wire(view: View) -> View:
    """Wrap a view of the API. Anybody may read it from any page: there is nothing private in it.

    No cookie counts here. What writes asks for a token in a header, which no other site's page can make a browser
    send; so there is nothing for a CSRF token to guard.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = _answered(view, request, args, kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag"
        return response

    return csrf_exempt(wrapped)


def _answered(view: View, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
    if request.method == "OPTIONS":
        return _preflight()
    nul = [{"field": key, "reason": _("It has a NUL.")} for key in _with_nul(request)]
    if nul:
        return wrong_fields(nul)
    head = request.method == "HEAD"
    if head:
        request.method = "GET"
    try:
        response = view(request, *args, **kwargs)
    except Http404:
        response = not_found()
    except Exception as error:
        log.exception("API: %s", request.path)
        response = away() if is_outage(error) else went_wrong()
    if response.status_code == 405:
        allowed = "POST, OPTIONS" if response.headers.get("Allow") == "POST" else METHODS
        response = problem(405, _("This address takes %(methods)s only.") % {"methods": allowed})
        response.headers["Allow"] = allowed
    if request.method == "GET":
        response = _conditional(request, response)
    else:
        response.headers["Cache-Control"] = "no-store"
    if head:
        request.method = "HEAD"
        response.headers["Content-Length"] = str(len(response.content))
        response.content = b""
    return response


def _with_nul(request: HttpRequest) -> list[str]:
    return [
        key.replace("\x00", "")
        for key, values in request.GET.lists()
        if "\x00" in key or any("\x00" in value for value in values)
    ]


def _preflight() -> HttpResponse:
    """If-None-Match is not among the headers that a browser sends to another site unasked."""
    response = HttpResponse(status=204)
    response.headers["Allow"] = METHODS
    response.headers["Access-Control-Allow-Methods"] = METHODS
    response.headers["Access-Control-Allow-Headers"] = "If-None-Match, Accept-Language"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if response.status_code != 200:
        return response
    etag = response.headers.get("ETag")
    if etag is None:
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, no-cache"
    return get_conditional_response(request, etag=etag, response=response) or response
