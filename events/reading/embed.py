"""The map alone, for a frame on any page of any site: no header, no cookie, and a link to the whole page."""

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_exempt

from events.models import Conflict

from .map_asked import asked_of_map
from .source import source_of

OFF = ("0", "false", "no", "off")


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]  # its type knows no view with arguments
def embed_page(request: HttpRequest, conflict: str) -> HttpResponse:
    """As the replay, by the same address; `lang` for its language, `controls` for bar, legend and list."""
    found = get_object_or_404(Conflict, slug=conflict)
    controls = request.GET.get("controls", "off").lower() not in OFF
    language = language_asked(request)
    with translation.override(language):
        asked = asked_of_map(request.GET, found)
        source = source_of(found)
        context = {"conflict": found, "asked": asked, "controls": controls, "source": source}
        response = render(request, "reading/embed.html", context, status=asked.status)
    response.headers["Content-Language"] = language
    return response


def language_asked(request: HttpRequest) -> str:
    """`?lang=`; the reader's own where the site does not speak that."""
    asked = request.GET.get("lang", "")
    return asked if asked in dict(settings.LANGUAGES) else translation.get_language()
