"""An operator's shell that stays open: management commands one after the other, without a new start for each.

Reads one JSON list of arguments a line, answers one JSON object a line: `code` as the command's process would
have ended with, and what it wrote to `out` and `err`.
"""

import json
import subprocess
import sys
import traceback
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import django
from django.core.management import ManagementUtility
from django.db import close_old_connections

ROOT = Path(__file__).resolve().parents[1]


class Shell:
    """The side of who gives the commands: opened by the first of them, in the environment of that moment."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env = env
        self.process: subprocess.Popen[str] | None = None

    def manage(self, *args: str) -> str:
        """What the command says. Fails where it does."""
        if self.process is None:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.shell"],
                cwd=ROOT, env=self.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
        assert self.process.stdin and self.process.stdout
        print(json.dumps(args), file=self.process.stdin, flush=True)
        done = json.loads(self.process.stdout.readline())
        assert done["code"] == 0, done["err"]
        return str(done["out"])

    def close(self) -> None:
        if self.process is not None:
            self.process.communicate()
            self.process = None


def run(args: list[str]) -> dict[str, object]:
    out, err, code = StringIO(), StringIO(), 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            ManagementUtility(["manage.py", *args]).execute()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        except Exception:
            traceback.print_exc()
            code = 1
        close_old_connections()
    return {"code": code, "out": out.getvalue(), "err": err.getvalue()}


def main() -> None:
    answers = sys.stdout
    django.setup()
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    main()
