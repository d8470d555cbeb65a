"""Which names of a sentence are its sources, and their stance."""

from itertools import pairwise

from events.gazetteer import ACTOR, SOURCE, Index

from .scan import Item, Scan

STANCES = {
    "reports": "reports",
    "relays": "relays",
    "confirms": "confirms",
    "claims": "claims",
    "denies": "denies",
    "said": "said",
    "said_reports": "reports",
    "said_confirms": "confirms",
    "said_claims": "claims",
    "said_denies": "denies",
}
Cited = tuple[Item, str, Item | None]
STOPS = frozenset(";—–؛")
LISTS = frozenset(",،;؛—–-:")


def cite(scan: Scan, index: Index, verb: Item | None) -> list[Cited]:
    """(source's item, stance, its address). Stance "said" is a claim where the source is the actor's own; "relays":
    it is whom the one before quotes.
    """
    items = scan.items
    cited: dict[int, tuple[Item, str]] = {}

    def take(at: int, stance: str) -> bool:
        item = items[at]
        if item.sort != "name" or item.used or not _is_source(item):
            return False
        item.used = True
        cited[at] = (item, stance)
        return True

    for at, item in enumerate(items):
        if item.sort != "cue" or not item.sense:
            continue
        stance = STANCES[item.sense.value]
        said = item.sense.value.startswith("said")
        if stance == "relays":
            # "AFP, quoting SOHR": who quotes says so as much as who is quoted.
            agency = _beside(scan, at, -1, over=("glue", "sep"))
            if agency is not None:
                take(agency, "reports")
        before, after = _beside(scan, at, -1), _beside(scan, at, 1)
        if said and _beside(scan, at, -1, over=("glue", "sep")) in cited:
            # "AFP, quoting SOHR, said": by whom is known already.
            item.used = True
        elif said and before is not None and take(before, stance):
            item.used = True
        elif after is not None and take(after, stance):
            item.used = True
            _list_on(scan, after, stance, take)
    _segments(scan, verb, take)
    urls = [item for item in items if item.sort == "url"]
    out: list[Cited] = []
    order = sorted(cited)
    for place, at in enumerate(order):
        until = items[order[place + 1]].i if place + 1 < len(order) else len(scan.tokens)
        url = next((u for u in urls if items[at].j <= u.i < until and not u.used), None)
        url = url or (next((u for u in urls if not u.used), None) if place == 0 else None)
        if url:
            url.used = True
        out.append((*cited[at], url))
    return out


def _is_source(item: Item) -> bool:
    return any(thing.what == SOURCE for thing in item.things)


def _beside(scan: Scan, at: int, step: int, over: tuple[str, ...] = ("glue",)) -> int | None:
    """The next item that is no glue, nor else of what lies `over` it, if it is a name."""
    at += step
    while 0 <= at < len(scan.items) and scan.items[at].sort in over:
        at += step
    return at if 0 <= at < len(scan.items) and scan.items[at].sort == "name" else None


def _list_on(scan: Scan, at: int, stance: str, take) -> None:  # type: ignore[no-untyped-def]
    """ "according to AFP and Reuters"."""
    items = scan.items
    while at + 2 < len(items):
        between = items[at + 1]
        joins = between.sort == "mark" and between.sense and between.sense.value == "and"
        if not joins or not _is_source(items[at + 2]) or not take(at + 2, stance):
            return
        at += 2


def _segments(scan: Scan, verb: Item | None, take) -> None:  # type: ignore[no-untyped-def]
    """Names that stand alone between signs, once the change is said: "…, SOHR", "— Reuters", "SOHR: …"."""
    items = scan.items
    where = items.index(verb) if verb in items else -1
    bounds = [at for at, item in enumerate(items) if _divides(scan, item)]
    edges = [-1, *bounds, len(items)]
    for left, right in pairwise(edges):
        inside = [
            at
            for at in range(left + 1, right)
            if items[at].sort not in ("glue", "url", "sep", "date")
            and not (
                items[at].sort == "mark" and items[at].sense and items[at].sense.value == "and"
            )
        ]
        names = [at for at in inside if items[at].sort == "name"]
        if not names or len(names) != len(inside):
            continue
        sign = scan.tokens[items[left].i].raw if left >= 0 else ""
        leads = left < 0 and right < len(items) and scan.tokens[items[right].i].raw == ":"
        after = where >= 0 and left > where
        for at in names:
            actor = any(thing.what == ACTOR for thing in items[at].things)
            if leads or (after and (not actor or sign in STOPS or sign == "-")):
                take(at, "reports")


def _divides(scan: Scan, item: Item) -> bool:
    token = scan.tokens[item.i]
    if item.sort != "sep" or token.raw not in LISTS:
        return False
    return token.raw != "-" or not token.joined
