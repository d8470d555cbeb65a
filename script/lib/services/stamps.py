"""Notes of which steps of the preparation were done, so that none is done twice for nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path

from .database import owner_url
from .home import ROOT


def digest(*patterns: str) -> str:
    result = hashlib.sha256(owner_url().encode())
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                result.update(f"{path.relative_to(ROOT)}\n".encode())
                result.update(path.read_bytes())
    return result.hexdigest()


class Stamp:
    """A note that a step was done, and for what. A step whose inputs changed is done again."""

    def __init__(self, data: Path, name: str, key: str) -> None:
        self.path, self.key = data / "stamps" / name, key

    def fits(self) -> bool:
        try:
            return self.path.read_text() == self.key
        except OSError:
            return False

    def set(self) -> None:
        self.path.write_text(self.key)

    def clear(self) -> None:
        self.path.unlink(missing_ok=True)
