"""The reader's own JavaScript, asked what it makes of files."""

import json
import shutil
import subprocess
from base64 import b64encode
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).parent.parent / "js" / "read-files.mjs"


def text(data: bytes) -> str:
    return b64encode(data).decode()


def by_node(works: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One answer a work, as tests/js/read-files.mjs says."""
    node = shutil.which("node")
    assert node, "node is part of the set-up"
    done = subprocess.run(
        [node, str(SCRIPT)],
        input=json.dumps(works), capture_output=True, text=True, check=True, timeout=600,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]
