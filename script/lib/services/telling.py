"""What a person is told: progress, what went wrong, and a log's reason for it in one line."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import NoReturn

NAME = os.environ.get("TRACKER_SCRIPT", "script/server")
SAY_FD = int(os.environ.get("SAY_FD", "1"))


class Stop(Exception):
    """What went wrong, in one line for a person."""


def say(text: str) -> None:
    # The pipe's reader has gone: nobody to tell, nothing to do.
    with contextlib.suppress(OSError):
        os.write(SAY_FD, f"{text}\n".encode())


def fail(text: str) -> NoReturn:
    print(f"{NAME}: {text}", file=sys.stderr, flush=True)
    raise SystemExit(1)


def last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [li for li in lines if any(w in li for w in ("FATAL", "PANIC", "rror", "refus"))]
    return (telling or lines or ["no reason given"])[-1][:300]


def why(log: Path, start: int = 0) -> str:
    """What a log says since `start`, in a line."""
    with contextlib.suppress(OSError), log.open(errors="replace") as stream:
        stream.seek(start)
        text = stream.read()
        if "No space left on device" in text or "disk full" in text.lower():
            return "the disk is full"
        return f"{last_line(text)} (see {log})"
    return f"see {log}"
