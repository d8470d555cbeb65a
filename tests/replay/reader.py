"""An independent reader of the readers' files, written from docs/data-formats.md alone: it imports nothing of ours."""

import json
from dataclasses import dataclass
from typing import Any


class Bytes:
    """A cursor over bytes."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, count: int) -> bytes:
        piece = self.data[self.at : self.at + count]
        assert len(piece) == count, "truncated"
        self.at += count
        return piece

    def varint(self) -> int:
        value, scale = 0, 1
        while True:
            (byte,) = self.take(1)
            value += byte % 128 * scale
            if byte < 128:
                return value
            scale *= 128


@dataclass
class File:
    head: dict[str, Any]
    columns: dict[str, list[Any]]


def read(data: bytes) -> File:
    cursor = Bytes(data)
    assert cursor.take(4) == b"CTRP"
    assert cursor.take(1) == b"\x02", "another format"
    head = json.loads(cursor.take(cursor.varint()))
    columns = {}
    for name, coding, count, size in head["columns"]:
        part = Bytes(cursor.take(size))
        if coding == "t":
            columns[name] = part.take(size).decode().split("\n") if count else []
        elif coding == "b":
            columns[name] = list(part.take(size))
        else:
            values = [part.varint() for _ in range(count)]
            if coding == "z":
                values = [v // 2 if v % 2 == 0 else -(v + 1) // 2 for v in values]
            columns[name] = values
        assert coding == "t" or part.at == size, name
        assert len(columns[name]) == count, name
    assert cursor.at == len(data), "more than the head says"
    return File(head, columns)


def summed(values: list[int]) -> list[int]:
    total, found = 0, []
    for value in values:
        total += value
        found.append(total)
    return found


def places(data: bytes) -> list[dict[str, Any]]:
    """Of each place kind, parent, x, y and population, as the file of places has them."""
    file = read(data)
    x, y = iter(summed(file.columns["x"])), iter(summed(file.columns["y"]))
    found = []
    for at, kind in enumerate(file.columns["kind"]):
        up, flags = file.columns["up"][at], file.columns["flags"][at]
        people = file.columns["people"][at]
        found.append(
            {
                "kind": file.head["kinds"][kind],
                "parent": at - up if up else None,
                "x": next(x) if flags & 1 else None,
                "y": next(y) if flags & 1 else None,
                "population": people - 1 if people else None,
                "approximate": bool(flags & 2),
            }
        )
    return found


def names(data: bytes) -> dict[int, dict[str, Any]]:
    """Position -> slug, name and names in other languages."""
    file = read(data)
    positions = summed(file.columns["at"])
    found = {
        at: {"slug": slug, "name": name, "names": {}}
        for at, slug, name in zip(
            positions, file.columns["slug"], file.columns["name"], strict=True
        )
    }
    for language in file.head["languages"]:
        lines = summed(file.columns[f"{language}_at"])
        for line, name in zip(lines, file.columns[f"{language}_name"], strict=True):
            found[positions[line]]["names"][language] = name
    return found


def standings(head: dict[str, Any]) -> list[dict[str, Any]]:
    names = ("state", "holds", "to", "contests", "besieges", "present", "disputed")
    return [
        {**dict(zip(names, row, strict=True)), "disputed": bool(row[6])}
        for row in head["standings"]
    ]


def now(data: bytes) -> list[dict[str, Any]]:
    file = read(data)
    table = standings(file.head)
    return [table[number] for number in file.columns["standing"]]


def timeline(data: bytes) -> list[tuple[int, int, dict[str, Any]]]:
    """(day, place, standing) of one period."""
    file = read(data)
    table = standings(file.head)
    place, standing = iter(file.columns["place"]), iter(file.columns["standing"])
    day, rows = file.head["from"], []
    for gap, more in zip(file.columns["gap"], file.columns["more"], strict=True):
        day += gap
        at = -1
        for _ in range(more + 1):
            at += next(place) + 1
            rows.append((day, at, table[next(standing)]))
    assert next(place, None) is None
    return rows


def tally(data: bytes) -> dict[tuple[int, int], int]:
    """(day, actor, -1 for nobody) -> how many changes."""
    file = read(data)
    found: dict[tuple[int, int], int] = {}
    for day, _, own in timeline(data):
        if own["state"] == "held":
            key = (day, own["holds"][0])
            found[key] = found.get(key, 0) + 1
    day = file.head["from"]
    rest = (file.columns[name] for name in ("rest_gap", "rest_actor", "rest_times"))
    for gap, actor, times in zip(*rest, strict=True):
        day += gap
        found[day, actor - 1] = found.get((day, actor - 1), 0) + times
    return {key: times for key, times in found.items() if times}


def known(
    told: bytes, once: bytes, at: int
) -> tuple[list[tuple[int, int, dict[str, Any]]], dict[tuple[int, int], int]]:
    """Rows and tally of one period as known at the instant `at`, in microseconds."""
    file = read(once)
    instants = summed(file.columns["instant"])
    since = [instants[n] for n in summed(file.columns["row_since"])]
    rows = [row for row, said in zip(timeline(told), since, strict=True) if said <= at]
    table = standings(file.head)
    names = ("past_place", "past_standing", "past_since", "past_until")
    days = summed(file.columns["past_gap"])
    for day, *values in zip(days, *(file.columns[name] for name in names), strict=True):
        place, standing, start, end = values
        if instants[start] <= at < instants[end]:
            rows.append((file.head["from"] + day, place, table[standing]))
    tally: dict[tuple[int, int], int] = {}
    changes = zip(
        summed(file.columns["change_gap"]),
        file.columns["change_actor"],
        summed(file.columns["change_since"]),
        file.columns["change_until"],
        strict=True,
    )
    for day, actor, start, end in changes:
        if instants[start] <= at and (end == 0 or at < instants[end - 1]):
            key = (file.head["from"] + day, actor - 1)
            tally[key] = tally.get(key, 0) + 1
    return rows, tally


Shape = tuple[int, int, list[list[tuple[int, int]]]]


def geometry(data: bytes) -> list[Shape]:
    """(role, of, rings) of each shape: rings as corners, by walking the arcs."""
    file = read(data)
    flow = {name: iter(values) for name, values in file.columns.items()}
    arcs: list[list[tuple[int, int]]] = []
    uses: list[int] = []
    pen = (0, 0)

    def ring() -> list[tuple[int, int]]:
        nonlocal pen
        walked: list[int] = []
        path: list[tuple[int, int]] = []
        rank = next(flow["start"])
        if rank:
            free = [n for n, arc in enumerate(arcs) if uses[n] == 1 and arc[0] != arc[-1]]
            number = free[-rank]
            path = arcs[number] if next(flow["forward"]) else arcs[number][::-1]
            uses[number] += 1
            walked.append(number)
        else:
            pen = (pen[0] + next(flow["sx"]), pen[1] + next(flow["sy"]))
            path = [pen]
        home = path[0]
        while len(path) < 2 or path[-1] != home:
            choice = next(flow["step"])
            if choice:
                here = [
                    n
                    for n, arc in enumerate(arcs)
                    if n not in walked and arc[0] != arc[-1] and path[-1] in (arc[0], arc[-1])
                ]
                number = sorted(here, key=lambda n: (uses[n], -n))[choice - 1]
                arc = arcs[number]
                path = path + (arc[1:] if arc[0] == path[-1] else arc[-2::-1])
                uses[number] += 1
            else:
                points = next(flow["points"])
                arc = [path[-1]]
                pen = path[-1]
                for _ in range(points // 2 + (1 - points % 2)):
                    pen = (pen[0] + next(flow["dx"]), pen[1] + next(flow["dy"]))
                    arc.append(pen)
                if points % 2:
                    arc.append(home)
                number = len(arcs)
                arcs.append(arc)
                uses.append(1)
                path = path + arc[1:]
            walked.append(number)
        return path[:-1]

    of, found = 0, []
    shapes = zip(*(file.columns[name] for name in ("role", "of", "rings")), strict=True)
    for role, step, count in shapes:
        of += step
        found.append((role, of, [ring() for _ in range(count)]))
    return found
