"""Many changes at once: paste a table or an article, look at what is proposed, accept, mend or drop."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from events import policy
from events.drafting.many import decide, pastes, proposals
from events.models import Conflict, Paste, Proposal

from .. import many as drawn
from ..access import View, at_the_desk, conflict_at_desk

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
        if do in STEPS:
            return STEPS[do](request, held)
        return _posted(request, conflict, held)
    if held.begun_at is None or request.GET.get("text"):
        return _form(request, conflict, held, _pasted(held))
    return _page(request, held)


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
        proposals.read(kept, by=request.user, afresh=held is None or not held.begun_at)
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
        "kinds": Paste.Kind.choices,
        "under_way": drawn.under_way(request.user, conflict) if held is None else [],
        "most": pastes.MOST_BYTES,
        **more,
    }
    return render(request, "editing/many.html", context, status=status)


def _page(request: HttpRequest, held: Paste) -> HttpResponse:
    counted = drawn.counts(held)
    show = request.GET.get("show", "")
    if show not in drawn.SHOWS:
        table = held.kind == Paste.Kind.TABLE
        show = "all" if not table else "mend" if counted["mend"] else "ready"
    page = drawn.shown(held, show, request.GET.get("page", "1"))
    article = held.kind == Paste.Kind.ARTICLE
    context = {
        "conflict": held.conflict,
        "paste": held,
        "article": article,
        "counted": counted,
        "show": show,
        "tabs": drawn.tabs(held, counted, show),
        "page": page,
        "cards": drawn.cards(held, page.object_list),
        "groups": drawn.groups(held) if counted["mend"] else [],
        "stretches": drawn.stretches(held, page.object_list) if article else [],
        "columns": drawn.table_columns(held),
        # Guessed, or guessed wrong, they are looked at first.
        "columns_open": not held.header or counted["mend"] * 2 > counted["all"],
        "column_choices": drawn.column_choices(),
        "dates": Paste.Dates.choices,
    }
    return render(request, "editing/paste.html", context)


def _back(request: HttpRequest, held: Paste, number: int = 0) -> HttpResponse:
    """To the same list; for a script, the one card anew."""
    if request.headers.get("X-Card") and number:
        counted = drawn.counts(held)
        context = {
            "conflict": held.conflict,
            "paste": held,
            "card": drawn.card(held, number),
            "counted": counted,
            "tabs": drawn.tabs(held, counted, request.POST.get("show", "")),
            "show": request.POST.get("show", ""),
            "alone": True,
        }
        return render(request, "editing/_proposal_answer.html", context)
    show, page = request.POST.get("show", ""), request.POST.get("page", "")
    asked = f"?show={show}" if show in drawn.SHOWS else "?"
    asked += f"&page={page}" if page.isdecimal() else ""
    address = reverse("editing:paste", args=[held.conflict.slug, held.pk])
    return redirect(f"{address}{asked}" + (f"#proposal-{number}" if number else ""))


def _number(request: HttpRequest) -> int:
    text = request.POST.get("number", "")
    return int(text) if text.isdecimal() and len(text) < 7 else 0


def _texts(request: HttpRequest) -> dict[str, str]:
    """Input -> text; a button with `pick` overrules its input."""
    texts = {name[2:]: str(request.POST[name]) for name in request.POST if name.startswith("b-")}
    box, equals, text = request.POST.get("pick", "").partition("=")
    return texts | {box: text} if equals else texts


def _mended(request: HttpRequest, held: Paste) -> int:
    alike = bool(request.POST.get("alike"))
    return decide.mend(held, _number(request), _texts(request), by=request.user, alike=alike)


def _mend(request: HttpRequest, held: Paste) -> HttpResponse:
    number = _mended(request, held)
    if number > 1:
        said = ngettext("%(number)d row is mended.", "%(number)d rows are mended.", number)
        messages.success(request, said % {"number": number})
    return _back(request, held, _number(request) if number < 2 else 0)


def _accept(request: HttpRequest, held: Paste) -> HttpResponse:
    _mended(request, held)
    done = decide.accept(held, [_number(request)], by=request.user)
    if done.left:
        messages.error(request, _("It is not accepted yet: something is missing or wrong in it."))
    return _back(request, held, _number(request))


def _open(request: HttpRequest, held: Paste) -> HttpResponse:
    """Accept it as it is, whatever is wrong, and go on in the form."""
    _mended(request, held)
    number = _number(request)
    decide.accept(held, [number], by=request.user, with_faults=True)
    row = Proposal.objects.filter(paste=held, number=number).first()
    return redirect("editing:draft", row.draft_id) if row and row.draft_id else _back(request, held)


def _accept_all(request: HttpRequest, held: Paste) -> HttpResponse:
    done = decide.accept(held, None, by=request.user)
    number = len(done.drafts)
    said = ngettext("%(number)d draft is made.", "%(number)d drafts are made.", number)
    messages.success(request, said % {"number": number})
    if done.left:
        left = ngettext(
            "%(number)d is not sound any more, and waits.",
            "%(number)d are not sound any more, and wait.",
            len(done.left),
        )
        messages.error(request, left % {"number": len(done.left)})
    return redirect("editing:paste", held.conflict.slug, held.pk)


def _drop(request: HttpRequest, held: Paste) -> HttpResponse:
    decide.drop(held, [_number(request)], by=request.user)
    return _back(request, held, _number(request))


def _take_back(request: HttpRequest, held: Paste) -> HttpResponse:
    decide.take_back(held, _number(request), by=request.user)
    return _back(request, held, _number(request))


def _columns(request: HttpRequest, held: Paste) -> HttpResponse:
    proposals.columns_as(
        held,
        request.POST.getlist("column"),
        bool(request.POST.get("header")),
        request.POST.get("dates", ""),
        by=request.user,
    )
    return redirect("editing:paste", held.conflict.slug, held.pk)


def _again(request: HttpRequest, held: Paste) -> HttpResponse:
    proposals.read(held, by=request.user)
    return _back(request, held)


def _aside(request: HttpRequest, held: Paste) -> HttpResponse:
    pastes.set_aside(held, by=request.user, aside=not held.set_aside_at)
    return redirect("editing:many", held.conflict.slug)


STEPS: dict[str, Callable[[HttpRequest, Paste], HttpResponse]] = {
    "mend": _mend,
    "accept": _accept,
    "open": _open,
    "accept-all": _accept_all,
    "drop": _drop,
    "take-back": _take_back,
    "columns": _columns,
    "again": _again,
    "aside": _aside,
}
