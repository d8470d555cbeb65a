"""Actors and sources of a desk as files that go in again, with all that the desk knows of them."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from events import exchange
from events.models import Source

from ..access import at_the_desk, conflict_at_desk


@require_safe
@at_the_desk
def actors_file(request: HttpRequest, slug: str) -> HttpResponse:
    conflict = conflict_at_desk(request, slug)
    return _file(f"{conflict.slug}-actors", exchange.actors_csv(conflict))


@require_safe
@at_the_desk
def sources_file(request: HttpRequest, slug: str) -> HttpResponse:
    """All sources of the site; partisan to actors of this conflict."""
    conflict = conflict_at_desk(request, slug)
    rows = exchange.source_rows(conflict, Source.objects.all())
    return _file(f"{conflict.slug}-sources", exchange.sources_csv(rows))


def _file(name: str, text: str) -> HttpResponse:
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
