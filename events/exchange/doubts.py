"""What an import published in spite of a warning: a number for each, however many they are."""

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from heapq import merge
from itertools import repeat
from typing import NamedTuple


class Doubt(NamedTuple):
    """A change that was published in spite of a warning: where it begins, its id, the warning's code."""

    line: int
    id: str
    code: str


def _nothing() -> Iterator[tuple[int, str]]:
    return iter(())


@dataclass(slots=True)
class Doubts:
    """Walked over, each in the order of the file. Into a record that stands an import may bring a million that are
    long ago: only their lines are held, and the ids of the first.

    `lines`: code -> lines, in order. `first`: code -> the first of them. `changes`: the line and id of each change of
    the file, in its order, whenever it is called.
    """

    lines: "dict[str, array[int]]" = field(default_factory=dict)
    first: dict[str, list[Doubt]] = field(default_factory=dict)
    changes: Callable[[], Iterable[tuple[int, str]]] = _nothing

    def __len__(self) -> int:
        return sum(map(len, self.lines.values()))

    def __iter__(self) -> Iterator[Doubt]:
        by_line = merge(*(zip(of, repeat(code)) for code, of in self.lines.items()))
        changes = iter(self.changes())
        at, public_id = 0, ""
        for line, code in by_line:
            while at < line:
                at, public_id = next(changes)
            yield Doubt(line, public_id, code)
