"""The file of standings: each place's own standing day by day, in columns, delta-coded."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from events.chronology.dates import map_day
from events.chronology.standing import Standing, steps
from events.models import Actor, Change, Conflict, Place, Span

FORMAT = 1
Row = tuple[int, int, int]


def last_day(conflict: Conflict, now: datetime) -> date:
    """The last day of the time bar: the conflict's own, else today or the last change."""
    if conflict.end:
        return conflict.end
    today = now.astimezone(conflict.zone).date()
    latest = Change.objects.filter(conflict=conflict).order_by("-latest").first()
    return max(today, map_day(latest.latest, conflict.zone) if latest else today, conflict.start)


def deltas(values: Iterable[int]) -> list[int]:
    """[3, 3, 5] -> [3, 0, 2]."""
    last, coded = 0, []
    for value in values:
        coded.append(value - last)
        last = value
    return coded


class Standings:
    """The table of distinct standings; entry 0 is "no data"."""

    def __init__(self, actors: list[Actor]) -> None:
        self.actor = {actor.pk: at for at, actor in enumerate(actors)}
        self.rows: list[dict[str, Any]] = []
        self.index: dict[tuple[Any, ...], int] = {}
        self.of(("no_data", (), (), (), (), (), False))

    def of(self, key: tuple[Any, ...]) -> int:
        if key not in self.index:
            self.index[key] = len(self.rows)
            state, *roles, disputed = key
            names = ("holds", "to", "contests", "besieges", "present")
            self.rows.append(
                {
                    "state": state,
                    **{
                        name: sorted(self.actor[actor] for actor in actors)
                        for name, actors in zip(names, roles, strict=True)
                    },
                    "disputed": disputed,
                }
            )
        return self.index[key]

    def add(self, s: Standing) -> int:
        return self.of((s.state, s.holds, s.to, s.contests, s.besieges, s.present, s.disputed))


def standing_rows(
    conflict: Conflict, places: list[Place], table: Standings, days: int
) -> list[Row]:
    """(day, place, standing) sorted; a day before the first is the first, one after the last is left out."""
    spans = Span.objects.filter(place__conflict=conflict).known().by_place()
    rows: list[Row] = []
    for at, place in enumerate(places):
        by_day: dict[int, int] = {}
        for day, standing in steps(spans.get(place.pk, []), conflict.zone):
            offset = max((day - conflict.start).days, 0)
            if offset < days:
                by_day[offset] = table.add(standing)
        last = 0
        for offset in sorted(by_day):
            if by_day[offset] != last:
                rows.append((offset, at, by_day[offset]))
                last = by_day[offset]
    rows.sort()
    return rows


def change_columns(
    conflict: Conflict, changes: list[Change], actors: list[Actor], places: list[Place]
) -> dict[str, list[Any]]:
    """Columns of the Changes for the time bar, sorted by map day, then by order of entry."""
    actor = {a.pk: at for at, a in enumerate(actors)}
    place = {p.pk: at for at, p in enumerate(places)}
    rows = []
    for change in changes:
        day = map_day(change.latest, conflict.zone)
        first = (
            change.earliest.astimezone(conflict.zone).date() if change.earliest else conflict.start
        )
        gaining = change.actor_id
        if change.verb in ("withdrew", "handed_over") and change.other_actor_id:
            gaining = change.other_actor_id
        offset = max((day - conflict.start).days, 0)
        rows.append(
            (
                offset,
                change.day_order,
                change.pk,
                change.public_id,
                max((day - first).days, 0),
                actor.get(gaining, -1),
                change.verb,
                [place[named.place_id] for named in change.named_places.all()],
            )
        )
    rows.sort(key=lambda row: row[:3])
    return {
        "id": [row[3] for row in rows],
        "day": deltas(row[0] for row in rows),
        "first": [row[4] for row in rows],
        "actor": [row[5] for row in rows],
        "verb": [row[6] for row in rows],
        "places": [row[7] for row in rows],
    }


def timeline_file(
    conflict: Conflict,
    actors: list[Actor],
    places: list[Place],
    changes: list[Change],
    end: date,
) -> dict[str, Any]:
    days = (end - conflict.start + timedelta(days=1)).days
    table = Standings(actors)
    rows = standing_rows(conflict, places, table, days)
    return {
        "format": FORMAT,
        "start": conflict.start.isoformat(),
        "days": days,
        "standings": table.rows,
        "day": deltas(row[0] for row in rows),
        "place": [row[1] for row in rows],
        "standing": [row[2] for row in rows],
        "change": change_columns(conflict, changes, actors, places),
    }
