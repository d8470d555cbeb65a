"""The desk's head on every page of a desk: what the person was told, and the way to the other pages."""

from typing import Any

from django import template

from events import policy
from events.drafting import alerts

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
