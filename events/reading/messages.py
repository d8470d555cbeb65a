"""The map's words in the reader's language, for our own pages and for maps on other sites."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.i18n import JSONCatalog


class Messages(JSONCatalog):
    """`?lang=ar` asks for a language; without it the reader's own is taken."""

    domain = "djangojs"
    packages = ["events"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.GET.get("lang", "")
        language = asked if asked in dict(settings.LANGUAGES) else translation.get_language()
        with translation.override(language):
            response: HttpResponse = super().get(request, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cache-Control"] = "public, max-age=300"
        return response
