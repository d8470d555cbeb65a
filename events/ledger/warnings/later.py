"""Of very many Changes at once, those that alter what comes after them in a record that stood before: `alters_later`.

One that is published at the desk is folded twice, without it and with it. Here a place is folded once more, without
all that is new, and only where something older comes after something new; into an empty record it costs nothing.
"""

from bisect import bisect_left
from datetime import datetime

from events.chronology.fold import Pairs, Statement, fold

from ..altered import Altered, altered


class Later:
    """`at_place` once for each place, then `see` each of its statements in their order; at the end `found`."""

    def __init__(self) -> None:
        self.keys: set[int] = set()
        self._at_place: list[Statement] = []
        self._older: list[Statement] = []
        # The new ones there that had an effect, by when they were done; and whether anything older came after one.
        self._new: list[tuple[datetime, int]] = []
        self._older_after = False

    def at_place(self) -> None:
        if self._older_after:
            self._judge()
        self._at_place, self._older, self._new, self._older_after = [], [], [], False

    def see(self, said: Statement, new: bool, before: Pairs, after: Pairs) -> None:
        self._at_place.append(said)
        if not new:
            self._older.append(said)
            self._older_after = self._older_after or bool(self._new)
        elif before != after:
            self._new.append((said.latest, said.key))

    def found(self) -> set[int]:
        self.at_place()
        return self.keys

    def _judge(self) -> None:
        instants = [at for at, _key in self._new]
        for one in altered(fold(self._older), instants[0], fold(self._at_place)):
            if not _done_by(one, set(instants)):
                starts = [range_[0] for range_ in (one.before, one.after) if range_]
                self.keys.add(self._new[bisect_left(instants, max(starts)) - 1][1])


def _done_by(one: Altered, instants: set[datetime]) -> bool:
    """It is what a new one itself does at its own time: it begins something, or ends what was there."""
    if one.before is None:
        return one.after is not None and one.after[0] in instants
    return one.after is not None and one.before[0] == one.after[0] and one.after[1] in instants
