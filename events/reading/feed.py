"""The Atom feed of a conflict: what was published last, corrections and retractions among it."""

import hashlib
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import condition, require_safe

from events.ledger.published import last_publication, one_look
from events.models import Change, Conflict
from events.replay import with_details

from .changes import change_row
from .words import Names

ENTRIES = 50
TITLES = {
    Change.Kind.STATEMENT.value: "%(what)s",
    Change.Kind.CORRECTION.value: gettext_lazy("Corrected: %(what)s"),
    Change.Kind.RETRACTION.value: gettext_lazy("Retracted: %(what)s"),
}


def _etag(request: HttpRequest, conflict: str) -> str | None:
    found = Conflict.objects.filter(slug=conflict).first()
    if found is None:
        return None
    parts = [
        request.get_host(),
        request.scheme,
        get_language(),
        found.title,
        last_publication(found),
    ]
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


@require_safe
@condition(etag_func=_etag)
def feed(request: HttpRequest, conflict: str) -> HttpResponse:
    with one_look():
        response: HttpResponse = ConflictFeed()(request, conflict=conflict)
    response.headers["Cache-Control"] = "public, no-cache"
    return response


class ConflictFeed(Feed):
    """Every entry stays: one that was taken back is followed by the one that says so."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, conflict: str) -> Conflict:
        return get_object_or_404(Conflict, slug=conflict)

    def title(self, conflict: Conflict) -> str:
        return conflict.title

    def subtitle(self, conflict: Conflict) -> str:
        return conflict.summary

    def link(self, conflict: Conflict) -> str:
        return reverse("map", args=[conflict.slug])

    def feed_url(self, conflict: Conflict) -> str:
        return reverse("feed", args=[conflict.slug])

    def items(self, conflict: Conflict) -> list[dict[str, Any]]:
        rows = with_details(Change.objects.filter(conflict=conflict))
        names = Names(conflict)
        last = rows.order_by("-recorded_at", "-pk")[:ENTRIES]
        return [change_row(change, names) for change in last]

    def item_title(self, row: dict[str, Any]) -> str:
        change = row["change"]
        return str(TITLES[change.kind]) % {"what": change.headline or row["sentence"]}

    def item_description(self, row: dict[str, Any]) -> str:
        change = row["change"]
        sources = ", ".join(
            dict.fromkeys(cited.report.source.name for cited in change.citations.all())
        )
        said = f"{row['sentence']}, {row['date_words']}"
        parts = [change.reason, said if change.kind != Change.Kind.RETRACTION else "", sources]
        return " — ".join(part for part in parts if part)

    def item_link(self, row: dict[str, Any]) -> str:
        change = row["change"]
        return reverse("change", args=[change.conflict.slug, change.public_id])

    def item_pubdate(self, row: dict[str, Any]) -> datetime:
        at: datetime = row["change"].recorded_at
        return at

    item_updateddate = item_pubdate
