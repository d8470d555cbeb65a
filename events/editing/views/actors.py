"""The actors of a conflict: who can hold a place, how each is called and painted; a new one, and one that is edited."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events import policy
from events.gazetteer import (
    AlteredMeanwhile,
    BadActor,
    WantedActor,
    save_actor,
    version_of,
    wanted_of,
)
from events.models import Actor, Conflict
from events.tasks import replay_after_commit

from .. import actors as drawn
from ..access import at_the_desk, conflict_at_desk


@require_safe
@at_the_desk
def actors(request: HttpRequest, slug: str) -> HttpResponse:
    conflict = conflict_at_desk(request, slug)
    lines, defs = drawn.listed(conflict)
    context = {
        "conflict": conflict,
        "lines": lines,
        "defs": defs,
        "may_edit": policy.may(request.user, "events.edit_actor", conflict),
    }
    return render(request, "editing/actors.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def new_actor(request: HttpRequest, slug: str) -> HttpResponse:
    return _actor(request, conflict_at_desk(request, slug), None)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def actor(request: HttpRequest, slug: str, actor: str) -> HttpResponse:
    conflict = conflict_at_desk(request, slug)
    return _actor(request, conflict, get_object_or_404(Actor, conflict=conflict, slug=actor))


def _actor(request: HttpRequest, conflict: Conflict, actor: Actor | None) -> HttpResponse:
    """`do=look` shows how it will look, `do=save` saves; where something is doubtful, only once it was asked about."""
    policy.require(request.user, "events.edit_actor", conflict)
    version = version_of(actor) if actor else ""
    if request.method != "POST":
        wanted = wanted_of(actor) if actor else WantedActor(name="", colour="")
        page, _checked = drawn.shown(conflict, wanted, actor, quiet=True)
        return _page(request, conflict, actor, page, version)
    seen = request.POST.get("version", "")[:80]
    wanted = drawn.wanted_from(request.POST)
    look = "paint" in request.POST or request.POST.get("do") == "look"
    page, checked = drawn.shown(conflict, wanted, actor, quiet=False)
    if look:
        page.errors = {
            name: why for name, why in page.errors.items() if name in ("colour", "pattern")
        }
        if getattr(request, "htmx", False):
            return render(request, "editing/_actor_look.html", {"page": page})
        return _page(request, conflict, actor, page, seen)
    if checked is None:
        return _page(request, conflict, actor, page, seen, status=400)
    if page.doubts and request.POST.get("asked") != page.asked:
        return _page(request, conflict, actor, page, seen, status=409, asks=True)
    try:
        saved = save_actor(conflict, wanted, by=request.user, actor=actor, version=seen)
    except BadActor as bad:
        page.errors = bad.errors
        return _page(request, conflict, actor, page, seen, status=400)
    except AlteredMeanwhile:
        return _page(request, conflict, actor, page, version, status=409, theirs=actor)
    replay_after_commit(conflict)
    said = _("%(actor)s is saved. Readers see it with the next build of the map, in a moment.")
    messages.success(request, said % {"actor": saved.short})
    return redirect("editing:actors", conflict.slug)


def _page(
    request: HttpRequest,
    conflict: Conflict,
    actor: Actor | None,
    page: drawn.Shown,
    version: str,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    labels = drawn.labels()
    context = {
        "conflict": conflict,
        "actor": actor,
        "page": page,
        "version": version,
        "labels": labels,
        "wrong": [(name, labels[name.partition("-")[0]], why) for name, why in page.errors.items()],
        "kinds": Actor.Kind.choices,
        "numbers": Actor.Number.choices,
        "patterns": drawn.pattern_choices(),
        **more,
    }
    return render(request, "editing/actor.html", context, status=status)
