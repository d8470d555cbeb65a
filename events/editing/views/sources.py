"""The sources on which a record stands: how each is called, how far it is to be relied upon, to whom it is partisan."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events import policy
from events.drafting.typed import keepable
from events.gazetteer import (
    BadSource,
    SourceAltered,
    WantedSource,
    citing,
    may_edit_source,
    save_source,
    source_version,
    wanted_source,
)
from events.models import Actor, Conflict, Source
from events.tasks import replay_after_commit

from .. import sources as drawn
from ..access import at_the_desk, conflict_at_desk

LONGEST = 300


@require_safe
@at_the_desk
def sources(request: HttpRequest, slug: str) -> HttpResponse:
    """`?q=` part of a name, `?page=`."""
    conflict = conflict_at_desk(request, slug)
    text = keepable(request.GET.get("q"))[:LONGEST]
    page, lines = drawn.listed(conflict, text, request.GET.get("page", "1")[:9])
    context = {
        "conflict": conflict,
        "text": text,
        "page": page,
        "lines": lines,
        "query": urlencode({"q": text}),
        "may_make": policy.may(request.user, "events.make_source", conflict),
        "may_edit": policy.may(request.user, "events.edit_source", policy.SharedSource(conflict)),
    }
    return render(request, "editing/sources.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def new_source(request: HttpRequest, slug: str) -> HttpResponse:
    """`?name=` as a draft has it."""
    conflict = conflict_at_desk(request, slug)
    policy.require(request.user, "events.make_source", conflict)
    return _source(request, conflict, None)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def source(request: HttpRequest, slug: str, source: str) -> HttpResponse:
    conflict = conflict_at_desk(request, slug)
    policy.require(request.user, "events.edit_source", policy.SharedSource(conflict))
    found = get_object_or_404(Source, slug=source)
    if not may_edit_source(request.user, conflict, found):
        # Not before it is clear that the person publishes here: of other desks one learns their names alone.
        page = drawn.Shown(wanted_source(conflict, found), elsewhere=_others(conflict, found))
        return _page(request, conflict, found, page, "", status=403, denied=True)
    return _source(request, conflict, found)


def _others(conflict: Conflict, source: Source | None) -> list[Conflict]:
    return [one for one in citing(source) if one != conflict] if source else []


def _source(request: HttpRequest, conflict: Conflict, source: Source | None) -> HttpResponse:
    version = source_version(source) if source else ""
    others = _others(conflict, source)
    if request.method != "POST":
        name = keepable(request.GET.get("name"))[:LONGEST]
        wanted = wanted_source(conflict, source) if source else WantedSource(name, reliability="F")
        return _page(request, conflict, source, drawn.Shown(wanted, elsewhere=others), version)
    page = drawn.Shown(drawn.wanted_from(request.POST), elsewhere=others)
    seen = request.POST.get("version", "")[:80]
    try:
        saved = save_source(conflict, page.wanted, by=request.user, source=source, version=seen)
    except BadSource as bad:
        page.errors = bad.errors
        return _page(request, conflict, source, page, seen, status=400)
    except SourceAltered:
        return _page(request, conflict, source, page, version, status=409, theirs=source)
    for one in [conflict, *others] if source else []:
        replay_after_commit(one)
    said = (
        _("%(source)s is saved.") if source else _("%(source)s is made, and can be cited at once.")
    )
    messages.success(request, said % {"source": saved.name})
    return redirect("editing:sources", conflict.slug)


def _page(
    request: HttpRequest,
    conflict: Conflict,
    source: Source | None,
    page: drawn.Shown,
    version: str,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    page.actors = list(Actor.objects.filter(conflict=conflict))
    context = {
        "conflict": conflict,
        "source": source,
        "page": page,
        "version": version,
        "labels": drawn.field_labels(),
        "kinds": Source.Kind.choices,
        "grades": Source.Reliability.choices,
        **more,
    }
    return render(request, "editing/source.html", context, status=status)
