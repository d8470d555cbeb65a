"""Addresses of this room, named api:…; whatever else is asked under /api/v1/ gets a problem, not a page."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, include, path

from .docs import docs_page
from .service import api
from .wire import View, on_the_wire


def _nothing(request: HttpRequest, **kwargs: str) -> HttpResponse:
    raise Http404


_patterns, _app, _namespace = api.urls
calls = [
    URLPattern(p.pattern, on_the_wire(cast(View, p.callback)), p.default_args, p.name)
    for p in _patterns
]
calls += [
    path("docs", docs_page, name="docs"),
    path("<path:rest>", on_the_wire(_nothing), name="nothing"),
]

urlpatterns = [path("", include((calls, "api"), namespace="api"))]
