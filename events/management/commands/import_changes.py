"""import_changes CONFLICT changes.csv [--published-at ISO] [--dry-run] [--skip-bad]"""

from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from events.exchange import import_changes
from events.exchange.run import Importer
from events.management.importing import ImportCommand, instant, show_progress


class Command(ImportCommand):
    help = "Publish changes through the ledger, all at one instant."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--published-at", type=instant, metavar="ISO", default=None)

    def importer(self, path: Path, conflict: Any, options: dict[str, Any]) -> Importer:
        return partial(
            import_changes,
            conflict=conflict,
            published_at=options["published_at"],
            progress=show_progress,
        )
