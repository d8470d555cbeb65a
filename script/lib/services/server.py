"""What only a server needs: a free port, a quiet worker, and saying where the site is."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request

from .telling import NAME, Stop, say


def check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise Stop(f"port {port} is only for root; choose another: PORT=8001 {NAME}") from None
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise Stop(f"port {port} is taken; choose another: PORT={port + 1} {NAME}") from None


def announce(port: int, accounts: bool, process: subprocess.Popen[bytes]) -> None:
    """Says where the site is as soon as it answers."""
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2).close()
        except urllib.error.HTTPError:
            pass  # it answers
        except OSError:
            time.sleep(0.1)
            continue
        if accounts:
            password = os.environ.get("DEMO_PASSWORD", "demo")
            say(f"Demo accounts: reporter, editor and chief, password {password}")
        say(f"\nRunning at {address} (Ctrl-C stops everything)\n")
        return


def quieten() -> None:
    """Celery warns of root at length, at each start; a container and a fresh machine know no one else."""
    if os.getuid() == 0:
        filters = [
            os.environ.get("PYTHONWARNINGS", ""),
            "ignore:You're running the worker with superuser",
        ]
        os.environ["PYTHONWARNINGS"] = ",".join(filter(None, filters))
