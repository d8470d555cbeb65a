"""The desk's head on every page of a desk: what the person was told, and the way to the other pages. Links in words."""

import re
from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from events import policy
from events.drafting import alerts
from events.models import Conflict

register = template.Library()
SHOWN = 5


@register.inclusion_tag("editing/_nav.html", takes_context=True)
def desk_nav(context: Any, conflict: Any, here: str = "") -> dict[str, Any]:
    """Two queries: the alerts, and (once a request) the person's role."""
    user = context["request"].user
    return {
        "conflict": conflict,
        "here": here,
        "alerts": alerts.unseen(user, [conflict])[:SHOWN],
        "may_see_record": policy.may(user, "events.see_record", conflict),
        "may_manage": policy.may(user, "events.manage_conflict", conflict),
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def changes_linked(conflict: Conflict, words: str, ids: Iterable[str]) -> str:
    """`words`, escaped; a public id in brackets that is one of `ids` leads to its change, beside the form."""
    among = set(ids)
    pieces = []
    # Of the pieces, each second is what stands in the brackets.
    for at, piece in enumerate(re.split(r"(?<=\()([^()\s]+)(?=\))", words)):
        if at % 2 and piece in among:
            address = reverse("change", args=[conflict.slug, piece])
            link = '<a href="{}" target="_blank" rel="noopener">{}</a>'
            pieces.append(format_html(link, address, piece))
        else:
            pieces.append(format_html("{}", piece))
    return format_html_join("", "{}", ((piece,) for piece in pieces))
