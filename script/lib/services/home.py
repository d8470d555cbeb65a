"""Where things are on the disk: the checkout, the services' own files, and room for them."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

from .owner import Owner
from .telling import Stop

ROOT = Path(__file__).resolve().parents[3]
LONGEST_SOCKET_PATH = 100
MEGABYTE = 1024 * 1024


def need_space(where: Path, megabytes: int) -> None:
    free = shutil.disk_usage(where).free // MEGABYTE
    if free < megabytes:
        raise Stop(f"the disk that holds {where} is full: {free} MB free, {megabytes} MB needed")


class Home:
    """The directory of the services' own files: under the data directory if their user can get there."""

    def __init__(self, data: Path, name: str, owner: Owner) -> None:
        self.owner = owner
        self.key = hashlib.sha256(str(data / name).encode()).hexdigest()[:12]
        pointer = data / name
        if pointer.is_symlink():
            path = pointer.resolve()
            claim = path / "of"
            # A copied checkout brings the pointer along, not the right to what it points to.
            if path.name.endswith(self.key) and path.is_dir():
                self.path = path
                return
            mine = not claim.exists() or not Path(claim.read_text()).is_symlink()
            if mine and path.is_dir():
                claim.write_text(str(pointer))
                self.path = path
                return
            pointer.unlink()
        if pointer.is_dir() or owner.can_reach(data):
            self.path = owner.directory(pointer)
            if not owner.can_reach(pointer):
                raise Stop(
                    f"{pointer} cannot be reached by the user that runs PostgreSQL: "
                    f"make {data} readable for others, or choose another TRACKER_DATA_DIR"
                )
            return
        self.path = owner.directory(Path("/var/lib") / f"control-tracker-{self.key}")
        (self.path / "of").write_text(str(pointer))
        pointer.symlink_to(self.path)

    def sockets(self) -> Path:
        """Where the socket is: nearby, or in a short and plain place where the path is neither."""
        near = self.path / "run"
        short = len(str(near / ".s.PGSQL.5432")) < LONGEST_SOCKET_PATH
        if short and re.fullmatch(r"[\w./-]+", str(near), re.ASCII):
            return self.owner.directory(near)
        return self.owner.directory(Path("/tmp") / f"tracker-{self.owner.uid}-{self.key}")  # noqa: S108
