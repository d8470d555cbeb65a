"""The readers' files: immutable, named by their content, in the best encoding that the reader takes."""

import re

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.replay.files import storage

NAME = re.compile(r"[-a-zA-Z0-9_]+/[-a-z0-9]+\.[0-9a-f]{20}\.(?:json|bin)", re.ASCII)
TYPES = {"json": "application/json; charset=utf-8", "bin": "application/octet-stream"}
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))


@require_safe
def replay_file(request: HttpRequest, name: str) -> HttpResponse | FileResponse:
    """Any name that `replay` could not have written is not looked for."""
    if not NAME.fullmatch(name):
        raise Http404(_("There is no such file."))
    encoding, suffix = _best(request.headers.get("Accept-Encoding", ""), name)
    etag = f'"{name.rsplit(".", 2)[1]}{suffix}"'
    response: HttpResponse | FileResponse
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponseNotModified()
    else:
        try:
            stored = storage.open(name + suffix)
        except FileNotFoundError as error:
            raise Http404(_("There is no such file.")) from error
        response = FileResponse(stored, content_type=TYPES[name.rsplit(".", 1)[1]])
        del response.headers["Content-Disposition"]
        response.headers["Content-Length"] = str(stored.size)
        if encoding:
            response.headers["Content-Encoding"] = encoding
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Access-Control-Allow-Origin"] = "*"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _best(accepts: str, name: str) -> tuple[str, str]:
    """(encoding, suffix) of the best stored form; ("", "") is the plain file."""
    wanted = {}
    for part in accepts.lower().split(","):
        coding, _sep, quality = part.partition(";")
        wanted[coding.strip()] = quality.replace(" ", "") not in (
            "q=0",
            "q=0.0",
            "q=0.00",
            "q=0.000",
        )
    for encoding, suffix in ENCODINGS:
        if wanted.get(encoding, wanted.get("*", False)) and storage.exists(name + suffix):
            return encoding, suffix
    return "", ""
