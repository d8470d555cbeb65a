"""Where one change of a sentence ends and the next begins: "IS retook al-Senaa | and SDF withdrew to al-Meshleb"."""

from dataclasses import dataclass

from events.gazetteer import ACTOR, PLACE

from .scan import Item

# What is read of one sentence; a text without a stop is no sentence.
MOST = 12
# After these an actor is no subject: "from SDF and YPG withdrew" are two clauses.
OBJECT = frozenset({"from", "by", "to"})


@dataclass(slots=True)
class Clause:
    """Items `[start, stop)`, their verb at `at`. `so`: nothing before it says that it did not happen.

    `elided`: nobody is named before the verb, so that it may be the subject of the clause before;
    `joined`: nothing but "and" stands between its verb and the next one, which names the place for both.
    """

    at: int
    start: int
    stop: int
    so: bool = True
    elided: bool = False
    joined: bool = False


def clauses(items: list[Item]) -> list[Clause]:
    """In the order of the text. The same verb said again goes on with the same change, unless it has a subject
    or a date of its own.
    """
    found: list[Clause] = []
    so, since = True, 0
    for at, item in enumerate(items):
        if item.sort == "not_so":
            so = False
        elif item.sort == "verb":
            if not found:
                found.append(Clause(at, 0, len(items), so))
            elif len(found) < MOST:
                _next(found, items, at, since, so)
            so, since = True, at + 1
        elif item.sort not in ("glue", "word", "name", "mark"):
            so = True
    return found


def _next(found: list[Clause], items: list[Item], at: int, since: int, so: bool) -> None:
    last = found[-1]
    before, verb = items[last.at], items[at]
    start, named = _begins(items, at, since)
    same = before.sense and verb.sense and before.sense.value == verb.sense.value and last.so == so
    between = items[since:at]
    if same and not any(item.sort == "name" and not _is_actor(item) for item in between):
        # One verb in two parts round its subject, as Arabic says it.
        verb.used = True
        return
    if same and not named and not (_dated(items[last.start : start]) and _own_date(items, at)):
        verb.used = True
        return
    last.joined = bool(between) and all(item.sort in ("glue", "mark") for item in between)
    last.stop = start
    found.append(Clause(at, start, len(items), so, elided=not named))


def _begins(items: list[Item], at: int, since: int) -> tuple[int, bool]:
    """(where the clause of the verb at `at` begins, whether it names a subject of its own), looking back to
    `since`.
    """
    verb = items[at]
    suffers = bool(verb.sense and verb.sense.frame == "fell")
    start, named = at, False
    for back in range(at - 1, since - 1, -1):
        item = items[back]
        if _joins(item):
            start = back
            if not _lists_actors(items, back, since):
                break
            continue
        if item.sort == "glue":
            suffers = suffers or bool(item.sense and item.sense.value == "passive")
        elif item.sort == "name":
            if _before(items, back) in OBJECT:
                break
            if not _is_actor(item):
                if not suffers:
                    break
                suffers = False
            named = True
        elif item.sort == "word":
            named = True
        elif item.sort != "not_so":
            break
        start = back
    return start, named


def _lists_actors(items: list[Item], at: int, since: int) -> bool:
    """Whether the "and" at `at` stands between two actors: "SDF and YPG captured"."""
    before = next((i for i in range(at - 1, since - 1, -1) if items[i].sort != "glue"), -1)
    after = next((i for i in range(at + 1, len(items)) if items[i].sort != "glue"), -1)
    return before >= 0 and after >= 0 and _is_actor(items[before]) and _is_actor(items[after])


def _before(items: list[Item], at: int) -> str:
    """The mark before an item, over glue."""
    for item in reversed(items[max(0, at - 3) : at]):
        if item.sort == "mark" and item.sense:
            return item.sense.value
        if item.sort != "glue":
            break
    return ""


def _joins(item: Item) -> bool:
    return item.sort == "mark" and bool(item.sense and item.sense.value == "and")


def _is_actor(item: Item) -> bool:
    whats = {thing.what for thing in item.things}
    return item.sort == "name" and ACTOR in whats and not (item.guessed and PLACE in whats)


def _dated(items: list[Item]) -> bool:
    return any(item.sort == "date" for item in items)


def _own_date(items: list[Item], at: int) -> bool:
    """Whether a date stands between this verb and the next."""
    for item in items[at + 1 :]:
        if item.sort == "verb":
            return False
        if item.sort == "date":
            return True
    return False
