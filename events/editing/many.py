"""What the page of a paste shows: cards of proposals, the text with their words marked, columns, counts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from events import policy
from events.chronology.verbs import VERBS
from events.drafting import words
from events.drafting.assemble import Assembled
from events.drafting.many import columns, proposals, table
from events.drafting.naming import Names
from events.drafting.typed import Typed
from events.models import Citation, Conflict, Paste, Proposal

from .compare import flat, label_of
from .lists import in_a_sentence

Status = Proposal.Status
A_PAGE = 50
SHOWS = ("all", "mend", "ready", "accepted", "dropped")
# The column of a table that an input of the form was filled from.
COLUMN_OF = {"places": "place", "title": "report_title", "url": "report_url"}
FINDS = {"actor": "actor", "other_actor": "actor", "places": "place", "source": "source"}
MENDED = ("actor", "verb", "places", "other_actor", "date", "place_count", "source", "stance")


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str


@dataclass(slots=True)
class Entry:
    """One input of a card: what stands there, what is wrong with it, what it may be. `alike`: how many other
    proposals say the same there.
    """

    box: str
    label: str
    value: str
    column: str = ""
    problem: str = ""
    picks: list[Choice] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    find: str = ""
    alike: int = 0

    @property
    def guessed(self) -> bool:
        return bool(self.picks) and not self.problem


@dataclass(slots=True)
class Card:
    """`asks`: inputs that want a look; `rest`: the other ones."""

    row: Proposal
    said: str
    date: str
    sources: str
    asks: list[Entry] = field(default_factory=list)
    rest: list[Entry] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        return self.row.status == Status.WAITING

    @property
    def alike(self) -> int:
        return max((entry.alike for entry in self.asks), default=0)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the article; those with `rows` are quoted by these proposals, each with where its card is."""

    text: str
    rows: Sequence[tuple[Proposal, str]] = ()


@dataclass(slots=True)
class Column:
    """One column of the table: the field it is taken for, its name in the first row, its first cells."""

    number: int
    field: str
    name: str
    cells: list[str]


def counts(paste: Paste) -> dict[str, int]:
    """How many proposals stand where; one query."""
    waits = Q(status=Status.WAITING)
    return paste.proposals.aggregate(
        all=Count("pk"),
        mend=Count("pk", filter=waits & Q(sound=False)),
        ready=Count("pk", filter=waits & Q(sound=True)),
        accepted=Count("pk", filter=Q(status=Status.ACCEPTED)),
        dropped=Count("pk", filter=Q(status=Status.DROPPED)),
    )


def shown(paste: Paste, show: str, number: str) -> Page[Proposal]:
    rows = paste.proposals.select_related("draft").order_by("number")
    waits = rows.filter(status=Status.WAITING)
    asked: dict[str, QuerySet[Proposal]] = {
        "all": rows,
        "mend": waits.filter(sound=False),
        "ready": waits.filter(sound=True),
        "accepted": rows.filter(status=Status.ACCEPTED),
        "dropped": rows.filter(status=Status.DROPPED),
    }
    return Paginator(asked[show], A_PAGE).get_page(number)


def cards(paste: Paste, rows: Iterable[Proposal]) -> list[Card]:
    """Judged anew, so that a place made in the meantime is known. Writes nothing."""
    rows = list(rows)
    made = proposals.judge(rows, Names(paste.conflict))
    others = _alike(paste) if paste.kind == Paste.Kind.TABLE else Counter()
    heads = {column.field: column.name for column in table_columns(paste)}
    return [_card(paste.conflict, row, made[row.number], heads, others) for row in rows]


def card(paste: Paste, number: int) -> Card | None:
    return next(
        iter(cards(paste, paste.proposals.select_related("draft").filter(number=number))), None
    )


def _alike(paste: Paste) -> Counter[tuple[str, str]]:
    """How many that wait say the same wrong thing."""
    found: Counter[tuple[str, str]] = Counter()
    for row in paste.proposals.filter(status=Status.WAITING, sound=False).defer("words", "guesses"):
        said = flat(proposals.typed_of(row))
        found.update((box, said.get(box, "")) for box in row.faults)
    return found


def _card(
    conflict: Conflict,
    row: Proposal,
    made: Assembled,
    heads: dict[str, str],
    others: Counter[tuple[str, str]],
) -> Card:
    typed = proposals.typed_of(row)
    said = typed.headline or words.headline(made.new) or in_a_sentence(typed)
    sources = _(", ").join(filter(None, (cited["source"] for cited in typed.citations)))
    drawn = Card(row, said or _("nothing that states a change"), made.new.date, sources)
    if drawn.waits:
        for entry in _entries(conflict, row, typed, made):
            name = entry.box.partition("-")[0]
            entry.column = heads.get(COLUMN_OF.get(name, name), "")
            if entry.problem:
                entry.alike = max(0, others[entry.box, entry.value] - 1)
            (drawn.asks if entry.problem or entry.picks else drawn.rest).append(entry)
    return drawn


