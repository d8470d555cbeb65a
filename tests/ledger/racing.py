"""Two publishers at once, on connections of their own; who waits for whom is read from PostgreSQL's locks."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import TypeVar

from django.db import connection, transaction

Answer = TypeVar("Answer")
# Seconds until a test fails that waits for what never comes.
PATIENCE = 180


class Race:
    """`open` runs work and leaves its transaction open until `commit`; `start` runs work beside it."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self.pool, self.end = pool, Event()

    def open(self, work: Callable[[], Answer]) -> tuple[int, Answer, Future[None]]:
        """(the connection's process, what the work gave, the commit to come)."""
        done: Future[tuple[int, Answer]] = Future()

        def there() -> None:
            try:
                with transaction.atomic():
                    done.set_result((process(), work()))
                    self.end.wait(PATIENCE)
            except BaseException as error:
                if not done.done():
                    done.set_exception(error)
                raise
            finally:
                connection.close()

        running = self.pool.submit(there)
        pid, answer = done.result(PATIENCE)
        return pid, answer, running

    def start(self, work: Callable[[], Answer]) -> tuple[int, Future[Answer]]:
        """(the connection's process, the answer to come)."""
        begun: Future[int] = Future()

        def there() -> Answer:
            try:
                begun.set_result(process())
                return work()
            finally:
                connection.close()

        running = self.pool.submit(there)
        return begun.result(PATIENCE), running

    def commit(self) -> None:
        self.end.set()


@contextmanager
def race(threads: int = 2) -> Iterator[Race]:
    with ThreadPoolExecutor(threads) as pool:
        racing = Race(pool)
        try:
            yield racing
        finally:
            racing.commit()


def process() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def waits_for(waiting: int, holding: int) -> bool:
    """Whether one process comes to wait for the other's locks: asked again until it does, or time is up."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s = ANY(pg_blocking_pids(%s))", [holding, waiting])
            if cursor.fetchone()[0]:
                return True
    return False
