"""The lists of the desk's first page, in a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from events.drafting.typed import Typed
from events.drafting.words import verb_label
from events.models import Change, Conflict, Draft

from .said import Sayer, sayer

OPEN = (Draft.Status.SUBMITTED, Draft.Status.RETURNED, Draft.Status.DRAFT)


@dataclass(frozen=True, slots=True)
class DraftLine:
    """`said`: the draft in a line, from what was typed."""

    draft: Draft
    said: str
    date: str


def open_drafts(drafts: QuerySet[Draft], limit: int) -> list[DraftLine]:
    """Those that can still be changed, last saved first."""
    rows = drafts.filter(status__in=OPEN).select_related("author").order_by("-updated_at")
    return in_lines(list(rows[:limit]))


def in_lines(found: Iterable[Draft]) -> list[DraftLine]:
    """Drafts of one conflict; four queries for the names, however many they are."""
    found = list(found)
    if not found:
        return []
    names = sayer(found[0].conflict, [Typed.from_json(draft.typed) for draft in found])
    return [in_a_line(draft, names) for draft in found]


def in_a_line(draft: Draft, names: Sayer | None = None) -> DraftLine:
    """With `names`, slugs are said as people do."""
    typed = Typed.from_json(draft.typed)
    said = typed.headline or in_a_sentence(typed, names)
    if typed.kind:
        form = (
            _("Retraction: %(said)s") if typed.kind == "retraction" else _("Correction: %(said)s")
        )
        said = form % {"said": said}
    return DraftLine(draft, said[:160] or _("nothing typed yet"), typed.date[:40])


def in_a_sentence(typed: Typed, names: Sayer | None = None) -> str:
    """As far as it is typed. A language that is read from right to left sets foreign names apart."""
    names = names or Sayer()
    places = [names.say("places", place).strip() for place in typed.places]
    actor = names.say("actor", typed.actor)
    parts = {
        "actor": actor.strip(),
        "verb": verb_label(typed.verb, actor) if typed.verb.strip() else "",
        "places": _(", ").join(filter(None, places)),
    }
    if not any(parts.values()):
        return ""
    return " ".join((_("%(actor)s %(verb)s %(places)s") % parts).split())


def latest_changes(conflict: Conflict, limit: int) -> list[Change]:
    rows = Change.objects.filter(conflict=conflict).order_by("-recorded_at")
    return list(rows.select_related("published_by", "actor", "superseded_by")[:limit])
