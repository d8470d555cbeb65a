"""import_changes CONFLICT changes.csv [--published-at ISO] [--dry-run] [--skip-bad] [--warnings FILE.csv]"""

import csv
from argparse import ArgumentParser
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from events.exchange import Doubt, Outcome, import_changes
from events.exchange.run import Importer, safe_cell
from events.ledger.warnings import SAID
from events.management.importing import ImportCommand, instant, show_progress


class Command(ImportCommand):
    help = "Publish changes through the ledger, all at one instant. Says what the desk would have warned of."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--published-at", type=instant, metavar="ISO", default=None)
        parser.add_argument(
            "--warnings", type=Path, metavar="FILE.csv", help="write every warning, a row each"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # Emptied first: an import that is refused leaves no warnings of an older one.
        self.file: Path | None = options["warnings"]
        if self.file:
            try:
                with self.file.open("w", encoding="utf-8", newline="") as file:
                    csv.writer(file).writerow(["file", "line", "id", "code", "warning"])
            except OSError as error:
                raise CommandError(f"{self.file}: {error.strerror}.") from error
        super().handle(*args, **options)

    def importer(self, path: Path, conflict: Any, options: dict[str, Any]) -> Importer:
        return partial(
            import_changes,
            conflict=conflict,
            published_at=options["published_at"],
            progress=show_progress,
        )

    def tell(self, path: Path, outcome: Outcome) -> None:
        super().tell(path, outcome)
        for code, lines in outcome.doubts.lines.items():
            first = outcome.doubts.first[code]
            named = ", ".join(f"line {doubt.line} ({doubt.id})" for doubt in first)
            more = f" and {len(lines) - len(first)} more" if len(lines) > len(first) else ""
            self.stderr.write(
                f"{path.name}: warning {code}, {len(lines)} of them. {SAID[code]} {named}{more}"
            )
        if self.file:
            self.write(self.file, path, outcome.doubts)

    def write(self, file: Path, path: Path, doubts: Iterable[Doubt]) -> None:
        with file.open("a", encoding="utf-8", newline="") as opened:
            writer = csv.writer(opened)
            for doubt in doubts:
                writer.writerow(
                    [
                        safe_cell(path.name),
                        doubt.line,
                        safe_cell(doubt.id),
                        doubt.code,
                        SAID[doubt.code],
                    ]
                )
