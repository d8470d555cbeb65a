"""Processes by their numbers: who is alive, who is whose child, and that none is left behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def adopt_orphans() -> None:
    """On Linux, what a stopped server leaves behind comes to us, so that we can wait for it too."""
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)


def bury_orphans() -> None:
    deadline = time.monotonic() + 5
    with contextlib.suppress(ChildProcessError):
        while time.monotonic() < deadline:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                # Services that somebody else still uses are alive, and stay.
                return


def die_with_parent() -> None:
    """On Linux a server whose supervisor was killed outright goes too."""
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def descendants(pid: int) -> list[int]:
    """A process's children, theirs, and so on."""
    try:
        lines = subprocess.run(
            ["ps", "-axo", "pid=,ppid="], capture_output=True, text=True, check=False
        ).stdout
        pairs = [(int(line.split()[0]), int(line.split()[1])) for line in lines.splitlines()]
    except FileNotFoundError:
        pairs = []
        for entry in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError, ValueError, IndexError):
                pairs.append(
                    (int(entry.parent.name), int(entry.read_text().rpartition(")")[2].split()[1]))
                )
    found = [pid]
    for parent in found:
        found += [
            child for child, its_parent in pairs if its_parent == parent and child not in found
        ]
    return found[1:]


def end_by_force(process: subprocess.Popen[bytes]) -> None:
    """For what was asked to end and did not, such as a supervisor whose output's reader has gone."""
    for pid in [*descendants(process.pid), process.pid]:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)
