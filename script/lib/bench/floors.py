"""Floors: what bare SQL on the same machine can do at all, without a known axis, checks or an application."""

from __future__ import annotations

import contextlib
import io
import time
from typing import Any

from bench.site import connect

AS_OF = "SELECT place_id, actor_id, role FROM floor_asked WHERE valid @> %s::timestamptz"
AS_JSON = """
    SELECT json_agg(json_build_object('place', place_id, 'actor', actor_id, 'role', role, 'since', lower(valid)))::text
    FROM floor_asked WHERE valid @> %s::timestamptz
"""
ASKED = """
    CREATE TABLE floor_asked AS
        SELECT place_id, actor_id, role::text, valid FROM events_span WHERE upper(known) IS NULL;
    CREATE INDEX ON floor_asked USING spgist (valid);
    ANALYZE floor_asked
"""
TABLE = """
    CREATE TABLE {name} (id bigint PRIMARY KEY, place bigint NOT NULL, actor bigint, role text NOT NULL,
        valid tstzrange NOT NULL, known tstzrange NOT NULL, change bigint NOT NULL,
        EXCLUDE USING gist (place WITH =, COALESCE(actor, 0) WITH =, role WITH =, valid WITH &&, known WITH &&));
    CREATE INDEX ON {name} (place);
    CREATE INDEX ON {name} (change)
"""
SPANS = """
    COPY (SELECT id, place_id, actor_id, role, valid, known, change_id FROM events_span
          WHERE upper(known) IS NULL) TO STDOUT
"""

OPEN_TWO = """
    INSERT INTO floor_crowd
    SELECT nextval('floor_crowd_id'), %(place)s, actor, 'holds', valid, tstzrange(%(at)s, NULL), 1
    FROM (VALUES (%(one)s, tstzrange('2012-01-01', %(at)s)), (%(two)s, tstzrange(%(at)s, NULL))) AS new (actor, valid)
"""


def make_asked() -> None:
    with contextlib.closing(connect()) as connection, connection, connection.cursor() as cursor:
        cursor.execute(ASKED)


def copy() -> tuple[float, int]:
    """(seconds, spans): the record's current spans through COPY into a table with the exclusion constraint and three
    indexes.
    """
    with contextlib.closing(connect()) as connection, connection.cursor() as cursor:
        text = io.StringIO()
        cursor.copy_expert(SPANS, text)
        number = text.getvalue().count("\n")
        text.seek(0)
        cursor.execute(TABLE.format(name="floor_copied"))
        start = time.perf_counter()
        cursor.copy_expert("COPY floor_copied FROM STDIN", text, 1 << 17)
        connection.commit()
        return time.perf_counter() - start, number


def make_crowded(places: int) -> None:
    with contextlib.closing(connect()) as connection, connection, connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS floor_crowd; DROP SEQUENCE IF EXISTS floor_crowd_id")
        cursor.execute(TABLE.format(name="floor_crowd"))
        cursor.execute("CREATE SEQUENCE floor_crowd_id CACHE 32")
        cursor.execute(
            "INSERT INTO floor_crowd SELECT nextval('floor_crowd_id'), n, 1, 'holds', "
            "tstzrange('2012-01-01', NULL), tstzrange('2012-01-01', NULL), 1 FROM generate_series(1, %s) AS n",
            [places],
        )


def close_one_open_two(cursor: Any, place: int) -> None:
    """What a publication cannot do with less: one span closed on the known axis, two opened. Then a commit."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [place])
    cursor.execute(
        "SELECT id FROM floor_crowd WHERE place = %s AND upper(known) IS NULL LIMIT 1", [place]
    )
    (span,) = cursor.fetchone()
    cursor.execute(
        "UPDATE floor_crowd SET known = tstzrange(lower(known), clock_timestamp()) WHERE id = %s "
        "RETURNING upper(known)",
        [span],
    )
    (at,) = cursor.fetchone()
    # actors that nobody else has: what is measured is the index, not a conflict
    cursor.execute(OPEN_TWO, {"place": place, "at": at, "one": 2 * span, "two": 2 * span + 1})
