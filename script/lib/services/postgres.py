"""The PostgreSQL server: its settings, starting it, also after a crash, and stopping it."""

from __future__ import annotations

import contextlib
import shlex
import subprocess
import time
from pathlib import Path

from .cluster import USER, Cluster
from .home import MEGABYTE, Home
from .processes import is_alive
from .telling import Stop, why


class Postgres(Cluster):
    def __init__(self, home: Home, throwaway: bool) -> None:
        super().__init__(home)
        self.log = home.path / "postgres.log"
        self.throwaway = throwaway

    def answers(self) -> bool:
        return (
            self.owner.run(
                self.program("pg_isready"),
                "-q",
                "-t",
                "2",
                "-h",
                self.sockets,
                "-d",
                "postgres",
                "-U",
                USER,
            ).returncode
            == 0
        )

    def is_ours(self, pid: int) -> bool | None:
        """Does the process with this number serve our data? None when that cannot be found out."""
        with contextlib.suppress(OSError):
            return Path(f"/proc/{pid}/cwd").resolve(strict=True) == self.data.resolve()
        with contextlib.suppress(OSError):
            arguments = subprocess.run(
                ["ps", "-o", "args=", "-p", str(pid)],
                capture_output=True,
                text=True,
                check=False,
            ).stdout
            return "postgres" in arguments and str(self.data) in arguments
        return None

    def clear_stale(self) -> None:
        """A postmaster.pid that outlived its server keeps the next one from starting."""
        pid_file = self.data / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().split("\n", 1)[0])
        except FileNotFoundError:
            return
        except (ValueError, IndexError):
            pid = 0
        if pid > 0 and is_alive(pid):
            ours = self.is_ours(pid)
            if ours is None:
                raise Stop(
                    f"process {pid} may still use {self.data}: stop it, or remove {pid_file} if it is another"
                )
            if ours:
                deadline = time.monotonic() + 30
                while time.monotonic() < deadline and is_alive(pid):
                    if self.answers():
                        return
                    time.sleep(0.2)
                if is_alive(pid):
                    raise Stop(
                        f"PostgreSQL (process {pid}) runs but does not answer: see {self.log}"
                    )
        pid_file.unlink(missing_ok=True)

    def start(self) -> None:
        self.find()
        if not (self.data / "PG_VERSION").exists():
            self.create()
        if self.answers():
            return
        self.clear_stale()
        if self.answers():
            return
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "port": "5432",
            # A build that touches a whole country locks many rows' relations at once.
            "max_locks_per_transaction": "256",
            "max_connections": "200",
            "logging_collector": "off",
        }
        if self.throwaway:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options = " ".join(f"-c {name}={shlex.quote(value)}" for name, value in settings.items())
        start = self.log.stat().st_size if self.log.exists() else 0
        if start > 20 * MEGABYTE:
            self.log.unlink()
            start = 0
        done = self.owner.run(
            self.program("pg_ctl"), "start", "-D", self.data, "-l", self.log, "-w", "-t", "60", "-s", "-o", options,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        if done.returncode:
            raise Stop(f"PostgreSQL did not start: {why(self.log, start)}")
        self.create_database()

    def stop(self) -> None:
        if not (self.data / "postmaster.pid").exists():
            return
        self.find()
        self.owner.run(
            self.program("pg_ctl"), "stop", "-D", self.data, "-m", "fast", "-w", "-t", "60", "-s",
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
