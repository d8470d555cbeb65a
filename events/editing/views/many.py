"""Many changes at once: paste a table or an article, look at what is proposed, accept, mend or drop."""

from functools import wraps
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from events import policy
from events.drafting.many import pastes
from events.drafting.many import proposals as reading
from events.models import Conflict, Paste

from .. import many as drawn
from ..access import View, at_the_desk, conflict_at_desk
from . import proposals

# What a form may weigh: the text, its fields, and what the browser puts round them.
MOST_SENT = 2_400_000


def not_too_long(view: View) -> View:
    """A paste that is larger than any form is refused in words. This is before the form is read, and so before its
    token is: the view within checks that.
    """
    checked = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sent = request.META.get("CONTENT_LENGTH") or "0"
        if request.method == "POST" and sent.isdecimal() and int(sent) > MOST_SENT:
            if request.headers.get("Accept") == "application/json":
                return JsonResponse({"why": "long", "by": ""}, status=409)
            context = {"why": pastes.too_long()}
            return render(request, "editing/too_long.html", context, status=413)
        return checked(request, *args, **kwargs)

    return guarded


@not_too_long
@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Where one pastes, and what was pasted before and still waits."""
    conflict = conflict_at_desk(request, slug)
    policy.require(request.user, "events.draft_change", conflict)
    if request.method == "POST":
        return _posted(request, conflict, None)
    return _form(request, conflict, None, pastes.Pasted("", key=uuid4().hex))


@not_too_long
@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def paste(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What is proposed of it: `?show=` all, mend, ready, accepted, dropped; `?page=`. `?text=1`: the text itself."""
    conflict = conflict_at_desk(request, slug)
    held = get_object_or_404(
        Paste.objects.select_related("conflict", "author"), pk=pk, conflict=conflict
    )
    policy.require(request.user, "events.see_paste", held)
    if request.method == "POST":
        do = request.POST.get("do") or ("mend" if "pick" in request.POST else "")
        if do in proposals.STEPS:
            return proposals.STEPS[do](request, held)
        return _posted(request, conflict, held)
    if held.begun_at is None or request.GET.get("text"):
        return _form(request, conflict, held, _pasted(held))
    return proposals.page(request, held)


def _pasted(held: Paste) -> pastes.Pasted:
    given = {name: getattr(held, name) for name in pastes.GIVEN}
    return pastes.Pasted(held.text, held.kind, key=held.key, **given)


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "0")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _posted(request: HttpRequest, conflict: Conflict, held: Paste | None) -> HttpResponse:
    """Kept while one types (`do=autosave`), or kept and read."""
    pasted = pastes.Pasted.of(request.POST)
    do = request.POST.get("do", "read")
    quietly = do == "autosave"
    if held is None and pasted.blank and quietly:
        return JsonResponse({"draft": None, "version": 0, "address": request.path})
    if not pasted.text.strip() and not quietly:
        why = _("Nothing is pasted yet: paste rows of a table, or an article.")
        return _form(request, conflict, held, pasted, why=why, status=400)
    try:
        kept = pastes.save(conflict, pasted, by=request.user, paste=held, version=_version(request))
    except pastes.Stale as stale:
        theirs = stale.paste
        if quietly:
            return JsonResponse({"why": "stale", "by": theirs.author.get_username()}, status=409)
        why = _("It was saved elsewhere in the meantime. Your text is below; theirs is under it.")
        return _form(request, conflict, theirs, pasted, why=why, theirs=theirs, status=409)
    except pastes.TooLong as long:
        if quietly:
            return JsonResponse({"why": "long", "by": ""}, status=409)
        return _form(request, conflict, held, pasted, why=str(long), status=413)
    if quietly:
        return _autosaved(request, kept)
    try:
        reading.read(kept, by=request.user, afresh=held is None or not held.begun_at)
    except pastes.TooLong as long:
        return _form(request, conflict, kept, pasted, why=str(long), status=413)
    return redirect("editing:paste", conflict.slug, kept.pk)


def _autosaved(request: HttpRequest, kept: Paste) -> JsonResponse:
    at = timezone.now().astimezone(kept.conflict.zone)
    address = reverse("editing:paste", args=[kept.conflict.slug, kept.pk])
    saved = {
        "draft": kept.pk,
        "version": kept.version,
        "address": address,
        "beat": "",
        "told": None,
    }
    return JsonResponse({**saved, "at": at.strftime("%H:%M:%S")})


def _form(
    request: HttpRequest,
    conflict: Conflict,
    held: Paste | None,
    pasted: pastes.Pasted,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "conflict": conflict,
        "paste": held,
        "pasted": pasted,
        "day_taken": drawn.day_taken(held) if held else "",
        "kinds": Paste.Kind.choices,
        "under_way": drawn.under_way(request.user, conflict) if held is None else [],
        "most": pastes.MOST_BYTES,
        **more,
    }
    return render(request, "editing/many.html", context, status=status)
