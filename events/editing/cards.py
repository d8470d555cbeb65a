"""A proposal as its card shows it: what it says, what is wrong in it, what each input may be."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from events.chronology.verbs import VERBS
from events.drafting import words
from events.drafting.assemble import Assembled
from events.drafting.many import proposals
from events.drafting.many.logged import Logged, logged
from events.drafting.naming import Names
from events.drafting.typed import Typed
from events.models import Citation, Conflict, Paste, Proposal

from .columns import Choice, table_columns
from .compare import flat, label_of
from .lists import in_a_sentence

Status = Proposal.Status
# The column of a table that an input of the form was filled from.
COLUMN_OF = {"places": "place", "title": "report_title", "url": "report_url"}
FINDS = {
    "actor": "actor",
    "other_actor": "actor",
    "places": "place",
    "source": "source",
    "relays": "source",
}
MENDED = (
    "actor",
    "verb",
    "places",
    "other_actor",
    "date",
    "place_count",
    "source",
    "stance",
    "relays",
)


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
    """`asks`: inputs that want a look; `rest`: the other ones; `logged`: who says the same already."""

    row: Proposal
    said: str
    date: str
    sources: str
    asks: list[Entry] = field(default_factory=list)
    rest: list[Entry] = field(default_factory=list)
    logged: Logged = field(default_factory=Logged)

    @property
    def waits(self) -> bool:
        return self.row.status == Status.WAITING

    @property
    def guesses(self) -> int:
        return sum(entry.guessed for entry in self.asks)

    @property
    def alike(self) -> int:
        return max((entry.alike for entry in self.asks), default=0)


def cards(paste: Paste, rows: Iterable[Proposal]) -> list[Card]:
    """Judged anew, so that a place made in the meantime is known. Writes nothing."""
    rows = list(rows)
    names = Names(paste.conflict)
    made = proposals.judge(rows, names)
    others = _alike(paste) if paste.kind == Paste.Kind.TABLE else Counter()
    heads = {column.field: column.name for column in table_columns(paste)}
    drawn = [_card(names, row, made[row.number], heads, others) for row in rows]
    waiting = {one.row.number: made[one.row.number] for one in drawn if one.waits}
    already = logged(paste.conflict, waiting)
    for one in drawn:
        one.logged = already.get(one.row.number, one.logged)
    return drawn


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
    names: Names,
    row: Proposal,
    made: Assembled,
    heads: dict[str, str],
    others: Counter[tuple[str, str]],
) -> Card:
    typed = proposals.typed_of(row)
    said = typed.headline or words.headline(made.new, names.called) or in_a_sentence(typed)
    sources = _(", ").join(filter(None, map(_cited, typed.citations)))
    drawn = Card(
        row,
        said or _("nothing that states a change"),
        made.understood.get("date", made.new.date),
        sources,
    )
    if drawn.waits:
        for entry in _entries(names.conflict, row, typed, made):
            name = entry.box.partition("-")[0]
            entry.column = heads.get(COLUMN_OF.get(name, name), "")
            if entry.problem:
                entry.alike = max(0, others[entry.box, entry.value] - 1)
            # The day of the whole article is said once, above its proposals.
            asked = entry.problem or (entry.picks and name != "published")
            (drawn.asks if asked else drawn.rest).append(entry)
    return drawn


def _cited(row: dict[str, str]) -> str:
    """ "AFP, quoting SOHR"."""
    if row["source"] and row["relays"]:
        return _("%(source)s, quoting %(origin)s") % {
            "source": row["source"],
            "origin": row["relays"],
        }
    return row["source"]


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
