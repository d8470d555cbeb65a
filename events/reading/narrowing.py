"""What the list of changes is narrowed to, as its address says it and as a reader types it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils.translation import gettext as _

from events.chronology.verbs import VERBS
from events.drafting.words import GROUPS, verb_label
from events.gazetteer import Unresolved, resolve_place
from events.ledger import Refused
from events.ledger.asked import edtf, moment
from events.ledger.narrowed import Wanted
from events.models import Actor, Citation, Conflict, Source

from .typed_date import day_typed
from .words import Names

FIELDS = ("place", "actor", "verb", "source", "from", "to")
LONGEST = 200
Choice = tuple[str, str]


@dataclass(slots=True)
class Narrowing:
    """`typed`: what stands in each field, in the order of FIELDS; `problems`: what is wrong in it, by field, which
    then narrows nothing.
    """

    typed: dict[str, str]
    wanted: Wanted = field(default_factory=Wanted)
    problems: dict[str, list[str]] = field(default_factory=dict)

    @property
    def asks(self) -> bool:
        return any(self.typed.values())

    def address(self, **more: str) -> str:
        """The query of a page of the same list."""
        said = {name: text for name, text in self.typed.items() if text}
        return "?" + urlencode({**said, **more})


def narrowing(conflict: Conflict, asked: QueryDict) -> Narrowing:
    """`from` and `to` are days on whose map a change is done, both included."""
    found = Narrowing({name: _plain(asked.get(name, "")) for name in FIELDS})
    read: dict[str, Callable[[str], Any]] = {
        "place": lambda text: resolve_place(conflict, text),
        "actor": lambda text: _one(Actor.objects.filter(conflict=conflict), text),
        "verb": _verbs,
        "source": lambda text: _one(Source.objects.all(), text),
        "from": lambda text: edtf(conflict, day_typed(conflict, text, "from"), "from").earliest,
        "to": lambda text: (
            moment(conflict, day_typed(conflict, text, "to", last=True), "to").instant
        ),
    }
    value: dict[str, Any] = {}
    for name, text in found.typed.items():
        try:
            value[name] = read[name](text) if text else None
        except Refused as refused:
            found.problems |= refused.errors
        except Unresolved as unresolved:
            found.problems[name] = [str(unresolved)]
    after, until = value.get("from"), value.get("to")
    if after and until and until <= after:
        found.problems["to"] = [_("“To” must not come before “from”.")]
        until = None
    found.wanted = Wanted(
        after=after,
        until=until,
        place=value.get("place"),
        actor=value.get("actor"),
        verbs=value.get("verb") or (),
        source=value.get("source"),
    )
    return found


def _plain(text: str) -> str:
    """What no database takes is shown as what it is: not readable."""
    return text.strip().replace("\0", "\ufffd")[:LONGEST]


def _one(rows: Any, slug: str) -> Any:
    found = rows.filter(slug=slug).first()
    if found is None:
        raise Unresolved(_("“%(text)s” is not in the list.") % {"text": slug}, [])
    return found


def _verbs(text: str) -> tuple[str, ...]:
    if text not in VERBS:
        raise Unresolved(_("“%(text)s” is not in the list.") % {"text": text}, [])
    return (text,)


def actor_choices(names: Names) -> list[Choice]:
    return sorted(
        ((slug, str(short)) for slug, short in names.short.items()), key=lambda c: c[1].casefold()
    )


def verb_choices() -> list[tuple[str, list[Choice]]]:
    return [(str(heading), [(v, verb_label(v)) for v in verbs]) for heading, verbs in GROUPS]


def source_choices(conflict: Conflict) -> list[Choice]:
    """The sources that a change of the conflict cites, by name; one query."""
    citing = Citation.objects.filter(report__source=OuterRef("pk"), change__conflict=conflict)
    cited = Source.objects.filter(Exists(citing))
    return sorted(cited.values_list("slug", "name"), key=lambda choice: choice[1].casefold())
