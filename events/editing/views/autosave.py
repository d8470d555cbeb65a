"""A save that the page makes by itself while one types: the same as the button's, answered in JSON."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone

from events.drafting import drafts
from events.drafting.typed import Typed
from events.models import Conflict, Draft

from .beat import told


def autosaved(
    request: HttpRequest, conflict: Conflict, draft: Draft | None, typed: Typed, version: int
) -> JsonResponse:
    """409 with who and why where the text stays unsaved: the page then shows both on request."""
    user: Any = request.user
    if draft is None and typed.blank:
        return JsonResponse({"draft": None, "version": 0, "address": request.path})
    try:
        saved = drafts.save(conflict, typed, by=user, draft=draft, version=version)
    except drafts.Stale as stale:
        # Exactly what stands there: it was saved before, and the answer was lost on the way.
        if stale.draft.typed == typed.as_json():
            return kept(stale.draft, user)
        by = drafts.name_of_last_writer(stale.draft)
        return JsonResponse({"why": "stale", "by": by}, status=409)
    except drafts.Dropped:
        return JsonResponse({"why": "dropped", "by": ""}, status=409)
    except drafts.UnderEmbargo:
        return JsonResponse({"why": "embargo", "by": ""}, status=409)
    if saved.change:
        return JsonResponse({"why": "published", "by": ""}, status=409)
    return kept(saved.draft, user)


def kept(draft: Draft, user: Any) -> JsonResponse:
    at = timezone.now().astimezone(draft.conflict.zone)
    return JsonResponse(
        {
            "draft": draft.pk,
            "version": draft.version,
            "address": reverse("editing:draft", args=[draft.pk]),
            "beat": reverse("editing:beat", args=[draft.pk]),
            "at": at.strftime("%H:%M:%S"),
            "told": told(draft, user),
        }
    )
