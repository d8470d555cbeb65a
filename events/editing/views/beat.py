"""The open page's heartbeat: who else is here, what was saved meanwhile, who logs the same fall."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from events.drafting import about, drafts, presence
from events.models import Draft

from ..access import at_the_desk, draft_at_desk
from ..lists import in_lines


@require_POST
@at_the_desk
def beat(request: HttpRequest, pk: int) -> HttpResponse:
    """`version` is the one the page shows; `leaving=1` when the page is closed."""
    draft = draft_at_desk(request, pk)
    if request.POST.get("leaving"):
        presence.leave(pk, request.user)
        return HttpResponse(status=204)
    return JsonResponse(told(draft, request.user, request.POST.get("version", "")))


def told(draft: Draft, user: Any, version: str = "") -> dict[str, Any]:
    newer = version.isdecimal() and len(version) < 10 and int(version) < draft.version
    return {
        "here": presence.arrive(draft.pk, user),
        "version": draft.version,
        "status": draft.status,
        "newer": _saved_by(draft) if newer else "",
        "same": [
            {
                "said": line.said,
                "by": line.draft.author.get_username(),
                "url": reverse("editing:review", args=[line.draft.pk]),
            }
            for line in in_lines(about.same_fall(draft))
        ],
    }


def _saved_by(draft: Draft) -> str:
    return drafts.name_of_last_writer(draft)
