"""An operator's shell that stays open: management commands one after the other, without a new start for each.

Reads one JSON list of arguments a line, answers one JSON object a line: `code` as the command's process would
have ended with, and what it wrote to `out` and `err`.
"""

import json
import sys
import traceback
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO

import django
from django.core.management import ManagementUtility
from django.db import close_old_connections


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
