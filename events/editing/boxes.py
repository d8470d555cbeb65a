"""The form's inputs as the templates draw them: label, help, what was typed, what was understood, what is wrong."""

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.chronology.verbs import VERBS
from events.drafting import words
from events.drafting.assemble import Assembled, Problem
from events.drafting.typed import Typed
from events.models import Conflict

Choice = tuple[Any, Any]


@dataclass(slots=True)
class Box:
    """One input. `id` tells rows apart ("places-1"), `name` is what the browser sends ("places").

    `find`: where names are looked up as one types. `live`: its note is read out as it changes.
    `guessed`: what it was read as out of the sentence may be wrong.
    """

    id: str
    name: str
    label: Any
    value: str = ""
    help: Any = ""
    examples: tuple[str, ...] = ()
    find: str = ""
    sort: str = "text"
    choices: list[Choice] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    understood: str = ""
    live: bool = False
    guessed: bool = False
    focus: bool = False


@dataclass(slots=True)
class Citing:
    """One row of citations: its number and its boxes by name."""

    number: int
    boxes: dict[str, Box]

    @property
    def more_open(self) -> bool:
        """Whether something is typed, or wrong, among the fields that are folded away."""
        return any(
            self.boxes[n].value or self.boxes[n].problems
            for n in ("relays", "quote", "citation_note")
        )


@dataclass(slots=True)
class Form:
    boxes: dict[str, Box]
    places: list[Box]
    citations: list[Citing]

    def every(self) -> Iterator[Box]:
        yield self.boxes["actor"]
        yield self.boxes["verb"]
        yield from self.places
        for name, box in self.boxes.items():
            if name not in ("actor", "verb"):
                yield box
        for citing in self.citations:
            yield from citing.boxes.values()

    @property
    def problems(self) -> list[tuple[Box, Problem]]:
        return [(box, problem) for box in self.every() for problem in box.problems]

    @property
    def guessed(self) -> list[Box]:
        return [box for box in self.every() if box.guessed and box.understood]

    @property
    def more_open(self) -> bool:
        """Whether what is folded away holds anything typed, or wrong."""
        boxes = [
            self.boxes[n] for n in ("place_count", "headline", "note", "ruling", "ruling_reason")
        ]
        return any(box.problems or box.value not in ("", "accepted") for box in boxes)


