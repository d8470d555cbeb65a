"""Errors that no room has answered: 503 where the database is away, else 500; to the API's callers as a problem."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from events.api.problems import away, went_wrong
from events.outage import RETRY_AFTER, is_outage

API = "/api/"


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500. It asks nothing of the database, and tells nothing of what went wrong."""
    outage = is_outage(sys.exc_info()[1])
    if request.path.startswith(API):
        return away() if outage else went_wrong()
    page = render_to_string("503.html" if outage else "500.html")
    response = HttpResponse(page, status=503 if outage else 500)
    if outage:
        response.headers["Retry-After"] = str(RETRY_AFTER)
        response.headers["Cache-Control"] = "no-store"
    return response
