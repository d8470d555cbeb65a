"""The page above all conflicts: those that have a page here, each with its picture."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from events.looks.palette import SCHEMES
from events.models import Conflict

from .addresses import about, at_the_site, file_of, policy, root


def index_of(named: Mapping[str, Sequence[str]]) -> dict[str, bytes]:
    """Name -> page. `named`: the files of each conflict's page, by slug."""
    conflicts = list(Conflict.objects.filter(slug__in=named).defer("bounds"))
    # any conflict has them
    every = [name for names in named.values() for name in names]
    pages = {}
    for language, _name in settings.LANGUAGES:
        rows: list[dict[str, Any]] = [
            {
                "conflict": conflict,
                "pictures": {
                    scheme: _called(named[conflict.slug], f"map-{language}-{scheme}")
                    for scheme in SCHEMES
                },
            }
            for conflict in conflicts
        ]
        context = {
            **about(language),
            "there": root("."),
            "policy": policy(scripts=False),
            "icon": _called(every, "page-icon"),
            "style": _called(every, "page-style"),
            "rows": rows,
        }
        with translation.override(language), at_the_site():
            html = render_to_string("reading/copied/index.html", context)
        pages[file_of(language)] = html.encode()
    return pages


def _called(names: Sequence[str], kind: str) -> str:
    """The file of that kind, its folder included; empty where an earlier release has made none."""
    return next((name for name in names if name.partition("/")[2].startswith(f"{kind}.")), "")
