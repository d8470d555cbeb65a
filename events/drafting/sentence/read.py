"""read(): from what stands in a sentence to who did what where, when, according to whom."""

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from events.gazetteer import ACTOR, PLACE, SOURCE, Index, Thing, index_of
from events.models import Conflict

from .choose import Chooser
from .lexicon import lexicon
from .parts import Option, Part, Reading
from .scan import Item, Scan, scan
from .sources import cite

# Who is named after "to" or "for" takes over, rather than acts.
LEAVING = frozenset({"withdrew", "handed_over", "absent"})
# Both sides are on a level: who is named first is the actor.
LEVEL = frozenset({"clash", "shares"})
LONGEST = 10_000


def read(
    conflict: Conflict, text: str, *, on: date | None = None, near: tuple[str, ...] = ()
) -> Reading:
    """Never raises, whatever is in `text`. `on`: the day of entry (today in the conflict's zone), by which
    "yesterday" is meant; `near`: slugs of places that the draft speaks of already.
    """
    day = on or timezone.now().astimezone(conflict.zone).date()
    index = index_of(conflict)
    found = scan(text[:LONGEST], lexicon(), index, day)
    reading = _Reader(conflict, index, found, day, near).reading()
    reading.text = text
    if len(text) > LONGEST:
        reading.unread.append((LONGEST, len(text)))
    return reading


@dataclass(slots=True)
class Who:
    """An actor that is named: its item, the mark before it, and whether it stands before the verb."""

    item: Item
    mark: str
    before: bool


