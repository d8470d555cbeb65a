"""The rows of `standing` written straight to JSON text: what places have in common is written once.

The same rows as `standing_rows` (tests/api/test_standing_text.py compares them), for a whole war at a time.
"""

import json
from collections.abc import Container, Iterator
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from typing import Any

from events.chronology.standing import NOTHING
from events.chronology.tree import Part
from events.ledger.everywhere import Gazette, time_of

FIELDS = ("state", "holds", "to", "contests", "besieges", "present", "disputed")
UNCONFIRMED = '"last_confirmed": null, "days_unconfirmed": null'
NONE: Part = (NOTHING, None, None)


def text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


@lru_cache(maxsize=4)
def _heads(places: Gazette) -> list[tuple[int, str]]:
    """(place's key, its row up to the standing), kept as long as no place changes."""
    return [
        (pk, text({"place": slug, "name": name, "kind": kind})[:-1])
        for pk, slug, kind, name in places.rows
    ]


@lru_cache(maxsize=20_000)
def _instant(since: float) -> str:
    return text(time_of(since).isoformat())


@lru_cache(maxsize=20_000)
def _body(shown: tuple[Any, ...]) -> tuple[str, str]:
    """Of what `Standing.shown` gives: places that look the same differ in since and change alone."""
    *values, counted = shown
    fields = dict(zip(FIELDS, values, strict=True))
    counts = [{"holds": holders, "places": number} for holders, number in counted]
    return f', {text(fields)[1:-1]}, "since": ', f', "counts": {text(counts)}}}'


def rows_as_json(
    places: Gazette,
    parts: dict[int, Part],
    ids: dict[int, str],
    wanted: Container[int] | None,
    confirmed: dict[int, str] | None = None,
) -> Iterator[str]:
    """A JSON object for each place, or each of `wanted`. `ids`: Change's key -> public id.

    `confirmed`: the text of the fields that say when it was, by the place's key, where they are asked for.
    """
    bodies: dict[int, tuple[str, str]] = {}
    for pk, head in _heads(places):
        if wanted is not None and pk not in wanted:
            continue
        standing, since, key = parts.get(pk, NONE)
        body = bodies.get(id(standing))
        if body is None:
            body = bodies[id(standing)] = _body(standing.shown)
        when = "null" if since is None else _instant(since)
        change = quoted(ids[key]) if key in ids else "null"
        row = f'{head}{body[0]}{when}, "change": {change}{body[1]}'
        if confirmed is not None:
            row = f"{row[:-1]}, {confirmed.get(pk, UNCONFIRMED)}}}"
        yield row
