"""The command itself: starting it, passing signals on to it, and what its end means."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

from .home import ROOT
from .processes import die_with_parent, end_by_force
from .server import announce, quieten
from .signals import Signals
from .telling import Stop

OWNERS = "MIGRATE_DATABASE_URL"
PATIENCE = 12  # seconds: Honcho itself gives its processes five


def run(command: list[str], port: int | None, accounts: bool) -> int:
    """The command until it ends or a signal comes; 128 + the signal's number in that case."""
    apart = port is not None
    if apart:
        quieten()
    stopped: list[int] = []
    with Signals.deferred():
        process = subprocess.Popen(
            command,
            cwd=ROOT if apart else None,
            # What serves does not know how the tables' owner is reached.
            env={k: v for k, v in os.environ.items() if not (apart and k == OWNERS)},
            start_new_session=apart,
            preexec_fn=die_with_parent if apart else None,
        )

        def pass_on(number: int, _frame: object = None) -> None:
            # The terminal sends Ctrl-C to the command as well; sent twice it would be taken for impatience.
            if not apart:
                if number != signal.SIGINT or not sys.stdin.isatty():
                    process.send_signal(number)
                return
            if not stopped:
                process.send_signal(signal.SIGTERM)
                timer = threading.Timer(PATIENCE, end_by_force, [process])
                timer.daemon = True
                timer.start()
            stopped.append(number)

        for number in Signals.numbers:
            signal.signal(number, pass_on)
        if Signals.waiting:
            pass_on(Signals.waiting)
            Signals.waiting = 0
    if port is not None:
        threading.Thread(target=announce, args=(port, accounts, process), daemon=True).start()
    status = process.wait()
    if stopped:
        return 128 + stopped[0]
    if apart and status:
        raise Stop(
            "one of web, worker and beat ended by itself, so the others were stopped: see above"
        )
    return status if status >= 0 else 128 - status
