"""run(): one import in one transaction, and the file of what was refused beside it."""

import csv
from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from .problems import Outcome

Importer = Callable[[Path, Outcome], None]
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
    path: Path, importer: Importer, *, skip_bad: bool = False, dry_run: bool = False
) -> Outcome:
    """Import `path`; raises Refusal where anything is wrong, unless the good rows are to be kept.

    Writes FILE.errors.csv beside the file where anything was refused, and removes an old one where not.
    """
    outcome = Outcome(keeps_good=skip_bad)
    try:
        with transaction.atomic():
            importer(path, outcome)
            if dry_run or (outcome.problems and not skip_bad):
                raise _RollBack
    except _RollBack:
        pass
    write_errors(path, outcome)
    if outcome.problems and not skip_bad:
        raise Refusal(outcome)
    return outcome


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
