"""import_estimates CONFLICT estimates.csv"""

from functools import partial
from pathlib import Path
from typing import Any

from events.exchange import import_estimates
from events.exchange.run import Importer
from events.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Add cited figures about places."

    def importer(self, path: Path, conflict: Any, options: dict[str, Any]) -> Importer:
        return partial(import_estimates, conflict=conflict)
