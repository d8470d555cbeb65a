"""What the desk's pages of sources show: the list with how far each is relied upon here, and the form of one."""

from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from events.drafting.typed import keepable
from events.gazetteer import WantedSource, fold_name, reports_by_source
from events.models import Actor, Conflict, Source

A_PAGE = 100
MOST_LEANINGS = 200


@dataclass(slots=True)
class SourceLine:
    """`leanings` are the conflict's own actors; `reports`: how many of its reports this record stands on."""

    source: Source
    aliases: list[str]
    leanings: list[str]
    reports: int


def listed(conflict: Conflict, text: str, number: str) -> tuple[Page[Any], list[SourceLine]]:
    """All sources of the site that are called like `text`, those that are cited here first. Six queries."""
    cited = reports_by_source(conflict)
    own = Prefetch(
        "leanings", Actor.objects.filter(conflict=conflict).order_by("pk"), to_attr="own"
    )
    rows = Source.objects.prefetch_related("names", own)
    folded = fold_name(text)
    if folded:
        like = Q(folded__contains=folded) | Q(names__folded__contains=folded)
        rows = rows.filter(like).distinct()
    ordered = sorted(rows, key=lambda one: (-cited.get(one.pk, 0), one.name.casefold()))
    page = Paginator(ordered, A_PAGE).get_page(number)
    return page, [
        SourceLine(
            source,
            [row.name for row in source.names.all()],
            [actor.short for actor in source.own],
            cited.get(source.pk, 0),
        )
        for source in page.object_list
    ]


def wanted_from(post: QueryDict) -> WantedSource:
    """What was typed."""
    names = ("name", "kind", "reliability", "note", "aliases")
    return WantedSource(
        **{name: keepable(post.get(name)) for name in names},
        leanings=[keepable(slug) for slug in post.getlist("leanings")[:MOST_LEANINGS]],
    )


@dataclass(slots=True)
class Shown:
    wanted: WantedSource
    errors: dict[str, str] = field(default_factory=dict)
    actors: list[Actor] = field(default_factory=list)
    elsewhere: list[Conflict] = field(default_factory=list)

    @property
    def wrong(self) -> list[tuple[str, Any, str]]:
        labels = field_labels()
        return [(name, labels[name], why) for name, why in self.errors.items()]


def field_labels() -> dict[str, str]:
    return {
        "name": _("Name"),
        "kind": _("Kind"),
        "reliability": _("Reliability"),
        "leanings": _("Partisan to"),
        "aliases": _("Other names"),
        "note": _("Note for the desk"),
    }
