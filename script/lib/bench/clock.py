"""Timing: medians, percentiles, and what a command took."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def median(figures: list[float]) -> float:
    return statistics.median(figures)


def percentile(figures: list[float], hundredth: int) -> float:
    return sorted(figures)[min(len(figures) * hundredth // 100, len(figures) - 1)]


@dataclass(frozen=True)
class Took:
    """A command, from its start to its end: seconds by the clock, and the most memory it had, in MiB."""

    seconds: float
    memory: float


def command(*arguments: str) -> Took:
    """Run a management command as an operator does. What it says goes to stderr; raises where it fails."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "manage.py", *arguments], stdout=sys.stderr)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"manage.py {' '.join(arguments)} failed")
    unit = 1 if sys.platform == "darwin" else 1024
    return Took(time.perf_counter() - start, usage.ru_maxrss * unit / 2**20)
