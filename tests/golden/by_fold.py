"""The standings of a golden timeline by the fold alone: no database, no Django."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from events.chronology.dates import close_of, parse
from events.chronology.fold import FoldSpan, Statement, fold
from events.chronology.standing import NO_DATA, Standing, standing_at
from events.chronology.tree import compose_tree
from events.chronology.verbs import VERBS

AREAS = ("country", "province", "district", "subdistrict")
SHOWN = ("state", "holds", "to", "contests", "besieges", "present", "disputed")


class FoldedTimeline:
    """`golden` as in tests/timelines/: its changes folded place by place."""

    def __init__(self, golden: dict[str, Any]) -> None:
        self.zone = ZoneInfo(golden["timezone"])
        self.places = _parents_first(golden["places"])
        parents = {slug: parent for slug, _, parent in self.places}
        kinds = {slug: kind for slug, kind, _ in self.places}
        self.spans: dict[str, list[FoldSpan]] = {}
        for slug in parents:
            above, at = [], parents[slug]
            while at is not None:
                above.append(at)
                at = parents[at]
            statements = []
            for order, row in enumerate(golden["changes"]):
                for named in row["places"]:
                    uncounted = row.get("place_count") is None or kinds[named] not in AREAS
                    inside = named in above and VERBS[row["verb"]].reaches_inside != "no"
                    if uncounted and (named == slug or inside):
                        depth = self._depth(parents, named)
                        statements.append(self._statement(row, order, depth, named == slug))
            self.spans[slug] = fold(statements)

    def _depth(self, parents: dict[str, str | None], slug: str) -> int:
        above = parents[slug]
        return 0 if above is None else 1 + self._depth(parents, above)

    def _statement(self, row: dict[str, Any], order: int, depth: int, own: bool) -> Statement:
        when = parse(row["date"], self.zone)
        assert when.latest is not None
        return Statement(
            key=order,
            verb=row["verb"],
            actor=row.get("actor") or None,
            other=row.get("other_actor") or None,
            latest=when.latest,
            earliest=when.earliest,
            depth=depth,
            order=(row.get("order") or 0) * 1_000_000 + order,
            ruling=row.get("ruling") or "accepted",
            own=own,
        )

    def at(self, day: date) -> dict[str, dict[str, Any]]:
        instant = close_of(day, self.zone)
        own = {slug: standing_at(spans, instant) for slug, spans in self.spans.items()}
        return plain(compose_tree(self.places, own))


def plain(standings: dict[str, Standing]) -> dict[str, dict[str, Any]]:
    """Comparable with what the replay of the reader's page says: places with data, actors sorted."""
    found = {}
    for slug, standing in standings.items():
        shown = {name: getattr(standing, name) for name in SHOWN}
        shown = {n: list(v) if isinstance(v, tuple) else v for n, v in shown.items()}
        if standing.state != NO_DATA:
            found[slug] = shown
    return found


def _parents_first(places: list[dict[str, Any]]) -> list[tuple[str, str, str | None]]:
    rows = [(p["slug"], p["kind"], p.get("parent") or None) for p in places]
    done: dict[str | None, bool] = {None: True}
    order: list[tuple[str, str, str | None]] = []
    while len(order) < len(rows):
        ready = [row for row in rows if row[0] not in done and row[2] in done]
        assert ready, "a parent is missing"
        order += ready
        done |= {row[0]: True for row in ready}
    return order
