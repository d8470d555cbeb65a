"""The whole site from processes of its own: PostgreSQL that writes to the disk, Redis, web, worker and beat.

Each can be killed outright and started again, as an operator's supervisor would.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.ports import own_port
from tests.shell import Shell

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "script" / "lib"))
from services.home import Home  # noqa: E402
from services.owner import Owner  # noqa: E402
from services.postgres import Postgres  # noqa: E402
from services.processes import adopt_orphans  # noqa: E402
from services.redis import Redis  # noqa: E402
from services.telling import Stop  # noqa: E402

RESTART_WITHIN = 180
VICTIMS = ("web", "worker", "beat", "redis", "postgres", "postgres-immediately")


class Stack:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        home = Home(folder, "services", Owner())
        self.postgres, self.redis = Postgres(home, throwaway=False), Redis(home)
        self.port = own_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env: dict[str, str] = {}
        self.shell = Shell(self.env)
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.commands = {
            "web": ["gunicorn", "conflict_map.wsgi", "--bind", f"127.0.0.1:{self.port}"],
            "worker": ["celery", "-A", "conflict_map", "worker", "--concurrency", "1"],
            "beat": ["celery", "-A", "conflict_map", "beat", "--pidfile="],
        }

    def start(self) -> None:
        self.postgres.start()
        self.redis.start()
        self.env |= {
            **os.environ,
            "DATABASE_URL": self.postgres.url,
            "MIGRATE_DATABASE_URL": self.postgres.owner_url,
            "REDIS_URL": self.redis.url,
            "TRACKER_DATA_DIR": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "conflict_map.settings.development",
        }
        owner = Shell(self.env | {"AS_OWNER": "1"})
        owner.manage("migrate", "--verbosity", "0")
        # The site is killed as it runs in public: as a role that owns nothing.
        owner.manage("application_role")
        owner.close()
        del self.env["MIGRATE_DATABASE_URL"]
        for name in self.commands:
            self.run(name)

    def manage(self, *args: str) -> str:
        return self.shell.manage(*args)

    def run(self, name: str) -> None:
        log = (self.folder / f"{name}.log").open("ab")
        self.running[name] = subprocess.Popen(
            [sys.executable, "-m", *self.commands[name]],
            cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip

    def kill(self, victim: str) -> None:
        """At once, without a word, with all its children; it stays down until `revive`."""
        if victim in self.commands:
            os.killpg(self.running[victim].pid, signal.SIGKILL)
            self.running[victim].wait()
        elif victim == "redis":
            kill_daemon(int((self.redis.directory / "redis.pid").read_text()))
        elif victim == "postgres":
            # the first line is the postmaster's: its children find themselves alone, in mid-transaction
            pid_file = self.postgres.data / "postmaster.pid"
            kill_daemon(int(pid_file.read_text().split("\n", 1)[0]))
        else:
            self.postgres.owner.run(
                self.postgres.program("pg_ctl"), "stop", "-D", self.postgres.data, "-m", "immediate", "-w", "-s",
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip

    def revive(self, victim: str) -> None:
        if victim in self.commands:
            self.run(victim)
        elif victim == "redis":
            self.again(self._redis_again)
        else:
            self.again(self.postgres.start)

    def again(self, start: object) -> None:
        """What was killed may not have let go of its port or memory yet: tried until it has."""
        deadline = time.monotonic() + RESTART_WITHIN
        while True:
            try:
                start()  # type: ignore[operator]
                return
            except Stop:
                if time.monotonic() > deadline:
                    raise

    def _redis_again(self) -> None:
        # at the address that web and worker know
        program = shutil.which("redis-server")
        assert program
        self.redis.owner.run(program, self.redis.directory / "redis.conf")
        if not self.redis.answers():
            raise Stop("Redis is not back yet")

    def stop(self) -> None:
        self.shell.close()
        for process in self.running.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.redis.stop()
        self.postgres.stop()


def kill_daemon(pid: int) -> None:
    """And bury it: a zombie still counts as alive for a lock file, and nobody else waits for it."""
    os.kill(pid, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)


@contextmanager
def running_stack() -> Iterator[Stack]:
    folder = Path(tempfile.mkdtemp(prefix="tracker-chaos-"))
    folder.chmod(0o755)
    adopt_orphans()  # daemons become children of this process, which can wait for them
    stack = Stack(folder)
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()
        shutil.rmtree(folder, ignore_errors=True)
