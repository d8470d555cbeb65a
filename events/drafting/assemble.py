"""From what was typed to what the ledger takes: each input resolved, and every problem beside its input.

Inputs go by the names of the form: "actor", "date", "places-0", "source-1". Nothing is written.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from events import ledger
from events.chronology.dates import DateError, in_words
from events.chronology.tidy import tidy
from events.ledger import NewChange, NewCitation, Refused
from events.ledger.new import validate
from events.models import Change, Citation, Conflict, Report
from events.sources.cite import check as check_report

from . import options
from .naming import Names, Unknown
from .options import Option
from .typed import Typed, is_blank

# What the database's integer holds.
LARGEST_COUNT = 2_147_483_647
# Where a problem that the ledger names belongs on the form.
INPUT_OF = {"places": "places-0", "citations": "source-0", "change": "reason"}


@dataclass(frozen=True, slots=True)
class Problem:
    """A sentence for the person, and what may have been meant."""

    message: str
    candidates: tuple[Option, ...] = ()


@dataclass(slots=True)
class Assembled:
    """`new` is whole only where there are no `problems`. `understood`: input -> what it was read as.

    `missing`: the inputs whose problem is only that nothing is typed there yet.
    """

    new: NewChange
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    understood: dict[str, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)

    @property
    def ok(self) -> bool:
        return not self.problems

    def wrong(self, box: str, message: str, candidates: Sequence[Option] = ()) -> None:
        self.problems.setdefault(box, []).append(Problem(message, tuple(candidates)))


def assemble(conflict: Conflict, typed: Typed, names: Names | None = None) -> Assembled:
    """Never raises, whatever was typed. Reports in `new.citations` are not saved: `drafts.publish` does that.
    `names`: what was resolved before, for many texts.
    """
    if typed.kind == Change.Kind.RETRACTION:
        return _retraction(conflict, typed)
    new = NewChange(
        conflict=conflict,
        actor=None,
        verb=typed.verb.strip(),
        places=[],
        date=tidy(typed.date),
        headline=typed.headline.strip(),
        note=typed.note.strip(),
        ruling=typed.ruling.strip(),
        ruling_reason=typed.ruling_reason.strip(),
    )
    made = Assembled(new)
    names = names or Names(conflict)
    if typed.kind or typed.corrects:
        new.kind, new.reason = Change.Kind.CORRECTION, typed.reason.strip()
        new.supersedes = _taken_back(made, typed)
    new.actor = _actor(made, names, "actor", typed.actor)
    new.other_actor = _actor(made, names, "other_actor", typed.other_actor)
    _places(made, names, typed.places)
    new.place_count = _count(made, typed.place_count)
    _citations(made, names, typed.citations)
    _date_in_words(made)
    _ask_the_ledger(made, typed)
    return made


def _retraction(conflict: Conflict, typed: Typed) -> Assembled:
    """What was said is carried over as it stands: only the reason is typed."""
    made = Assembled(
        NewChange(
            conflict=conflict,
            actor=None,
            verb="",
            places=[],
            date="",
            kind=Change.Kind.RETRACTION,
            reason=typed.reason.strip(),
        )
    )
    change = _taken_back(made, typed)
    if change is not None:
        made.new = ledger.retraction_of(change, typed.reason.strip())
    if not made.new.reason:
        made.wrong("reason", _("Say why: readers are shown the reason."))
        made.missing.add("reason")
    return made


def _taken_back(made: Assembled, typed: Typed) -> Change | None:
    """The Change that is corrected or retracted; a problem where there is none, or it cannot be."""
    rows = Change.objects.filter(conflict=made.new.conflict, public_id=typed.corrects)
    change = rows.select_related("conflict", "actor", "other_actor").first()
    if change is None:
        why = _("There is no change “%(id)s” to take back.") % {"id": typed.corrects}
    else:
        why = ledger.why_not(change)
    if why:
        made.wrong("reason", why)
    return change


def _resolved(made: Assembled, box: str, text: str, resolve: Callable[[str], Any]) -> Any:
    if not text.strip():
        return None
    try:
        return resolve(text)
    except Unknown as why:
        made.wrong(box, str(why), why.options)
        return None


def _actor(made: Assembled, names: Names, box: str, text: str) -> Any:
    actor = _resolved(made, box, text, names.actor)
    if actor:
        made.understood[box] = options.actor_in_words(actor, names.called)
    return actor


def _places(made: Assembled, names: Names, texts: list[str]) -> None:
    found = {}
    for row, text in enumerate(texts):
        place = _resolved(made, f"places-{row}", text, names.place)
        if place:
            found[f"places-{row}"] = place
    above = names.where(found.values())
    for box, place in found.items():
        made.understood[box] = options.place_in_words(place, above[place.pk], names.called)
    made.new.places = list(dict.fromkeys(found.values()))


def _count(made: Assembled, text: str) -> int | None:
    if not text.strip():
        return None
    try:
        count = int(text)
    except ValueError:
        made.wrong("place_count", _("“%(text)s” is not a whole number.") % {"text": text[:40]})
        return None
    if abs(count) > LARGEST_COUNT:
        made.wrong("place_count", _("“%(text)s” is too large.") % {"text": text[:40]})
        return None
    return count


def _citations(made: Assembled, names: Names, rows: list[dict[str, str]]) -> None:
    for number, row in enumerate(rows):
        if is_blank(row):
            continue
        source = _resolved(made, f"source-{number}", row["source"], names.source)
        if source:
            made.understood[f"source-{number}"] = options.source_in_words(source)
        elif not row["source"].strip():
            made.wrong(f"source-{number}", _("Say which source this report is from."))
        if row["stance"] not in Citation.Stance.values:
            made.wrong(
                f"stance-{number}", _("A stance is one of: reports, confirms, claims, denies.")
            )
        report = {name: row[name].strip() for name in ("title", "url", "published")}
        for name, sentences in check_report(**report).items():
            for sentence in sentences:
                made.wrong(f"{name}-{number}", sentence)
        if report["published"] and f"published-{number}" not in made.problems:
            made.understood[f"published-{number}"] = in_words(report["published"], gettext=_)
        origin = _origin(made, names, number, row["relays"])
        if source:
            cited = Report(source=source, quote=row["quote"].strip(), relays=origin, **report)
            made.new.citations.append(
                NewCitation(cited, row["stance"], row["citation_note"].strip())
            )


def _origin(made: Assembled, names: Names, number: int, text: str) -> Report | None:
    """Whom the report relays: "Reuters > Syrian military" is Reuters quoting the military."""
    box, told = f"relays-{number}", None
    for name in reversed([part for part in text.split(">") if part.strip()]):
        source = _resolved(made, box, name, names.source)
        if source is None:
            return None
        told = Report(source=source, relays=told)
    if told is not None:
        made.understood[box] = _in_a_chain(told)
    return told


def _in_a_chain(told: Report | None) -> str:
    said = []
    while told is not None:
        said.append(options.source_in_words(told.source))
        told = told.relays
    return " > ".join(said)


def _date_in_words(made: Assembled) -> None:
    try:
        made.understood["date"] = in_words(made.new.date, gettext=_)
    except DateError:
        return  # the ledger says what is wrong


def _ask_the_ledger(made: Assembled, typed: Typed) -> None:
    """Add what the ledger would refuse, but for inputs whose problem is named already."""
    new = made.new
    known = {box.split("-")[0] for box in made.problems}
    if not new.verb:
        made.wrong("verb", _("Say what happened: choose a verb."))
        made.missing.add("verb")
        known.add("verb")
    if new.ruling in (Change.Ruling.OPEN, Change.Ruling.REJECTED) and not new.ruling_reason:
        made.wrong("ruling_reason", _("Say why: readers are shown the reason."))
    try:
        validate(new, timezone.now())
    except Refused as refused:
        typed_at = {
            "actor": typed.actor,
            "places": "".join(typed.places),
            "date": typed.date,
            "other_actor": typed.other_actor,
            "reason": typed.reason,
            "citations": "".join(row["source"] for row in typed.citations),
        }
        for name, sentences in refused.errors.items():
            if name in known or (name == "citations" and known & {"source", "stance"}):
                continue
            box = INPUT_OF.get(name, name)
            if not typed_at.get(name, "x").strip():
                made.missing.add(box)
            for sentence in sentences:
                made.wrong(box, sentence)
    if "date" in made.problems:
        made.understood.pop("date", None)
