"""The warnings of very many Changes at once, from the fold that an import makes anyway: no query for each.

What a person is asked about at the desk, an operator is told of after an import. `long_ago` and `alters_later` speak
of a record that stands: where nothing was published before, an import brings what is long ago, and nobody has seen
what it alters.
"""

from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from events.chronology.fold import FoldSpan, Pairs, Statement, Watch
from events.chronology.verbs import BESIEGES, CLAIMS, CONTESTS, HOLDS, INSIDE, ROLES
from events.models import Actor, Change, Citation, Conflict, Source

from ..new import NewChange, has_effect
from ..statements import Node
from .dates import is_long_ago
from .history import EXPLAIN_NO_EFFECT, LEAVES, TAKES, WITHOUT_EFFECT, never_at
from .later import Later
from .sources import GAINS_BY_WORD, GIVES_TO_OTHER, ORIGINS, Coalitions, gain, weighed
from .twice import family, overlap

RELAYING = "SELECT id FROM events_report WHERE relays_id IS NOT NULL AND id = ANY(%s)"
# What who leaves must have had.
LEFT = {"withdrew": INSIDE, "handed_over": (HOLDS,), "absent": ROLES}
# A Change at one of the places it names.
At = tuple[int, int]


class Walk:
    """First `origins` and `said`, with the keys under which Changes were appended; then, place by place, `watch` as of
    `ledger.folding`; at the end `found`.
    """

    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict
        stands = Change.objects.filter(conflict=conflict).exists()
        self.later = Later() if stands else None
        self.now = timezone.now()
        self.first: int | None = None
        self.codes: dict[str, set[int]] = defaultdict(set)
        # Of a record that stands nearly every row may be: in order, a number each.
        self.long_ago = array("q")
        # “retook 17 villages” has no effect, so no fold sees it go by.
        self.by_word: list[tuple[int, NewChange, datetime]] = []
        self.retook: set[At] = set()
        self.held: set[At] = set()
        self.leaving: set[At] = set()
        self.left: set[At] = set()
        self.idle: set[int] = set()
        self.changed: set[int] = set()
        leanings = Source.objects.filter(leanings__conflict=conflict)
        self.leanings: dict[int, set[str]] = defaultdict(set)
        for source, slug in leanings.values_list("pk", "leanings__slug"):
            self.leanings[source].add(slug)
        # Those of which all who say so lean to somebody: their sources, and who gains by it.
        self.leaning: dict[int, frozenset[int]] = {}
        self.gaining: dict[int, set[int]] = defaultdict(set)
        self.done_at: dict[int, datetime] = {}

    def said(
        self,
        news: Sequence[NewChange],
        columns: Mapping[str, Sequence[Any]],
        origins: Mapping[int, set[int]],
    ) -> None:
        """`columns` as `append` gives them, `origins` as asked before. Reports know their sources unasked."""
        for new, key, latest in zip(news, columns["id"], columns["latest"], strict=True):
            self.first = key if self.first is None else min(self.first, key)
            if self.later and is_long_ago(latest, self.conflict, self.now):
                self.long_ago.append(key)
            effectless = not any(has_effect(place.kind, new.place_count) for place in new.places)
            if effectless and new.verb == "retook":
                self.by_word.append((key, new, latest))
            if new.ruling != Change.Ruling.ACCEPTED:
                continue
            saying: set[int] = set()
            for cited in new.citations:
                if cited.stance != Citation.Stance.DENIES:
                    report = cited.report
                    saying |= origins.get(report.id, {report.source_id})
                elif not new.ruling_reason.strip():
                    self.codes["denied"].add(key)
            if saying and self.leanings.keys() >= saying:
                self.leaning[key] = frozenset(saying)
                self.done_at[key] = latest
                if effectless:
                    for who, verbs in (
                        (new.actor, GAINS_BY_WORD),
                        (new.other_actor, GIVES_TO_OTHER),
                    ):
                        if who is not None and new.verb in verbs:
                            self.gaining[key].add(who.id)

    def origins(self, news: Sequence[NewChange], cursor: Any) -> dict[int, set[int]]:
        """Of reports that relay others: whose word it is in the end. `cursor` is the driver's or Django's."""
        reports = {cited.report.id for new in news for cited in new.citations}
        found: dict[int, set[int]] = defaultdict(set)
        cursor.execute(RELAYING, [list(reports)])
        relaying = [pk for (pk,) in cursor.fetchall()]
        if relaying:
            cursor.execute(ORIGINS, [relaying])
            for report, source in cursor.fetchall():
                found[report].add(source)
        return found

    def watch(self, node: Node) -> Watch:
        last: dict[tuple[Any, frozenset[str]], Statement] = {}
        began: dict[int, Pairs] = {}
        later = self.later
        if later:
            later.at_place()

        def go(statement: Statement, before: Pairs, after: Pairs, done: list[FoldSpan]) -> None:
            new = self.first is not None and statement.key >= self.first
            if later:
                later.see(statement, new, before, after)
            if new:
                # One that names the place and an area around it goes by twice; it is judged by what was before it.
                before = began.setdefault(statement.key, before)
            if statement.own:
                about = (statement.actor, family(statement.verb))
                self._twice(last.get(about), statement)
                last[about] = statement
            if new:
                area = node.pk if statement.own else node.ancestors[statement.depth]
                self._roles(statement, (statement.key, area), before, done)
                self._effect(statement, before, after)

        return go

    def _twice(self, before: Statement | None, now: Statement) -> None:
        if before is None or self.first is None or max(before.key, now.key) < self.first:
            return
        if overlap((before.earliest, before.latest), (now.earliest, now.latest)):
            self.codes["logged_already"].add(max(before.key, now.key))

    def _roles(self, said: Statement, at: At, before: Pairs, done: list[FoldSpan]) -> None:
        """What who acts needs to have, or not to have, for the verb to be the right one."""
        who, verb = said.actor, said.verb
        if verb == "retook":
            if said.own:
                self.retook.add(at)
            if (who, HOLDS) in before or any(
                span.actor == who and span.role == HOLDS for span in done
            ):
                self.held.add(at)
        elif verb in LEAVES and said.ruling == Change.Ruling.ACCEPTED:
            if said.own:
                self.leaving.add(at)
            if any((who, role) in before for role in LEFT[verb]):
                self.left.add(at)
        if not said.own:
            return
        if verb in TAKES and [one for one, role in before if role == HOLDS] == [who]:
            self.codes["holds_already"].add(said.key)
        elif verb in ("repelled", "relieved") and said.ruling == Change.Ruling.ACCEPTED:
            sought = CONTESTS if verb == "repelled" else BESIEGES
            there = {one for one, role in before if role == sought}
            if said.other is not None:
                there &= {said.other}
            elif verb == "repelled":
                there -= {who}
            if not there:
                code = "nobody_to_repel" if verb == "repelled" else "no_siege"
                self.codes[code].add(said.key)

    def _effect(self, said: Statement, before: Pairs, after: Pairs) -> None:
        holders = {one for one, role in before if role == HOLDS}
        others = {said.other} if said.verb == "shares" and said.other is not None else set()
        confirms = said.verb in ("holds", "shares") and holders == {said.actor} | others
        if _shown(before) != _shown(after):
            self.changed.add(said.key)
        elif said.own and said.verb not in WITHOUT_EFFECT and not confirms:
            self.idle.add(said.key)
        if said.key in self.leaning:
            if before != after:
                gained = gain(weighed(before), weighed(after), said.actor)
                self.gaining[said.key] |= {who for who in gained if who is not None}
            elif said.own and confirms:
                self.gaining[said.key] |= holders

    def found(self) -> "dict[str, array[int]]":
        """Code -> keys of the Changes, in order."""
        self.codes["never_held"] |= {key for key, _place in self.retook - self.held}
        self.codes["never_held"] |= {key for key, new, at in self.by_word if never_at(new, at)}
        self.codes["not_there"] |= {key for key, _place in self.leaving - self.left}
        explained = set().union(*(self.codes[code] for code in EXPLAIN_NO_EFFECT))
        self.codes["no_effect"] |= self.idle - self.changed - explained
        self.codes["partisan"] |= self._partisan()
        self.codes["alters_later"] |= self.later.found() if self.later else set()
        found = {code: array("q", sorted(keys)) for code, keys in self.codes.items()}
        found["long_ago"] = self.long_ago
        return {code: keys for code, keys in sorted(found.items()) if keys}

    def _partisan(self) -> set[int]:
        slugs = dict(Actor.objects.filter(conflict=self.conflict).values_list("pk", "slug"))
        coalitions = Coalitions(self.conflict)
        found = set()
        for key, gaining in self.gaining.items():
            sides = [coalitions.side(slugs[who], self.done_at[key]) for who in gaining]
            if any(
                all(self.leanings[source] & side for source in self.leaning[key]) for side in sides
            ):
                found.add(key)
        return found


def _shown(pairs: Pairs) -> tuple[Pairs, bool]:
    """Of open claims a standing shows only that there are some."""
    claimed = any(role == CLAIMS for _who, role in pairs)
    return frozenset(pair for pair in pairs if pair[1] != CLAIMS) if claimed else pairs, claimed
