"""import_sources sources.csv"""

from pathlib import Path
from typing import Any

from events.exchange import import_sources
from events.exchange.run import Importer
from events.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Make or update sources, which all conflicts share."
    takes_conflict = False

    def importer(self, path: Path, conflict: Any, options: dict[str, Any]) -> Importer:
        return import_sources
