"""read(): from what stands in a sentence to who did what where, when, according to whom."""

import itertools
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils import timezone

from events.gazetteer import ACTOR, PLACE, SOURCE, Index, Thing, index_of
from events.models import Conflict

from .choose import MOST, Chooser, in_conflict
from .clauses import Clause, clauses
from .features import Feature, feature_of
from .lexicon import lexicon
from .parts import Option, Part, Reading
from .roles import LEAVING, LEVEL, Who, cast
from .scan import Item, Scan, scan
from .sources import cite

LONGEST = 10_000
HYPHENS = frozenset("-‐‑")


def read(
    conflict: Conflict,
    text: str,
    *,
    on: date | None = None,
    near: tuple[str, ...] = (),
    index: Index | None = None,
) -> Reading:
    """Never raises, whatever is in `text`. `on`: the day of entry (today in the conflict's zone), by which
    "yesterday" is meant; `near`: slugs of places that the draft speaks of already; `index`: the conflict's,
    where many texts are read.
    """
    day = on or timezone.now().astimezone(conflict.zone).date()
    index = index or index_of(conflict)
    found = scan(text[:LONGEST], lexicon(), index, day)
    stated = clauses(found.items)
    chooser = Chooser(conflict, index, day, near)
    readers: list[_Reader] = []
    for clause in stated or (None,):
        # What was taken into one change may be part of the next: a source, a date, the one who did both.
        items = [replace(item) for item in found.items]
        fresh = Scan(found.text, found.tokens, items)
        first = items[stated[0].at] if stated and stated[0].so else None
        readers.append(_Reader(chooser, index, fresh, clause, first, readers[-1:]))
        readers[-1].gather()
    _share(readers)
    readings = [reader.reading(text) for reader in readers if reader is readers[0] or reader.verb]
    reading, *reading.more = readings
    if len(text) > LONGEST:
        reading.unread.append((LONGEST, len(text)))
    return reading