@dataclass(slots=True)
class _Reader:
    conflict: Conflict
    index: Index
    scan: Scan
    on: date
    near: tuple[str, ...]
    parts: list[Part] = field(default_factory=list)
    chooser: Chooser = field(init=False)

    def reading(self) -> Reading:
        items = self.scan.items
        self.chooser = Chooser(self.conflict, self.index, self.on, self.near)
        verb = self._verb()
        cited = cite(self.scan, self.index, verb)
        stop = self._second_verb(verb)
        whos = self._whos(verb, stop)
        count = next((item for item in items[:stop] if item.sort == "count"), None)
        places = self._places(verb, stop, count)
        self._roles(verb, whos)
        if count and places:
            count.used = True
            self._part("place_count", count, [Option(str(count.number), str(count.number))])
        self._date(places, whos)
        self._cited(cited)
        self.parts.sort(key=lambda part: part.start)
        return Reading(self.scan.text, self.parts, self._unread())

    def _part(self, box: str, item: Item, options: list[Option], guessed: bool = False) -> None:
        start = self.scan.tokens[item.i].start
        end = self.scan.tokens[item.j - 1].end
        item.used = True
        self.parts.append(Part(box, start, end, options, guessed))

    def _verb(self) -> Item | None:
        """The first verb; none where a word before it says that it did not happen, or has not yet."""
        so = True
        for item in self.scan.items:
            if item.sort == "not_so":
                so = False
            elif item.sort == "verb":
                return item if so else None
            elif item.sort not in ("glue", "word", "name", "mark"):
                so = True
        return None

    def _second_verb(self, verb: Item | None) -> int:
        """Where the next clause with a verb of its own begins: what follows belongs to another change."""
        items = self.scan.items
        seen = False
        for at, item in enumerate(items):
            if item.sort != "verb":
                continue
            if item is verb:
                seen = True
            elif seen and verb and verb.sense and item.sense:
                if item.sense.value == verb.sense.value:
                    item.used = True
                    continue
                return at
        return len(items)

    def _mark(self, at: int) -> str:
        """The mark before the name at `at`, over glue: "by the" + name, "from" + name."""
        items = self.scan.items
        if items[at].joined == "ل":
            return "to"
        if items[at].joined == "و":
            return "and"
        for item in reversed(items[max(0, at - 4) : at]):
            if item.sort == "mark" and item.sense:
                return item.sense.value
            if item.sort != "glue":
                return ""
        return ""

    def _whos(self, verb: Item | None, stop: int) -> list[Who]:
        found: list[Who] = []
        before = True
        for at, item in enumerate(self.scan.items[:stop]):
            if item is verb:
                before = False
            if item.sort != "name" or item.used:
                continue
            if not any(thing.what == ACTOR for thing in item.things):
                continue
            if self._rather_a_place(item, verb):
                continue
            mark = self._mark(at)
            if mark == "and" and found and found[-1].mark:
                mark = (
                    found[-1].mark if verb and verb.sense and verb.sense.value not in LEVEL else ""
                )
            found.append(Who(item, "" if mark in ("and", "elsewhere") else mark, before))
        return found

    def _rather_a_place(self, item: Item, verb: Item | None) -> bool:
        return item.guessed and any(thing.what == PLACE for thing in item.things)

    def _places(self, verb: Item | None, stop: int, count: Item | None) -> list[Thing]:
        wanted = []
        for at, item in enumerate(self.scan.items[:stop]):
            if item.sort != "name" or item.used:
                continue
            things = [thing for thing in item.things if thing.what == PLACE]
            actors = [thing for thing in item.things if thing.what == ACTOR]
            if not things or (actors and not self._rather_a_place(item, verb)):
                continue
            mark = self._mark(at)
            leaving = verb is not None and verb.sense is not None and verb.sense.value == "withdrew"
            if mark == "elsewhere" or (mark == "to" and leaving):
                continue
            if wanted and (within := self._within(at, wanted[-1], things)):
                item.used = True
                wanted[-1] = (wanted[-1][0], within)
                continue
            wanted.append((item, things))
        chosen: list[Thing] = []
        for item, things in wanted:
            ranked = self.chooser.places(things, area=count is not None, beside=chosen)
            if ranked[0] in chosen:
                item.used = True
                continue
            options = [self.chooser.place_option(thing) for thing in ranked]
            guessed = item.guessed or (len(things) > 1 and not self._surely(ranked)) or bool(count)
            self._part(f"places-{len(chosen)}", item, options, guessed)
            chosen.append(ranked[0])
        return chosen

    def _within(self, at: int, last: tuple[Item, list[Thing]], things: list[Thing]) -> list[Thing]:
        """ "Khanasir in the countryside of Aleppo": the second only says which Khanasir."""
        items = self.scan.items
        if any(item.sort != "glue" for item in items[items.index(last[0]) + 1 : at]) or (
            at - items.index(last[0]) < 2
        ):
            return []
        above = {area.path for area in self.chooser.areas(things)}
        return [t for t in last[1] if any(t.path.startswith(p) and t.path != p for p in above)]

    def _surely(self, ranked: list[Thing]) -> bool:
        """A town and its own district or province share a name: the town is meant, as everywhere else."""
        first = ranked[0]
        return all(
            first.path.startswith(other.path) or other.path.startswith(first.path)
            for other in ranked[1:]
        )

    def _roles(self, verb: Item | None, whos: list[Who]) -> None:
        name = verb.sense.value if verb and verb.sense else ""
        frame = verb.sense.frame if verb and verb.sense else "plain"
        actor, other = _cast(name, frame, self._once(whos))
        guessed = False
        if verb and verb.sense:
            if frame == "lost" and actor is None and other is not None:
                name, actor, other, guessed = verb.sense.alone or name, other, None, True
            self._part("verb", verb, self.chooser.verb_options(name), guessed)
        for box, who in (("actor", actor), ("other_actor", other)):
            if who is not None:
                things = [t for t in who.item.things if t.what == ACTOR]
                ranked = self.chooser.actors(things)
                self._part(
                    box,
                    who.item,
                    [self.chooser.actor_option(thing) for thing in ranked],
                    who.item.guessed or len(ranked) > 1,
                )

    def _once(self, whos: list[Who]) -> list[Who]:
        """ "Jaysh al-Fatah rebels" names one actor twice."""
        out: list[Who] = []
        for who in whos:
            things = {t for t in who.item.things if t.what == ACTOR}
            last = out[-1] if out else None
            if last and who.item.i == last.item.j and things & set(last.item.things):
                who.item.used = True
                continue
            out.append(who)
        return out

    def _date(self, places: list[Thing], whos: list[Who]) -> None:
        item = next((item for item in self.scan.items if item.sort == "date"), None)
        if item is None or item.when is None:
            return
        texts = self.chooser.dates(item.when, places)
        self._part("date", item, [Option(text, text) for text in texts], item.guessed)

    def _cited(self, cited: list[tuple[Item, str, Item | None]]) -> None:
        actor = next((part for part in self.parts if part.box == "actor"), None)
        actor_thing = self.chooser.actor_called(actor.value) if actor else None
        for row, (item, stance, url) in enumerate(cited):
            things = [thing for thing in item.things if thing.what == SOURCE]
            ranked = self.chooser.sources(things)
            if stance == "said":
                own = actor_thing and actor_thing.pk in self.index.leanings.get(ranked[0].pk, ())
                stance = "claims" if own else "reports"
            options = [self.chooser.source_option(thing) for thing in ranked]
            both = actor is None and any(thing.what == ACTOR for thing in item.things)
            self._part(f"source-{row}", item, options, item.guessed or len(ranked) > 1)
            if both:
                things = self.chooser.actors([t for t in item.things if t.what == ACTOR])
                self._part("actor", item, [self.chooser.actor_option(t) for t in things], True)
                actor = self.parts[-1]
                if stance == "reports" and things[0].pk in self.index.leanings.get(
                    ranked[0].pk, ()
                ):
                    stance = "claims"
            start = self.scan.tokens[item.i].start
            self.parts.append(
                Part(f"stance-{row}", start, start, self.chooser.stance_options(stance))
            )
            if url:
                text = self.scan.tokens[url.i].raw
                self._part(f"url-{row}", url, [Option(text, text)])

    def _unread(self) -> list[tuple[int, int]]:
        """Spans of neighbouring words that went nowhere. Glue between two of them is underlined with them."""
        spans: list[tuple[int, int]] = []
        for item in self.scan.items:
            if item.used or item.sort in ("sep", "glue"):
                continue
            if item.sort == "mark" or (item.sort == "cue" and item.used):
                continue
            start, end = self.scan.tokens[item.i].start, self.scan.tokens[item.j - 1].end
            if spans and not self.scan.text[spans[-1][1] : start].strip():
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
        return spans


def _cast(verb: str, frame: str, whos: list[Who]) -> tuple[Who | None, Who | None]:
    """(actor, other actor) by the frame of the verb."""
    by = next((who for who in whos if who.mark == "by"), None)
    against = next((who for who in whos if who.mark == "from"), None)
    to = next((who for who in whos if who.mark == "to"), None)
    bare = [who for who in whos if not who.mark]
    first = bare[0] if bare else None
    second = next((who for who in bare[1:] if not who.before), None)
    if verb in LEVEL:
        return (whos[0] if whos else None), (whos[1] if len(whos) > 1 else None)
    if frame == "lost":
        return to or by or second or (against if against is not first else None), first
    if frame == "fell":
        return to or by or first, against
    if verb in LEAVING:
        return first or by, (to or (by if first else None) or second)
    if by:
        return by, first or against
    return first, against or second or to
