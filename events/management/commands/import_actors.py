"""import_actors CONFLICT actors.csv"""

from functools import partial
from pathlib import Path
from typing import Any

from events.exchange import import_actors
from events.exchange.run import Importer
from events.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Make or update actors."

    def importer(self, path: Path, conflict: Any, options: dict[str, Any]) -> Importer:
        return partial(import_actors, conflict=conflict)