def _entries(conflict: Conflict, row: Proposal, typed: Typed, made: Assembled) -> list[Entry]:
    texts = flat(typed)
    asked = [*made.problems, *row.guesses, *(box for box in texts if _is_mended(box, texts[box]))]
    order = list(texts)
    boxes = sorted({box for box in asked if box in texts}, key=order.index)
    return [_entry(conflict, row, box, texts[box], made) for box in boxes]


def _is_mended(box: str, text: str) -> bool:
    name, _dash, at = box.partition("-")
    return name in MENDED and (bool(text.strip()) or (at in ("", "0") and name != "place_count"))


def _entry(conflict: Conflict, row: Proposal, box: str, text: str, made: Assembled) -> Entry:
    name = box.partition("-")[0]
    entry = Entry(box, label_of(box), text)
    wrong = made.problems.get(box, [])
    entry.problem = " ".join(problem.message for problem in wrong)
    for problem in wrong:
        entry.picks += [
            Choice(o.value, _apart(o.name, o.kind, o.where)) for o in problem.candidates
        ]
    if box not in row.mended:
        entry.picks += [Choice(value, label) for value, label in row.guesses.get(box, [])]
    if name == "verb":
        entry.choices = [Choice("", _("choose…")), *(Choice(v, words.verb_label(v)) for v in VERBS)]
    elif name == "stance":
        entry.choices = [Choice(value, str(label)) for value, label in Citation.Stance.choices]
    if entry.choices and text not in {choice.value for choice in entry.choices}:
        entry.choices.append(Choice(text, text))
    if name in FINDS:
        entry.find = reverse("editing:find", args=[conflict.slug, FINDS[name]])
    return entry


def _apart(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def groups(paste: Paste) -> list[tuple[str, int]]:
    """What is wrong, most frequent first: a column that was taken for the wrong thing is one line, not five
    thousand.
    """
    found: Counter[tuple[str, str]] = Counter()
    rows = paste.proposals.filter(status=Status.WAITING, sound=False).values_list(
        "faults", flat=True
    )
    for faults in rows:
        found.update((label_of(box), why) for box, why in faults.items())
    return [(f"{label}: {why}", number) for (label, why), number in found.most_common(8)]


def stretches(paste: Paste, here: Iterable[Proposal] = ()) -> list[Stretch]:
    """The whole text, in order: what is quoted, and what lies between. `here`: those whose cards are on the page."""
    numbers = {row.number for row in here}
    out: list[Stretch] = []
    at = 0
    quoting: dict[tuple[int, int], list[Proposal]] = {}
    rows = paste.proposals.filter(start__gte=0).only("number", "start", "end", "status", "paste_id")
    for row in rows.order_by("start", "number"):
        quoting.setdefault((row.start, row.end), []).append(row)
    for (start, end), those in quoting.items():
        if start < at or end > len(paste.text):
            continue
        if start > at:
            out.append(Stretch(paste.text[at:start]))
        out.append(Stretch(paste.text[start:end], [(row, _address(row, numbers)) for row in those]))
        at = end
    if at < len(paste.text):
        out.append(Stretch(paste.text[at:]))
    return out


def _address(row: Proposal, here: set[int]) -> str:
    page = "" if row.number in here else f"?show=all&page={(row.number - 1) // A_PAGE + 1}"
    return f"{page}#proposal-{row.number}"


def table_columns(paste: Paste) -> list[Column]:
    """With the first cells of each."""
    if paste.kind != Paste.Kind.TABLE or not paste.begun_at:
        return []
    head = paste.text[:20_000]
    rows = table.split(head, table.sign_of(head)).rows
    names = rows[0].cells if rows and paste.header else ()
    first = rows[1 if paste.header else 0 :][:3]
    width = max([len(paste.columns), *(len(row.cells) for row in rows[:4])], default=0)
    return [
        Column(
            at,
            paste.columns[at] if at < len(paste.columns) else "",
            names[at] if at < len(names) else "",
            [row.cells[at][:60] for row in first if at < len(row.cells) and row.cells[at]],
        )
        for at in range(width)
    ]


def column_choices() -> list[Choice]:
    return [Choice(name, label) for name, label in columns.labels().items()]


def under_way(user: Any, conflict: Conflict) -> QuerySet[Paste]:
    """Those that the person may see and that are not set aside, with what waits in each; one query."""
    waits = Q(proposals__status=Status.WAITING)
    rows = policy.visible_pastes(user, conflict).filter(set_aside_at=None).select_related("author")
    counted = rows.annotate(
        waiting=Count("proposals", filter=waits),
        accepted=Count("proposals", filter=Q(proposals__status=Status.ACCEPTED)),
    )
    return counted.defer("text").order_by("-updated_at")[:20]


def tabs(paste: Paste, counted: dict[str, int], show: str) -> list[tuple[str, str, int, str]]:
    labels = {
        "all": _("All of it"),
        "mend": _("To mend"),
        "ready": _("Ready"),
        "accepted": _("Accepted"),
        "dropped": _("Dropped"),
    }
    return [(name, labels[name], counted[name], urlencode({"show": name})) for name in SHOWS]
