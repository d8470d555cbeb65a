"""Tokens into items: what each stretch of the text may be, the longest first. One pass, a bounded look ahead."""

from dataclasses import dataclass, field
from datetime import date

from events.gazetteer import ACTOR, PLACE, Index, Thing, fold_name

from .lexicon import Lexicon, Sense
from .tokens import ARTICLES, NUMBER, SIGN, URL, WORD, Token, tokens
from .when import Clockwork, When

MOST_WORDS = 8
CLITICS = "وفبلك"
HYPHENS = frozenset("-‐‑")
PASSIVE = frozenset("is are was were been being be".split())


@dataclass(slots=True)
class Item:
    """Tokens `[i, j)`. `sort`: name, verb, cue, mark, not_so, glue, date, count, url, sep or word."""

    sort: str
    i: int
    j: int
    sense: Sense | None = None
    things: list[Thing] = field(default_factory=list)
    when: When | None = None
    number: int = 0
    guessed: bool = False
    used: bool = False
    # The mark that is joined to an Arabic name: ل, و
    joined: str = ""


@dataclass(slots=True)
class Scan:
    text: str
    tokens: list[Token]
    items: list[Item]


def scan(text: str, words: Lexicon, index: Index, on: date) -> Scan:
    found = tokens(text)
    return Scan(text, found, _Scanner(text, found, words, index, on).items())


