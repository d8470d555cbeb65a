"""What the desk's pages of actors show: the list with what uses each, and the form of one with its looks."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from events.drafting.typed import keepable
from events.drafting.words import verb_label
from events.gazetteer import (
    BadActor,
    Belongs,
    CheckedActor,
    WantedActor,
    check_actor,
    colour_doubts,
    doubts_of,
    others_of,
)
from events.looks.apart import CONTRAST, Paint, colours_alike, contrast, fills_alike, free
from events.looks.palette import SCHEMES
from events.looks.patterns import MARKS
from events.models import Actor, Change, Conflict

from .swatches import Swatches

OFFERED = 6
NEAREST = 3
MOST_BELONGS = 12


@dataclass(slots=True)
class ActorLine:
    """One actor of the list. `aliases` without what its name and short name say."""

    actor: Actor
    swatch: SafeString
    aliases: list[str]
    belongs: list[Any]
    partisans: list[str]
    changes: int

    @property
    def captures(self) -> str:
        """Its short name with a verb, which shows how verbs go with it."""
        return f"{self.actor.short} {verb_label('captured', self.actor.called())}"


def listed(conflict: Conflict) -> tuple[list[ActorLine], SafeString]:
    """All actors in the order of the readers' files, and the patterns of their swatches. A fixed number of queries."""
    rows = Actor.objects.filter(conflict=conflict).prefetch_related(
        "names", "coalitions__coalition", "partisans"
    )
    actors = list(rows)
    used = changes_by_actor(conflict)
    swatches = Swatches({a.slug: Paint(a.colour, a.pattern) for a in actors})
    lines = [
        ActorLine(
            actor,
            swatches.swatch(actor.slug),
            [n.name for n in actor.names.all() if n.name not in (actor.name, actor.short)],
            list(actor.coalitions.all()),
            [source.name for source in actor.partisans.all()],
            used[actor.pk],
        )
        for actor in actors
    ]
    return lines, swatches.defs()


def changes_by_actor(conflict: Conflict) -> Counter[int]:
    """How many changes that are, or once were, in the record name each actor, as the one or as the other."""
    found: Counter[int] = Counter()
    for column in ("actor", "other_actor"):
        rows = Change.objects.filter(conflict=conflict).exclude(**{column: None}).order_by()
        found.update(dict(rows.values_list(column).annotate(times=Count("pk"))))
    return found


def wanted_from(post: QueryDict) -> WantedActor:
    """What was typed. A colour that is offered is a button that says colour and pattern in one."""

    names = [name for name in WantedActor.__dataclass_fields__ if name != "belongs"]
    plain = {name: keepable(post.get(name)) for name in names}
    columns = [post.getlist(name)[:MOST_BELONGS] for name in ("coalition", "since", "until")]
    rows = zip(*columns, strict=False)
    belongs = [Belongs(*map(keepable, row)) for row in rows]
    wanted = WantedActor(**plain, belongs=belongs)
    colour, _sign, pattern = keepable(post.get("paint")).partition(" ")
    if colour and pattern in MARKS:
        wanted.colour, wanted.pattern = colour[:7], pattern
    return wanted


@dataclass(slots=True)
class Sample:
    """The looks on one ground, and the nearest others beside it."""

    scheme: str
    legend: SafeString
    areas: list[SafeString]
    others: list[tuple[str, SafeString]]


@dataclass(slots=True)
class Shown:
    """The form of one actor. `errors` by field; `doubts` are asked about once, `asked` names them."""

    wanted: WantedActor
    errors: dict[str, str] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    ratio: str = ""
    faint: bool = False
    samples: list[Sample] = field(default_factory=list)
    offered: list[tuple[str, str, SafeString]] = field(default_factory=list)
    defs: list[SafeString] = field(default_factory=list)
    coalitions: list[Actor] = field(default_factory=list)

    @property
    def asked(self) -> str:
        return digest(self.doubts)

    @property
    def rows(self) -> list[tuple[Belongs, dict[str, str]]]:
        """Memberships with what is wrong with each, and an empty one."""
        rows = self.wanted.belongs
        if not rows or rows[-1] != Belongs():
            rows = [*rows, Belongs()]
        parts = ("coalition", "since", "until")
        return [
            (row, {part: self.errors.get(f"{part}-{at}", "") for part in parts})
            for at, row in enumerate(rows)
        ]


