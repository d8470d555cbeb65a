"""Sixteen clients at once over two hundred places, bare and through the ledger."""

from __future__ import annotations

import contextlib
import multiprocessing
import random
import time
from collections.abc import Callable
from typing import Any

CLIENTS, PLACES, SECONDS = 16, 200, 6.0
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