def form(
    conflict: Conflict,
    typed: Typed,
    made: Assembled | None = None,
    *,
    quiet: bool = True,
    guessed: Container[str] = (),
) -> Form:
    """`quiet`: what was understood is shown, what is wrong is not yet. `guessed`: ids of inputs that are a guess."""
    finds = {
        kind: reverse("editing:find", args=[conflict.slug, kind])
        for kind in ("actor", "place", "source")
    }

    def box(name: str, label: Any, value: str, row: int | None = None, **more: Any) -> Box:
        key = name if row is None else f"{name}-{row}"
        drawn = Box(key, name, label, value, **more)
        if made:
            drawn.understood = made.understood.get(key, "")
            drawn.guessed = key in guessed
            drawn.problems = [] if quiet else made.problems.get(key, [])
        return drawn

    several = len(typed.places) > 1
    places = [
        box(
            "places",
            _("Place %(number)d") % {"number": row + 1} if several else _("Place"),
            text,
            row,
            find=finds["place"],
            help="" if row else _("Any name in any script, or “Raqqa > al-Senaa”."),
        )
        for row, text in enumerate(typed.places)
    ]
    boxes = [
        box("actor", _("Actor"), typed.actor, find=finds["actor"]),
        box(
            "verb",
            _("Verb"),
            typed.verb,
            sort="verb",
            choices=_verbs(typed.verb),
            help=words.WORDS[typed.verb].line if typed.verb in words.WORDS else "",
        ),
        box(
            "other_actor",
            capfirst(str(words.other_label(typed.verb))),
            typed.other_actor,
            find=finds["actor"],
        ),
        box(
            "date",
            _("Date"),
            typed.date,
            examples=(
                "2017-06-30",
                "2017-06",
                _("2017-06-30~ about"),
                _("2017-06-29/2017-06-30 in between"),
            ),
            live=True,
        ),
        box(
            "place_count",
            _("Places not known by name"),
            typed.place_count,
            help=_("17 for “17 towns and villages of Aleppo”: then the place above is the area."),
        ),
        box(
            "headline",
            _("Headline"),
            typed.headline,
            help=_("Left empty, it is made from the above."),
        ),
        box("note", _("Note for readers"), typed.note, sort="long"),
        box(
            "ruling",
            _("Ruling"),
            typed.ruling,
            sort="select",
            choices=_choices(
                [
                    ("accepted", _("accepted: it has its effect")),
                    ("open", _("open: public, undecided, without effect on who holds")),
                    ("rejected", _("rejected: kept as a refuted claim")),
                ],
                typed.ruling,
            ),
        ),
        box("ruling_reason", _("Reason for the ruling"), typed.ruling_reason, sort="long"),
    ]
    if typed.kind:
        boxes.append(
            box(
                "reason",
                _("Public reason"),
                typed.reason,
                sort="long",
                focus=True,
                help=_("Readers see it in the list of corrections, beside what was said before."),
            )
        )
    citations = [
        Citing(
            row,
            {
                drawn.name: drawn
                for drawn in (
                    box("source", _("Source"), cited["source"], row, find=finds["source"]),
                    box(
                        "stance",
                        _("Stance"),
                        cited["stance"],
                        row,
                        sort="select",
                        choices=_choices(_stances(), cited["stance"]),
                    ),
                    box("title", _("Title"), cited["title"], row),
                    box("url", _("Address"), cited["url"], row, sort="url"),
                    box("published", _("Published"), cited["published"], row),
                    box(
                        "relays",
                        _("Whom it quotes for this"),
                        cited["relays"],
                        row,
                        find=finds["source"],
                        help=_("The source that an agency relays; it counts by that one."),
                    ),
                    box("quote", _("Quoted words"), cited["quote"], row, sort="long"),
                    box("citation_note", _("Note"), cited["citation_note"], row),
                )
            },
        )
        for row, cited in enumerate(typed.citations)
    ]
    drawn_here = {drawn.name: drawn for drawn in boxes if drawn.name != "reason" or typed.kind}
    return Form(drawn_here, places, citations)


def plain_labels() -> dict[str, str]:
    """Labels by the input's name, where no row or verb tells more."""
    return {
        "sentence": _("Sentence"),
        "actor": _("Actor"),
        "verb": _("Verb"),
        "places": _("Place"),
        "other_actor": _("Other actor"),
        "date": _("Date"),
        "place_count": _("Places not known by name"),
        "headline": _("Headline"),
        "note": _("Note for readers"),
        "ruling": _("Ruling"),
        "ruling_reason": _("Reason for the ruling"),
        "override_reason": _("Why all the same"),
        "reason": _("Public reason"),
        "source": _("Source"),
        "stance": _("Stance"),
        "title": _("Title"),
        "url": _("Address"),
        "published": _("Published"),
        "relays": _("Whom it quotes for this"),
        "quote": _("Quoted words"),
        "citation_note": _("Note on the source"),
    }


def _stances() -> list[Choice]:
    return [
        ("reports", _("reports it")),
        ("confirms", _("confirms it")),
        ("claims", _("claims it of itself")),
        ("denies", _("denies it")),
    ]


def _choices(choices: list[Choice], value: str) -> list[Choice]:
    """With what was typed by other means than the list, so that it is kept."""
    known = {name for name, _label in choices}
    return choices if value in known else [*choices, (value, value or "—")]


def _verbs(value: str) -> list[Choice]:
    """Groups of (verb, its words); an unknown verb is kept in a group of its own."""
    groups: list[Choice] = [
        (heading, [(name, words.WORDS[name]) for name in names]) for heading, names in words.GROUPS
    ]
    if value and value not in VERBS:
        groups.append((_("Unknown"), [(value, words.VerbWords(value, "", words.OTHER, ""))]))
    return groups
