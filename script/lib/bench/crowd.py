"""Sixteen clients at once over two hundred places, bare and through the ledger.

A machine whose disk acknowledges a commit before it is on the disk measures processors alone. `dear_commits` makes a
commit cost, for both sides alike, what it costs where the disk flushes.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

CLIENTS, PLACES, SECONDS = 16, 200, 6.0
# What a flush takes: of a good network volume or a disk that turns; and where the floors of docs/performance.md were
# first taken, 149 transactions a second of sixteen clients.
FLUSHES = {"10 ms": 10_000, "100 ms": 100_000}
Client = Callable[[int, Any, Any], tuple[int, int]]


def rate(client: Client) -> tuple[float, int]:
    """(transactions a second, errors) of CLIENTS processes for SECONDS, all from the same instant on."""
    context = multiprocessing.get_context("fork")
    barrier, results = context.Barrier(CLIENTS + 1), context.Queue()
    processes = [
        context.Process(target=_run, args=(client, number, barrier, results))
        for number in range(CLIENTS)
    ]
    for process in processes:
        process.start()
    barrier.wait(60)
    start = time.perf_counter()
    found = [results.get(timeout=SECONDS + 60) for _ in processes]
    elapsed = time.perf_counter() - start
    for process in processes:
        process.join()
    return sum(done for done, _ in found) / elapsed, sum(errors for _, errors in found)


@contextlib.contextmanager
def dear_commits(microseconds: int) -> Iterator[float]:
    """Every connection that is made in the block is one of a disk whose flush takes so much longer; gives what one
    commit alone takes then, in milliseconds.

    PostgreSQL itself waits so long before it flushes (`commit_delay`, also for a single writer by `commit_siblings`),
    with the lock that all who commit must have; those who come meanwhile are flushed with it, as on a disk. Only a
    superuser may ask for that: raises psycopg2.OperationalError to others.
    """
    before = os.environ.get("PGOPTIONS")
    os.environ["PGOPTIONS"] = f"-c commit_delay={microseconds} -c commit_siblings=0"
    try:
        yield _alone()
    finally:
        del os.environ["PGOPTIONS"]
        if before is not None:
            os.environ["PGOPTIONS"] = before


def _alone(times: int = 9) -> float:
    from bench.floors import close_one_open_two
    from bench.site import connect

    took = []
    with contextlib.closing(connect()) as connection:
        for place in range(1, times + 1):
            start = time.perf_counter()
            with connection, connection.cursor() as cursor:
                close_one_open_two(cursor, place)
            took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took)


def _run(client: Client, number: int, barrier: Any, results: Any) -> None:
    results.put(client(number, barrier, time.perf_counter))


def bare(number: int, barrier: Any, clock: Callable[[], float]) -> tuple[int, int]:
    from bench.floors import close_one_open_two
    from bench.site import connect

    chance = random.Random(number)  # noqa: S311
    with contextlib.closing(connect()) as connection:
        connection.cursor().execute("SELECT 1")
        barrier.wait()
        end, done = clock() + SECONDS, 0
        while clock() < end:
            with connection, connection.cursor() as cursor:
                close_one_open_two(cursor, chance.randrange(1, PLACES + 1))
            done += 1
    return done, 0


def publishing(number: int, barrier: Any, clock: Callable[[], float]) -> tuple[int, int]:
    from bench.asking import Desk

    desk = Desk(f"crowd {number}", PLACES)
    barrier.wait()
    end, done, errors = clock() + SECONDS, 0, 0
    while clock() < end:
        try:
            desk.publish_one()
            done += 1
        except Exception:
            errors += 1
    return done, errors
