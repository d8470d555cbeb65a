"""What the import commands share: arguments, progress, the refused rows on stderr, the exit code."""

import gc
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive

from events.exchange import Outcome, Refusal, run
from events.exchange.run import Importer
from events.models import Conflict
from events.tasks import replay_after_commit

SHOWN = 50


class ImportCommand(BaseCommand):
    """An import is all or nothing unless --skip-bad; exit code 1 where any row was refused."""

    takes_conflict = True
    file_help = "FILE.csv"

    def add_arguments(self, parser: ArgumentParser) -> None:
        if self.takes_conflict:
            parser.add_argument("conflict", help="the conflict's slug")
        parser.add_argument("files", nargs="+", type=Path, metavar=self.file_help)
        parser.add_argument("--skip-bad", action="store_true", help="keep the good rows")
        parser.add_argument("--dry-run", action="store_true", help="check only, save nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        conflict = conflict_called(options["conflict"]) if self.takes_conflict else None
        refused = False
        for path in options["files"]:
            if not path.is_file():
                raise CommandError(f"{path}: there is no such file.")
            importer = self.importer(path, conflict, options)
            try:
                with seldom_collected():
                    outcome = run(
                        path,
                        importer,
                        skip_bad=options["skip_bad"],
                        dry_run=options["dry_run"],
                        waits=partial(
                            self.stderr.write,
                            f"{path.name}: another import is under way; waiting for its end.",
                        ),
                    )
            except Refusal as refusal:
                self.tell(path, refusal.outcome)
                raise CommandError(
                    f"{path}: nothing was saved. The refused rows are in {path.name}.errors.csv."
                ) from refusal
            self.tell(path, outcome)
            refused |= bool(outcome.problems)
            self.stdout.write(
                f"{path.name}: {outcome.created} new, {outcome.updated} changed, "
                f"{outcome.unchanged} as before{' (dry run)' if options['dry_run'] else ''}"
            )
        if conflict is not None and not options["dry_run"]:
            self.afterwards(conflict)
            replay_after_commit(conflict)
        if refused:
            raise CommandError("Some rows were refused; the others were saved.")

    def importer(self, path: Path, conflict: Any, options: dict[str, Any]) -> Importer:
        raise NotImplementedError

    def afterwards(self, conflict: Conflict) -> None:
        """What a kind of import needs done once at its end."""

    def tell(self, path: Path, outcome: Outcome) -> None:
        for problem in outcome.problems[:SHOWN]:
            self.stderr.write(f"{path.name}: {problem}")
        if len(outcome.problems) > SHOWN:
            self.stderr.write(f"{path.name}: and {len(outcome.problems) - SHOWN} more")


@contextmanager
def seldom_collected() -> Iterator[None]:
    """An import makes millions of objects and hardly any cycle of them: the garbage collector, left as it is, looks
    for cycles for a tenth of the time.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def conflict_called(slug: str) -> Conflict:
    try:
        return Conflict.objects.get(slug=slug)
    except Conflict.DoesNotExist:
        known = ", ".join(Conflict.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no conflict “{slug}” (known: {known}).") from None


def instant(text: str) -> datetime:
    """An ISO instant with its zone."""
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None or is_naive(found):
        raise CommandError(f"“{text}” is not an instant such as 2017-07-01T09:00+03:00.")
    return found


def show_progress(done: int, total: int, what: str = "places") -> None:
    """One line that is written over, only where a person watches."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done}/{total} {what}{chr(10) if done >= total else ''}")
        sys.stderr.flush()