def digest(doubts: list[str]) -> str:
    return hashlib.sha256("\n".join(doubts).encode()).hexdigest()[:16] if doubts else ""


def shown(
    conflict: Conflict, wanted: WantedActor, actor: Actor | None, *, quiet: bool = False
) -> tuple[Shown, CheckedActor | None]:
    """`quiet`: nothing is found fault with yet. A new actor without a colour gets one that is free."""
    others = list(others_of(conflict, actor))
    taken = [Paint(one.colour, one.pattern) for one in others]
    offered = free(taken, OFFERED)
    if not wanted.colour and actor is None and quiet:
        wanted.colour, wanted.pattern = offered[0]
    page = Shown(wanted, coalitions=others)
    checked = None
    if not quiet:
        try:
            checked = check_actor(conflict, wanted, actor)
            page.doubts = doubts_of(conflict, checked, actor)
        except BadActor as bad:
            page.errors = bad.errors
            if not {"colour", "pattern"} & set(page.errors):
                colour = wanted.colour.strip().upper()
                page.doubts = colour_doubts(conflict, colour, actor)
    _offer(page, offered)
    _sample(page, others)
    return page, checked


def _is_colour(text: str) -> bool:
    digits = text.strip()
    return (
        len(digits) == 7
        and digits[0] == "#"
        and all(c in "0123456789abcdefABCDEF" for c in digits[1:])
    )


def _offer(page: Shown, offered: list[Paint]) -> None:
    swatches = Swatches({paint.colour: paint for paint in offered}, "offered")
    page.offered = [(p.colour, p.pattern, swatches.swatch(p.colour)) for p in offered]
    page.defs.append(swatches.defs())


def _sample(page: Shown, others: list[Actor]) -> None:
    """Beside those from whose colour it is hardest to tell."""
    if not _is_colour(page.wanted.colour):
        return
    paint = Paint(page.wanted.colour.strip().upper(), page.wanted.pattern)
    found = contrast(paint.colour)
    page.ratio, page.faint = f"{int(found * 10) / 10:.1f}", found < CONTRAST
    alike = {
        one.slug: (
            len(fills_alike(paint, Paint(one.colour, one.pattern))),
            len(colours_alike(paint.colour, one.colour)),
        )
        for one in others
    }
    ordered = sorted(others, key=lambda one: alike[one.slug], reverse=True)
    nearest = [one for one in ordered if any(alike[one.slug])][:NEAREST]
    paints = {one.slug: Paint(one.colour, one.pattern) for one in others}
    # A slug has no blank.
    swatches = Swatches({**paints, "its own": paint}, "sample")
    against = nearest[0].slug if nearest else next(iter(paints), "its own")
    page.samples = [
        Sample(
            scheme,
            swatches.swatch("its own", [scheme]),
            swatches.sample("its own", scheme, against),
            [(one.short, swatches.swatch(one.slug, [scheme])) for one in nearest],
        )
        for scheme in SCHEMES
    ]
    page.defs.append(swatches.defs())


def labels() -> dict[str, str]:
    """Of the fields, for the summary of what is wrong."""
    return {
        "name": _("Name"),
        "short": _("Short name"),
        "number": _("Its verbs"),
        "kind": _("Kind"),
        "colour": _("Colour"),
        "pattern": _("Pattern"),
        "active_from": _("Active from"),
        "active_to": _("Active to"),
        "aliases": _("Other names"),
        "note": _("Note for readers"),
        "coalition": _("Belongs to"),
        "since": _("Belongs to: since"),
        "until": _("Belongs to: until"),
    }


def pattern_choices() -> list[tuple[str, str]]:
    words = {
        "solid": _("plain"),
        "diagonal": _("falling lines"),
        "reverse": _("rising lines"),
        "horizontal": _("level lines"),
        "vertical": _("upright lines"),
        "grid": _("squares"),
        "cross": _("lozenges"),
        "dots": _("dots"),
    }
    return [(name, words[name]) for name in MARKS]
