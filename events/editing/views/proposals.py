"""The proposals of a paste, and what a person decides of them."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.drafting.many import decide, pastes, proposals
from events.models import Paste, Proposal

from .. import many as drawn
from ..cards import card, cards
from ..columns import column_choices, table_columns


def page(request: HttpRequest, held: Paste) -> HttpResponse:
    counted = drawn.counts(held)
    show = request.GET.get("show", "")
    if show not in drawn.SHOWS:
        table = held.kind == Paste.Kind.TABLE
        show = "all" if not table else "mend" if counted["mend"] else "ready"
    here = drawn.shown(held, show, request.GET.get("page", "1"))
    article = held.kind == Paste.Kind.ARTICLE
    context = {
        "conflict": held.conflict,
        "paste": held,
        "article": article,
        "day_taken": drawn.day_taken(held) if article else "",
        "counted": counted,
        "show": show,
        "tabs": drawn.tabs(held, counted, show),
        "page": here,
        "cards": cards(held, here.object_list),
        "groups": drawn.groups(held) if counted["mend"] else [],
        "stretches": drawn.stretches(held, here.object_list) if article else [],
        "outdated": drawn.outdated(held, here.object_list),
        "columns": table_columns(held),
        # Guessed, or guessed wrong, they are looked at first.
        "columns_open": not held.header or counted["mend"] * 2 > counted["all"],
        "column_choices": column_choices(),
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
            "card": card(held, number),
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


def _mended(request: HttpRequest, held: Paste, *, sure: bool = False) -> int:
    alike = bool(request.POST.get("alike"))
    texts = _texts(request)
    return decide.mend(held, _number(request), texts, by=request.user, alike=alike, sure=sure)


def _mend(request: HttpRequest, held: Paste) -> HttpResponse:
    number = _mended(request, held)
    if number > 1:
        said = ngettext("%(number)d row is mended.", "%(number)d rows are mended.", number)
        messages.success(request, said % {"number": number})
    return _back(request, held, _number(request) if number < 2 else 0)


def _sure(request: HttpRequest, held: Paste) -> HttpResponse:
    """What is guessed in it is right."""
    _mended(request, held, sure=True)
    return _back(request, held, _number(request))


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
    "sure": _sure,
    "accept": _accept,
    "open": _open,
    "accept-all": _accept_all,
    "drop": _drop,
    "take-back": _take_back,
    "columns": _columns,
    "again": _again,
    "aside": _aside,
}
