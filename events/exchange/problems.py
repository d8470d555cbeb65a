"""What is wrong with a row, and what came of an import."""

from collections.abc import Callable
from dataclasses import dataclass, field

from .doubts import Doubts

Progress = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Problem:
    """`line` is that of the file (1 = the header; for shapes, the number of the feature)."""

    line: int
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}, “{self.value}”: {self.reason}"


@dataclass(slots=True)
class Outcome:
    """Counts of things, not of rows, and every problem in the order of the file. `keeps_good`: a bad row does not
    refuse the others.
    """

    keeps_good: bool = False
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    doubts: Doubts = field(default_factory=Doubts)

    def bad(self, line: int, column: str, value: object, reason: str) -> None:
        text = str(value)
        self.problems.append(Problem(line, column, text[:200], reason))

    @property
    def bad_lines(self) -> set[int]:
        return {problem.line for problem in self.problems}
