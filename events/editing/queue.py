"""The queue of one desk: filters from the address, lines with who is at them, in a constant number of queries."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from events import policy
from events.drafting import presence
from events.drafting.typed import keepable
from events.models import Comment, Conflict, Draft

from .lists import DraftLine, in_lines

A_PAGE = 50
Status = Draft.Status
WHERE: dict[str, tuple[str, ...]] = {
    "review": (Status.SUBMITTED,),
    "returned": (Status.RETURNED,),
    "embargoed": (Status.EMBARGOED,),
    "draft": (Status.DRAFT,),
    "open": (Status.SUBMITTED, Status.RETURNED, Status.DRAFT, Status.EMBARGOED),
    "published": (Status.PUBLISHED,),
    "dropped": (Status.DROPPED,),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; anything unknown counts as not asked."""

    where: str = "review"
    mine: str = ""
    text: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> "Filters":
        where, mine = query.get("where", ""), query.get("mine", "")
        return cls(
            where if where in WHERE else "review",
            mine if mine in ("assigned", "written", "nobody") else "",
            keepable(query.get("q"))[:100].strip(),
        )

    def query(self, **changed: str) -> str:
        new = replace(self, **changed)
        asked = {"where": new.where, "mine": new.mine, "q": new.text}
        return urlencode({name: text for name, text in asked.items() if text})


@dataclass(frozen=True, slots=True)
class Line:
    line: DraftLine
    here: list[str]

    @property
    def draft(self) -> Draft:
        return self.line.draft


def labels() -> dict[str, str]:
    return {
        "review": _("Waits for review"),
        "returned": _("Returned"),
        "embargoed": _("Under embargo"),
        "draft": _("Being written"),
        "open": _("All that is open"),
        "published": _("Published"),
        "dropped": _("Dropped"),
    }


def found(user: Any, conflict: Conflict, asked: Filters) -> QuerySet[Draft]:
    """Oldest handed in first where it waits, else last saved first."""
    rows = policy.visible_drafts(user, conflict).filter(status__in=WHERE[asked.where])
    if asked.mine == "assigned":
        rows = rows.filter(assignee=user)
    elif asked.mine == "written":
        rows = rows.filter(Q(author=user) | Q(writers__contains=[user.pk]))
    elif asked.mine == "nobody":
        rows = rows.filter(assignee=None)
    if asked.text:
        rows = rows.filter(typed__icontains=asked.text)
    order = ("submitted_at", "pk") if asked.where == "review" else ("-updated_at",)
    return rows.select_related("author", "assignee", "lifter").order_by(*order)


def page(
    user: Any, conflict: Conflict, asked: Filters, number: str
) -> tuple[Page[Draft], list[Line]]:
    shown = Paginator(found(user, conflict, asked), A_PAGE).get_page(number)
    drafts = list(shown.object_list)
    keys = [draft.pk for draft in drafts]
    unsettled = Q(parent=None, settled_by=None)
    counted = Comment.objects.filter(unsettled, draft__in=keys).values_list("draft")
    comments = dict(counted.annotate(Count("pk")).order_by())
    here = presence.who(keys, but=user)
    for draft in drafts:
        draft.threads_open = comments.get(draft.pk, 0)
    return shown, [Line(line, here.get(line.draft.pk, [])) for line in in_lines(drafts)]


def counts(user: Any, conflict: Conflict) -> dict[str, int]:
    """How many stand where; one query."""
    rows = policy.visible_drafts(user, conflict).values_list("status").order_by()
    by_status = dict(rows.annotate(Count("pk")))
    return {
        where: sum(by_status.get(status, 0) for status in statuses)
        for where, statuses in WHERE.items()
    }