class _Scanner:
    def __init__(
        self, text: str, found: list[Token], words: Lexicon, index: Index, on: date
    ) -> None:
        self.text, self.found, self.words, self.index = text, found, words, index
        self.clock = Clockwork(words, found, on)

    def items(self) -> list[Item]:
        out: list[Item] = []
        i = 0
        while i < len(self.found):
            item = self._item(i)
            out.append(item)
            i = item.j
        return self._likenesses(out)

    def _item(self, i: int) -> Item:
        if item := self._of_actor(i):
            return item
        token = self.found[i]
        if token.sort == URL:
            return Item("url", i, i + 1)
        if item := self._count(i):
            return item
        dated = self.clock.at(i)
        phrase = self._phrase(i)
        name = self._name(i)
        if dated and (name is None or dated[1] >= name.j):
            return Item("date", i, dated[1], when=dated[0], guessed=dated[0].guessed)
        if token.sort == SIGN:
            return Item("sep", i, i + 1)
        if name and (phrase is None or self._name_wins(i, name, phrase)):
            return name
        return phrase or Item("word", i, i + 1)

    def _name_wins(self, i: int, name: Item, phrase: Item) -> bool:
        if name.j != phrase.j:
            return name.j > phrase.j
        assert phrase.sense  # noqa: S101  a phrase has its sense
        return phrase.sort == "glue"

    def _count(self, i: int) -> Item | None:
        token = self.found[i]
        number = 0
        if token.sort == NUMBER and token.raw.isdecimal() and len(token.raw) < 6:
            number = int(token.raw)
        elif token.sort == WORD:
            number = self.words.numbers.get(token.low, 0)
        end = number and self._longest(i + 1, "counted_nouns")
        if not end:
            return None
        end = self._longest(end, "counted_in") or end
        return Item("count", i, end, number=number)

    def _longest(self, i: int, sort: str) -> int:
        return max((end for end, sense in self._phrases(i) if sense.sort == sort), default=0)

    def _phrases(self, i: int) -> list[tuple[int, Sense]]:
        if i >= len(self.found):
            return []
        token = self.found[i]
        found = self._from(i, token.low)
        if not found and len(token.low) > 3 and token.low[0] in "وف":
            found = self._from(i, token.low[1:])
        return found

    def _from(self, i: int, first: str) -> list[tuple[int, Sense]]:
        if not first:
            return []
        key, out = first, [(i + 1, s) for s in self.words.phrases.get(first, ())]
        for j in range(i + 1, min(i + self.words.longest.get(first, 0), len(self.found))):
            low = self.found[j].low
            if not low:
                break
            key = f"{key} {low}"
            out += [(j + 1, s) for s in self.words.phrases.get(key, ())]
        return out

    def _phrase(self, i: int) -> Item | None:
        order = {"verb": 0, "not_so": 1, "cue": 2, "mark": 3, "glue": 4}
        found = [(end, s) for end, s in self._phrases(i) if s.sort in order]
        if not found:
            return None
        end, sense = min(found, key=lambda pair: (-pair[0], order[pair[1].sort]))
        return Item(sense.sort, i, end, sense=sense)

    def _name(self, i: int) -> Item | None:
        token = self.found[i]
        if token.sort not in (WORD, NUMBER):
            return None
        best = self._named(i, token.name, "")
        low = token.low
        if best is None and len(low) > 2 and low[0] in CLITICS:
            for taken in (low[2:] if low.startswith("لل") else low[1:],):
                bare = taken.removeprefix("ال") if len(taken) > 4 else taken
                best = self._named(i, bare, low[0]) or best
        return best

    def _of_actor(self, i: int) -> Item | None:
        """ "Russian warplanes", "طائرات روسية": an adjective beside people is the actor that it is of."""
        token = self.found[i]
        if token.sort != WORD or self._name(i):
            return None
        low, j = token.low, i
        end, joined = self._joined(i)
        if joined:
            low, j = f"{low}-{joined}", end - 1
        arabic = not token.raw[0].isascii()
        beside = i - 1 if arabic else j + 1
        people = 0 <= beside < len(self.found) and self.found[beside].low in self.words.people
        name = self.words.of_actor.get(low, "") if people else ""
        things = [t for t in self.index.called(fold_name(name)) if t.what == ACTOR] if name else []
        return Item("name", i, j + 1, things=things) if things else None

    def _joined(self, i: int) -> tuple[int, str]:
        """The word that a hyphen joins to the one at `i`, and where it ends; "" where there is none."""
        pair = self.found[i + 1 : i + 3]
        if len(pair) == 2 and pair[0].raw in HYPHENS and pair[0].joined and pair[1].joined:
            return i + 3, pair[1].low
        return i + 1, ""

    def _named(self, i: int, first: str, joined: str) -> Item | None:
        """The longest name from `i`; `first` stands for the first word. An article in front is passed over."""
        token = self.found[i]
        pieces: list[str] = []
        best: Item | None = None
        for j in range(i, min(i + MOST_WORDS * 2, len(self.found))):
            here = self.found[j]
            if here.sort == SIGN:
                if here.raw in "-‐‑" and here.joined:
                    continue
                break
            if here.sort not in (WORD, NUMBER):
                break
            piece = first if j == i else here.name
            last = " ".join([*pieces, piece]) if piece else ""
            things = self.index.called(last) if last else []
            if (
                things
                and self._allowed(i, j, last)
                and self._joined(j)[1] not in self.words.backing
            ):
                best = Item("name", i, j + 1, things=list(things), joined=joined)
            if not (here.low in ARTICLES and not here.raw.isupper()):
                pieces.append(piece)
            if pieces and self.index.longest.get(pieces[0], 0) <= len(pieces):
                break
        if best and not joined and token.low in ARTICLES and best.j == i + 1:
            return None
        return best

    def _allowed(self, i: int, j: int, name: str) -> bool:
        """A name that is also a common word must be written as a name."""
        token = self.found[i]
        if name not in self.words.capital:
            return True
        if (token.raw.isupper() and len(token.raw) > 1) or i == 0:
            return True
        return token.capital and name not in ("is", "us", "un", "as")

    def _likenesses(self, items: list[Item]) -> list[Item]:
        """Words that are no name as they stand, but sound like one: "Mishlab", "Maskana"."""
        out: list[Item] = []
        k = 0
        while k < len(items):
            run = k
            while run < len(items) and self._may_be_a_name(items[run], run == k):
                run += 1
            while run > k + 1 and items[run - 1].sort == "sep":
                run -= 1
            got = self._like(items, k, run) if run > k else None
            if got:
                out.append(got[0])
                k = got[1]
            elif run > k + 1 and self._one_name(items, k):
                # "Wadi Barada" that is nowhere is no "Barada" either.
                out += items[k:run]
                k = run
            else:
                out.append(items[k])
                k += 1
        return out

    def _one_name(self, items: list[Item], k: int) -> bool:
        """Whether what begins here is a name of several words, rather than a word before a name."""
        return self.found[items[k].i].raw[0].isascii() and not self._ordinary(items[k])

    def _may_be_a_name(self, item: Item, first: bool) -> bool:
        token = self.found[item.i]
        if item.sort == "sep":
            return not first and token.raw in "-‐‑" and token.joined
        if token.low in ARTICLES and not first and item.j == item.i + 1:
            return True
        if item.sort != "word" or token.sort != WORD:
            return False
        return token.capital or not token.raw[0].isascii()

    def _like(self, items: list[Item], k: int, run: int) -> tuple[Item, int] | None:
        """Only for words that stand where a name of that sort would: see `_expected`."""
        for end in range(min(run, k + 6), k, -1):
            words = [
                t.name
                for item in items[k:end]
                for t in self.found[item.i : item.j]
                if t.sort == WORD and t.low not in ARTICLES
            ]
            if not words or self._ordinary(items[k]) or self._ordinary(items[end - 1]):
                continue
            if self._joined(items[end - 1].j - 1)[1] in self.words.backing:
                continue
            things = self._expected(items, k, end, self.index.like(" ".join(words)))
            if things:
                item = Item("name", items[k].i, items[end - 1].j, things=things, guessed=True)
                return item, end
        return None

    def _ordinary(self, item: Item) -> bool:
        return any(token.low in self.words.ordinary for token in self.found[item.i : item.j])

    def _expected(self, items: list[Item], k: int, end: int, things: list[Thing]) -> list[Thing]:
        """What `items[k:end]` may be where it stands. In front of people or another word it says what sort these
        are, and names no place; nor does it in front of a verb, unless that verb is one of which places are the
        subject ("Mishlab fell", "Mishlab was captured by").
        """
        after = items[end] if end < len(items) else None
        if after is None or not things or not self.found[items[k].i].raw[0].isascii():
            return things
        token = self.found[after.i]
        modifies = (after.sort == "word" and token.raw.islower()) or token.low in self.words.people
        if modifies or self._acts(items, end):
            return [thing for thing in things if thing.what != PLACE]
        return things

    def _acts(self, items: list[Item], end: int) -> bool:
        """Whether a verb follows at once, and in the active."""
        for item in items[end:]:
            if item.sort == "verb" and item.sense:
                passive = any(t.low in PASSIVE for t in self.found[items[end].i : item.i])
                return item.sense.frame == "plain" and not passive
            if item.sort not in ("glue", "not_so"):
                break
        return False
