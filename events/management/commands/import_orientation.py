"""import_orientation CONFLICT orientation.geojson"""

from functools import partial
from pathlib import Path
from typing import Any

from events.exchange import import_orientation
from events.exchange.run import Importer
from events.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Replace the base map: land, water and rivers. Without land the map has no sea."
    file_help = "FILE.geojson"

    def importer(self, path: Path, conflict: Any, options: dict[str, Any]) -> Importer:
        return partial(import_orientation, conflict=conflict)
