"""GET /conflicts and /conflicts/{c}/replay."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Router

from events import replay
from events.models import Conflict

from .finding import conflict_of
from .problems import not_found
from .schemas import FAULTS, ConflictsOut, ManifestOut
from .wire import answer

router = Router(tags=["conflicts"])


@router.get(
    "/conflicts", response={200: ConflictsOut}, url_name="conflicts", summary="The conflicts"
)
def conflicts(request: HttpRequest) -> HttpResponse:
    """The conflicts that are tracked here."""
    return answer({"conflicts": [_about(conflict) for conflict in Conflict.objects.all()]})


@router.get(
    "/conflicts/{slug:conflict}/replay",
    response={200: ManifestOut, **FAULTS},
    url_name="replay",
    summary="The manifest of the readers' files",
)
def replay_manifest(request: HttpRequest, conflict: str) -> HttpResponse:
    """What `<control-map>` loads first. The files it names never change; it does, with each publication."""
    manifest = replay.manifest(conflict_of(conflict))
    if manifest is None:
        return not_found(_("The replay of this conflict has not been built yet."))
    response = answer(manifest, manifest["etag"])
    response.headers["Cache-Control"] = replay.MANIFEST_CACHE
    return response


def _about(conflict: Conflict) -> dict[str, object]:
    return {
        "slug": conflict.slug,
        "title": conflict.title,
        "summary": conflict.summary,
        "timezone": conflict.timezone,
        "start": conflict.start.isoformat(),
        "end": conflict.end.isoformat() if conflict.end else None,
        "languages": conflict.languages,
        "bounds": list(conflict.bounds.extent) if conflict.bounds else None,
        "url": reverse("map", args=[conflict.slug]),
    }