@dataclass(slots=True)
class _Reader:
    """Reads one clause. `first` is the verb of the whole sentence's first change, `before` the reader of the clause
    before, if there is one; `subject` is who did it, for the next one.
    """

    chooser: Chooser
    index: Index
    scan: Scan
    clause: Clause | None
    first: Item | None
    before: list["_Reader"]
    parts: list[Part] = field(default_factory=list)
    subject: Item | None = None

    @property
    def verb(self) -> Item | None:
        """None where a word before it says that it did not happen, or has not yet."""
        return self.scan.items[self.clause.at] if self.clause and self.clause.so else None

    @property
    def window(self) -> list[tuple[int, Item]]:
        """The clause's own items, by their place in the sentence."""
        clause = self.clause
        pairs = list(enumerate(self.scan.items))
        return pairs[clause.start : clause.stop] if clause else pairs

    def gather(self) -> None:
        """Fill `parts`."""
        verb = self.verb
        cited = cite(self.scan, self.index, self.first)
        whos = self._whos(verb)
        count = next((item for _at, item in self.window if item.sort == "count"), None)
        places = self._places(verb, count)
        self._roles(verb, whos)
        if count and places:
            count.used = True
            self._part("place_count", count, [Option(str(count.number), str(count.number))])
        self._date(places)
        self._cited(cited)

    def reading(self, text: str) -> Reading:
        self.parts.sort(key=lambda part: part.start)
        unread = self._unread()
        self._within_what_is_unknown(unread)
        return Reading(text, self.parts, unread)

    def _within_what_is_unknown(self, unread: list[tuple[int, int]]) -> None:
        """ "captured Wxyz in Raqqa province" is no fall of the province: where the name before it is not known, the
        place is a guess.
        """
        tokens = self.scan.tokens
        glue = [item for item in self.scan.items if item.sort == "glue"]
        spans = [(tokens[item.i].start, tokens[item.j - 1].end) for item in glue]
        for part in self.parts:
            if not part.box.startswith("places-"):
                continue
            before = next((end for _start, end in unread[::-1] if end <= part.start), None)
            if before is None:
                continue
            joins = [(a, b) for a, b in spans if before <= a and b <= part.start]
            between = self.scan.text[before : part.start]
            for a, b in reversed(joins):
                between = between[: a - before] + between[b - before :]
            part.guessed = part.guessed or bool(joins and not between.strip())

    def _part(self, box: str, item: Item, options: list[Option], guessed: bool = False) -> None:
        start = self.scan.tokens[item.i].start
        end = self.scan.tokens[item.j - 1].end
        item.used = True
        self.parts.append(Part(box, start, end, options, guessed))

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

    def _whos(self, verb: Item | None) -> list[Who]:
        found: list[Who] = []
        before = True
        for at, item in self.window:
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
        return [*self._elided(verb, found), *found]

    def _elided(self, verb: Item | None, whos: list[Who]) -> list[Who]:
        """ "SDF entered Raqqa and captured al-Meshleb": who did the one did the other. In Arabic, who stands bare
        after its verb is its subject.
        """
        subject = self.before[0].subject if self.before else None
        if verb is None or subject is None or not (self.clause and self.clause.elided):
            return []
        latin = self.scan.tokens[verb.i].raw.isascii()
        named = any(who.mark in ("", "by") and (who.before or not latin) for who in whos)
        return (
            [] if named or any(who.mark == "by" for who in whos) else [Who(subject, "", True, True)]
        )

    def _rather_a_place(self, item: Item, verb: Item | None) -> bool:
        return item.guessed and any(thing.what == PLACE for thing in item.things)

    def _places(self, verb: Item | None, count: Item | None) -> list[Thing]:
        wanted = []
        for at, item in self.window:
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
        features = [
            feature_of(self.scan, item, things, self.index, lexicon()) for item, things in wanted
        ]
        for (item, things), feature in zip(wanted, features, strict=True):
            if feature:
                self._feature(feature, things, len(chosen))
                chosen.append((feature.things or things)[0])
                continue
            if any(other and other.i <= item.i < other.j for other in features):
                continue  # a quarter that is called "Airport"
            ranked = self.chooser.places(things, area=count is not None, beside=chosen)
            if ranked[0] in chosen:
                item.used = True
                continue
            options = [self.chooser.place_option(thing) for thing in ranked]
            guessed = item.guessed or (len(things) > 1 and not self._surely(ranked)) or bool(count)
            self._part(f"places-{len(chosen)}", item, options, guessed)
            chosen.append(ranked[0])
        return chosen

    def _feature(self, feature: Feature, towns: list[Thing], row: int) -> None:
        """What the gazetteer has by all the words, as a guess; else the words themselves, which nobody knows: the town
        is offered, and never taken for it.
        """
        things = [*feature.things, *(thing for thing in towns if thing not in feature.things)]
        options = [self.chooser.place_option(thing) for thing in things[:MOST]]
        if not feature.things:
            options.insert(0, Option(feature.words, feature.words))
        items = [i for i in self.scan.items if i.i < feature.j and i.j > feature.i]
        for item in items:
            item.used = True
        end = self.scan.tokens[feature.j - 1].end
        start = end - len(feature.words)
        self.parts.append(Part(f"places-{row}", start, end, options, guessed=True))

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
        actor, other = cast(name, frame, self._once(whos))
        guessed = False
        if verb and verb.sense:
            if frame == "lost" and actor is None and other is not None:
                name, actor, other, guessed = verb.sense.alone or name, other, None, True
            self._part("verb", verb, self.chooser.verb_options(name), guessed)
        subject = other if frame == "lost" and actor is not None and other is not None else actor
        self.subject = subject.item if subject else None
        for box, who in (("actor", actor), ("other_actor", other)):
            if who is not None:
                things = [t for t in who.item.things if t.what == ACTOR]
                ranked = self.chooser.actors(things)
                self._part(
                    box,
                    who.item,
                    [self.chooser.actor_option(thing) for thing in ranked],
                    who.elided or who.item.guessed or len(ranked) > 1,
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

    def _date(self, places: list[Thing]) -> None:
        """Its own, else that of another clause: guessed, where there are several. "Monday" that would be after the
        war's end is a guess too: the text is older than the day of entry.
        """
        dates = [item for item in self.scan.items if item.sort == "date" and item.when]
        own = [item for _at, item in self.window if item.sort == "date" and item.when]
        item = next(iter(own or dates), None)
        if item is None or item.when is None:
            return
        texts = self.chooser.dates(item.when, places)
        astray = item.when.relative and not in_conflict(self.chooser.conflict, texts[0])
        guessed = item.guessed or astray or (not own and len(dates) > 1)
        self._part("date", item, [Option(text, text) for text in texts], guessed)
        self.parts[-1].relative = item.when.relative

    def _cited(self, cited: list[tuple[Item, str, Item | None]]) -> None:
        actor = next((part for part in self.parts if part.box == "actor"), None)
        actor_thing = self.chooser.actor_called(actor.value) if actor else None
        row, quoting = -1, False
        for item, stance, url in cited:
            things = [thing for thing in item.things if thing.what == SOURCE]
            ranked = self.chooser.sources(things)
            if stance == "relays" and row >= 0 and not quoting:
                options = [self.chooser.source_option(thing) for thing in ranked]
                self._part(f"relays-{row}", item, options, item.guessed or len(ranked) > 1)
                quoting = True
                continue
            row, quoting = row + 1, False
            stance = "reports" if stance == "relays" else stance
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
        items = [item for _at, item in self.window] if self.before else self.scan.items
        shared = {part.start for part in self.parts}
        for item in items:
            if item.used or item.sort in ("sep", "glue", "mark"):
                continue
            start, end = self.scan.tokens[item.i].start, self.scan.tokens[item.j - 1].end
            if start in shared:
                continue
            between = self.scan.text[spans[-1][1] : start] if spans else ""
            if spans and (not between.strip() or between in HYPHENS):
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
        return spans


def _share(readers: list[_Reader]) -> None:
    """What one clause says for another: "SDF entered and captured Raqqa", "… and SDF withdrew to al-Meshleb"."""
    for reader, after in itertools.pairwise(readers):
        if reader.clause and reader.clause.joined and not _placed(reader):
            reader.parts += _guessed(_placed(after))
    for before, reader in itertools.pairwise(readers):
        leaves = reader.verb and reader.verb.sense and reader.verb.sense.value in LEAVING
        acts = any(part.box == "actor" for part in reader.parts)
        if leaves and acts and not _placed(reader):
            reader.parts += _guessed(_placed(before))


def _placed(reader: _Reader) -> list[Part]:
    return [part for part in reader.parts if part.box.startswith("places-")]


def _guessed(parts: list[Part]) -> list[Part]:
    return [replace(part, guessed=True) for part in parts]
