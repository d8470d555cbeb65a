"""One made war asked and published to, in a process with Django set up.

Floors and product take turns, date by date, so that what else the machine does falls on both alike.
"""

from __future__ import annotations

import gc
import json
import random
import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from django.db import connection
from psycopg2 import OperationalError

from bench import asking, crowd, floors
from bench.clock import median, milliseconds, percentile
from bench.made import SLUG
from events.ledger import everywhere
from events.models import Change, Place, Span

PUBLISHED = 200
HISTORY = f"/api/v1/conflicts/{SLUG}/places/{{}}/history"


def fetch(sql: str, values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def ask(times: int) -> dict[str, float]:
    """Milliseconds, medians."""
    now, past = everywhere.rows_sql(then=False), everywhere.rows_sql(then=True)
    instants = list(
        Change.objects.order_by("recorded_at").values_list("recorded_at", flat=True).distinct()
    )
    chance = random.Random(2)  # noqa: S311
    slugs = list(Place.objects.filter(kind="town").values_list("slug", flat=True))
    asking.standing(asking.days(1)[0])
    # as gunicorn.conf.py does in each web process
    gc.collect()
    gc.freeze()
    works: dict[str, Callable[[date, datetime, datetime, str], object]] = {
        "floor": lambda day, at, known, slug: fetch(floors.AS_OF, [at]),
        "sql": lambda day, at, known, slug: fetch(now, {"at": at}),
        "sql_known": lambda day, at, known, slug: fetch(past, {"at": at, "known": known}),
        "floor_json": lambda day, at, known, slug: fetch(floors.AS_JSON, [at]),
        "standing": lambda day, at, known, slug: asking.standing(day),
        "known": lambda day, at, known, slug: asking.standing(day, known_at=known.isoformat()),
        "history": lambda day, at, known, slug: asking.get(HISTORY.format(slug)),
    }
    found: dict[str, list[float]] = {name: [] for name in works}
    for day in asking.days(times):
        asked = (day, asking.close_of(day), chance.choice(instants), chance.choice(slugs))
        for name, work in works.items():
            found[name].append(milliseconds(partial(work, *asked)))
    return {name: median(figures) for name, figures in found.items()}


def publish(province: str) -> dict[str, float]:
    desk = asking.Desk("alone", 10_000)
    for _ in range(10):
        desk.publish_one()
    alone = [milliseconds(desk.publish_one) for _ in range(PUBLISHED)]
    reached: list[int] = []
    wide = [milliseconds(lambda: reached.append(desk.publish_province(province))) for _ in range(3)]
    return {
        "publish": median(alone),
        "publish_p95": percentile(alone, 95),
        "province": median(wide),
        "reached": reached[0],
    }


def together() -> dict[str, float]:
    connection.close()
    bare, ours, errors = [], [], 0
    for _ in range(2):
        floors.make_crowded(crowd.PLACES)
        bare.append(crowd.rate(crowd.bare)[0])
        rate, failed = crowd.rate(crowd.publishing)
        ours.append(rate)
        errors += failed
    found = {"crowd_floor": median(bare), "crowd": median(ours)}
    for name, flush in crowd.FLUSHES.items():
        connection.close()
        try:
            floors.make_crowded(crowd.PLACES)
            with crowd.dear_commits(flush) as alone:
                rate, _none = crowd.rate(crowd.bare)
                connection.close()
                floors.make_crowded(crowd.PLACES)
                mine, failed = crowd.rate(crowd.publishing)
        except OperationalError as error:
            print(f"no rows of dear commits: {error}", file=sys.stderr)
            break
        found |= {f"commit {name}": alone, f"crowd_floor {name}": rate, f"crowd {name}": mine}
        errors += failed
    connection.close()
    return {**found, "crowd_errors": errors}


def figures(times: int, province: str) -> str:
    """All of it, as a JSON object. `times`: how many dates are asked for."""
    floors.make_asked()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    facts = {
        "places": Place.objects.count(),
        "changes": Change.objects.count(),
        "spans": Span.objects.count(),
        "current": Span.objects.known().count(),
    }
    return json.dumps({**facts, **ask(times), **publish(province), **together()})
