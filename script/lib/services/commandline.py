"""The command line: its options, the order of everything, and the exit status."""

from __future__ import annotations

import argparse
import errno
import os
from pathlib import Path

from .home import ROOT
from .locks import Lock
from .prepare import prepare
from .processes import adopt_orphans, bury_orphans
from .run import run
from .server import check_port
from .session import Session
from .signals import Signalled, Signals
from .telling import NAME, Stop, fail, say


def main() -> int:
    parser = argparse.ArgumentParser(prog=NAME)
    parser.add_argument("--test", action="store_true", help="services of their own for the tests")
    parser.add_argument("--server", action="store_true", help="the command serves at $PORT")
    parser.add_argument(
        "--prepare", action="store_true", help="bring the database up to date first"
    )
    parser.add_argument("--demo", action="store_true", help="and load the demo into it")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    command = options.command[1:] if options.command[:1] == ["--"] else options.command

    data = Path(os.environ.get("TRACKER_DATA_DIR") or ROOT / ".local").absolute()
    session: Session | None = None
    Signals.catch()
    adopt_orphans()
    port = int(os.environ.get("PORT") or 8000) if options.server else None
    try:
        try:
            data.mkdir(parents=True, exist_ok=True)
            (data / "locks").mkdir(exist_ok=True)
            if port is not None:
                server = Lock(data / "locks" / "server")
                if not server.try_take():
                    raise Stop(
                        f"a server already runs here: {server.read()}; stop it, "
                        "or choose another directory with TRACKER_DATA_DIR"
                    )
                server.note(f"http://127.0.0.1:{port}, process {os.getpid()}")
                check_port(port)
            session = Session(data, options.test)
            session.open()
            accounts = prepare(session, options.demo) if options.prepare else False
            if options.demo and not options.server and accounts:
                say(
                    f"Demo accounts: reporter, editor and chief, password {os.environ.get('DEMO_PASSWORD', 'demo')}"
                )
            return run(command, port, accounts) if command else 0
        finally:
            # From here on a second Ctrl-C would only leave something running.
            Signals.ignore()
            if session is not None:
                session.close()
            bury_orphans()
    except Signalled as signalled:
        return 128 + signalled.number
    except Stop as stop:
        fail(str(stop))
    except OSError as error:
        if error.errno == errno.ENOSPC:
            fail(f"the disk that holds {data} is full")
        fail(f"{error.strerror or error}: {error.filename or data}")
