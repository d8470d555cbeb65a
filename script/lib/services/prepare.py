"""What a database and a checkout need before the site can run: tables, the demo, translations."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from typing import Any

from .database import connect
from .home import ROOT
from .locks import Lock
from .session import Session
from .signals import Signalled
from .stamps import Stamp, digest
from .telling import Stop, last_line, say, why

# The conflict that `load_demo` makes.
DEMO = "syria"


def django(session: Session, what: str, *arguments: str) -> None:
    """A management command, with its output in the log, and in one line why it failed."""
    with session.log.open("a") as log:
        log.write(f"\n== manage.py {' '.join(arguments)}\n")
        log.flush()
        start = log.tell()
        process = subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            status = process.wait()
        except Signalled:
            process.terminate()
            process.wait()
            raise
    if status:
        raise Stop(f"{what} failed: {why(session.log, start)}")


def takes_the_demo(cursor: Any) -> bool:
    """Whether the record is empty, or has the demo already. A newsroom's own gets none: neither Syria
    beside its conflicts, nor accounts that may publish by a known password."""
    cursor.execute("SELECT slug FROM events_conflict")
    slugs = {slug for (slug,) in cursor.fetchall()}
    return not slugs or DEMO in slugs


def room_for_demo() -> bool:
    with contextlib.closing(connect()) as connection, connection.cursor() as cursor:
        return takes_the_demo(cursor)


def prepare(session: Session, demo: bool) -> bool:
    """Tables, messages and the demo, whichever of them is missing. True when it made the demo."""
    made = False
    with Lock(session.data / "locks" / "prepare").held():
        compile_messages()
        migrated = Stamp(
            session.data, "migrated", digest("events/migrations/*.py", "requirements.txt")
        )
        granted = Stamp(
            session.data,
            "granted",
            digest(
                "events/migrations/*.py",
                "requirements.txt",
                "events/management/commands/application_role.py",
            ),
        )
        loaded = Stamp(session.data, "demo", digest("events/fixtures/syria/*"))
        with contextlib.closing(connect()) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('django_migrations') IS NOT NULL")
            if not cursor.fetchone()[0]:
                migrated.clear()
                granted.clear()
                loaded.clear()
        if not migrated.fits():
            say("Bringing the database up to date")
            django(session, "migrating the database", "migrate", "--noinput", "--verbosity", "1")
            migrated.set()
        if os.environ.get("MIGRATE_DATABASE_URL") and not granted.fits():
            django(session, "giving the application its role", "application_role")
            granted.set()
        # A public installation has no demo: its accounts have a known password.
        public = os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith(".production")
        if demo and not public and not loaded.fits() and room_for_demo():
            say("Loading the demo of Syria, 2011–2024")
            django(session, "loading the demo", "load_demo")
            loaded.set()
            made = True
    return made


def compile_messages() -> None:
    for source in ROOT.glob("locale/*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            done = subprocess.run(
                ["msgfmt", "-o", str(compiled), str(source)],
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                raise Stop(
                    f"the translation {source.relative_to(ROOT)} is faulty: {last_line(done.stderr)}"
                )
