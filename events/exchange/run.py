"""run(): one import in one transaction, one at a time, and the file of what was refused beside it."""

import csv
from collections.abc import Callable
from pathlib import Path

from django.db import connection, transaction

from .problems import Outcome

Importer = Callable[[Path, Outcome], None]
# First half of the key of the advisory lock. Imports make what they share in the order of their files: two at once
# would each wait for the other, or find out last that it is all there.
LOCK = 0x696D706F
# A cell that a spreadsheet would take for a formula is quoted on the way out.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Refusal(Exception):
    """Nothing was saved; `outcome.problems` says why."""

    def __init__(self, outcome: Outcome):
        self.outcome = outcome
        super().__init__(f"{len(outcome.problems)} problems")


class _RollBack(Exception):
    pass


def run(
    path: Path,
    importer: Importer,
    *,
    skip_bad: bool = False,
    dry_run: bool = False,
    waits: Callable[[], None] | None = None,
) -> Outcome:
    """Import `path`; raises Refusal where anything is wrong, unless the good rows are to be kept.

    Where another import is under way its end is waited for; `waits` is told before.
    Writes FILE.errors.csv beside the file where anything was refused, and removes an old one where not.
    """
    outcome = Outcome(keeps_good=skip_bad)
    try:
        with transaction.atomic():
            _alone(waits)
            importer(path, outcome)
            if dry_run or (outcome.problems and not skip_bad):
                raise _RollBack
    except _RollBack:
        pass
    write_errors(path, outcome)
    if outcome.problems and not skip_bad:
        raise Refusal(outcome)
    return outcome


def _alone(waits: Callable[[], None] | None) -> None:
    """Until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, 0)", [LOCK])
        (free,) = cursor.fetchone()
        if not free:
            if waits is not None:
                waits()
            cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [LOCK])


def write_errors(path: Path, outcome: Outcome) -> None:
    errors = path.with_name(path.name + ".errors.csv")
    if not outcome.problems:
        errors.unlink(missing_ok=True)
        return
    with errors.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["line", "column", "value", "reason"])
        for problem in outcome.problems:
            cells = (problem.column, problem.value, problem.reason)
            writer.writerow([problem.line, *(safe_cell(cell) for cell in cells)])


def safe_cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
