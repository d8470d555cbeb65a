"""import_gazetteer CONFLICT places.csv|FILE.geojson|FILE.shp|FILE.zip …"""

from functools import partial
from pathlib import Path
from typing import Any

from events.exchange import import_geofile, import_places
from events.exchange.run import Importer
from events.gazetteer import compute_territory
from events.management.importing import ImportCommand
from events.models import Conflict


class Command(ImportCommand):
    help = (
        "Make or update places from CSV, GeoJSON, a shapefile or a zip of one; territories follow."
    )
    file_help = "FILE"

    def importer(self, path: Path, conflict: Any, options: dict[str, Any]) -> Importer:
        how = import_places if path.suffix.lower() == ".csv" else import_geofile
        return partial(how, conflict=conflict)

    def afterwards(self, conflict: Conflict) -> None:
        self.stdout.write(f"{compute_territory(conflict)} territories")
