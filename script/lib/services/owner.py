"""As whom the services run, and what has to belong to that user."""

from __future__ import annotations

import contextlib
import os
import pwd
import subprocess
from pathlib import Path
from typing import Any

from .telling import Stop


class Owner:
    """Who runs the services: the person, or, when that is root, a user without rights.

    PostgreSQL refuses to run as root, and is right to.
    """

    def __init__(self) -> None:
        self.uid, self.gid = os.getuid(), os.getgid()
        self.other = self.uid == 0
        if self.other:
            for name in ("postgres", "_postgres", "nobody"):
                with contextlib.suppress(KeyError):
                    entry = pwd.getpwnam(name)
                    self.uid, self.gid = entry.pw_uid, entry.pw_gid
                    break
            else:
                raise Stop(
                    "PostgreSQL cannot run as root, and there is no user 'postgres' to run it as"
                )

    def options(self) -> dict[str, Any]:
        if not self.other:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def run(self, *command: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        environment.pop("TMPDIR", None)
        return subprocess.run(
            [str(part) for part in command],
            **{
                "stdin": subprocess.DEVNULL,
                "stdout": subprocess.PIPE,
                "stderr": subprocess.STDOUT,
                "text": True,
                "cwd": "/",
                "env": environment,
                "start_new_session": True,
                "umask": 0o077,
                **self.options(),
                **more,
            },
        )

    def can_reach(self, directory: Path) -> bool:
        if not self.other:
            return True
        return self.run("test", "-x", directory).returncode == 0

    def own(self, path: Path) -> None:
        if self.other:
            os.chown(path, self.uid, self.gid)

    def directory(self, path: Path) -> Path:
        path.mkdir(mode=0o700, exist_ok=True)
        facts = path.lstat()
        if path.is_symlink() or facts.st_uid not in {os.getuid(), self.uid}:
            raise Stop(f"{path} belongs to somebody else: move it away")
        self.own(path)
        path.chmod(0o700)
        return path
