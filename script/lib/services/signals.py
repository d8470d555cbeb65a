"""Ctrl-C and its like: when they interrupt, when they wait, and when they are not heard."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator


class Signalled(Exception):
    def __init__(self, number: int) -> None:
        self.number = number


class Signals:
    """Signals become an exception, at once or, where that would leave a mess, a little later."""

    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    waiting = 0
    deferring = False

    @classmethod
    def catch(cls) -> None:
        for number in cls.numbers:
            signal.signal(number, cls.handle)

    @classmethod
    def ignore(cls) -> None:
        for number in cls.numbers:
            signal.signal(number, signal.SIG_IGN)

    @classmethod
    def handle(cls, number: int, _frame: object) -> None:
        if cls.deferring:
            cls.waiting = number
        else:
            raise Signalled(number)

    @classmethod
    @contextlib.contextmanager
    def deferred(cls) -> Iterator[None]:
        cls.deferring = True
        try:
            yield
        finally:
            cls.deferring = False
        if cls.waiting:
            raise Signalled(cls.waiting)
