"""A place of its own that is called by a town's name: "Tripoli airport" is not Tripoli."""

from dataclasses import dataclass

from events.gazetteer import PLACE, Index, Thing, fold_name
from events.models import Place

from .lexicon import Lexicon
from .scan import Item, Scan
from .tokens import WORD, Token

# "Deir ez-Zor military air base"
MOST_BETWEEN = 3
CLITICS = "وفبلك"


@dataclass(frozen=True, slots=True)
class Feature:
    """Tokens `[i, j)`: the town's name and what it is of it; `things`: the places that are called so."""

    i: int
    j: int
    words: str
    things: list[Thing]


def feature_of(
    scan: Scan, item: Item, towns: list[Thing], index: Index, words: Lexicon
) -> Feature | None:
    """What `item`, the name of `towns`, is only the first word of, or in Arabic the last."""
    if any(thing.kind == Place.Kind.SITE for thing in towns):
        return None
    i, j = _before(scan.tokens, item, words), _after(scan.tokens, item, words)
    if (i, j) == (item.i, item.j):
        return None
    start = scan.tokens[i].start
    word = scan.tokens[i if i < item.i else j - 1].low
    if word not in words.features:
        start, word = start + 1, word[1:]  # the mark that Arabic joins to it
    said = scan.text[start : scan.tokens[j - 1].end]
    return Feature(i, j, said, _called(towns, fold_name(word), index))


def _after(tokens: list[Token], item: Item, words: Lexicon) -> int:
    for at in range(item.j, min(item.j + MOST_BETWEEN + 1, len(tokens))):
        token = tokens[at]
        if token.sort != WORD or not token.raw.isascii():
            break
        if token.low in words.features:
            # "air base", "border crossing": the last of them ends it
            return at + 1
        if token.low not in words.of_features:
            break
    return item.j


def _before(tokens: list[Token], item: Item, words: Lexicon) -> int:
    at = item.i - 1
    if at < 0 or item.joined or tokens[at].sort != WORD or tokens[at].raw.isascii():
        return item.i
    low = tokens[at].low
    bare = low[1:] if low[:1] in CLITICS else low
    return at if low in words.features or bare in words.features else item.i


def _called(towns: list[Thing], feature: str, index: Index) -> list[Thing]:
    """Places whose name has the feature and, by any of its names, the town: "Tripoli International Airport"."""
    names = {name for town in towns for name in index.of.get((PLACE, town.pk), ())}
    wanted = [{feature, *name.split()} for name in map(fold_name, names)]
    found: list[Thing] = []
    for name, things in index.names.items():
        if feature in name and any(one <= set(name.split()) for one in wanted):
            found += [thing for thing in things if thing.what == PLACE and thing not in towns]
    return list(dict.fromkeys(found))
