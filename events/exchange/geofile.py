"""Areas and places from GeoJSON, shapefiles, or a zip of one: features become rows of the places importer."""

import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from django.contrib.gis.gdal import CoordTransform, DataSource, GDALException, SpatialReference
from django.contrib.gis.geos import GEOSGeometry
from django.utils.translation import gettext as _

from events.models import Conflict

from . import cells
from .orientation import features_of, geometry_of
from .places import COLUMNS, store_places
from .problems import Outcome
from .table import Row

# An archive from outside may be a bomb: these bounds are far above any gazetteer's.
MAX_FILES, MAX_BYTES = 200, 1 << 30
SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")


def import_geofile(path: Path, outcome: Outcome, conflict: Conflict) -> None:
    """Make or update places from features whose properties are named as the columns of places.csv.

    Other properties are left alone. A polygon becomes the area, a point the point. `outcome` counts lines by
    the number of the feature.
    """
    try:
        rows = list(_rows(path, outcome))
    except (GDALException, zipfile.BadZipFile, OSError, UnicodeDecodeError) as error:
        outcome.bad(1, "", path.name, _("The file cannot be read (%(error)s).") % {"error": error})
        return
    store_places(rows, outcome, conflict)


def _rows(path: Path, outcome: Outcome) -> Iterator[Row]:
    if path.suffix.lower() in (".geojson", ".json"):
        for number, feature in enumerate(features_of(path, outcome), 1):
            try:
                shape = geometry_of(feature) if feature.get("geometry") else None
            except ValueError as error:
                outcome.bad(number, "geometry", "", str(error))
                continue
            yield from _row(number, feature.get("properties") or {}, shape, outcome)
    elif path.suffix.lower() == ".zip":
        with tempfile.TemporaryDirectory() as folder:
            for shapefile in unpack(path, Path(folder)):
                yield from _layer(shapefile, outcome)
    else:
        yield from _layer(path, outcome)


def unpack(path: Path, folder: Path) -> list[Path]:
    """The shapefiles of a zip, unpacked flat: no path of the archive is ever used as one."""
    with zipfile.ZipFile(path) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > MAX_FILES or sum(entry.file_size for entry in entries) > MAX_BYTES:
            raise zipfile.BadZipFile(_("too many or too large files"))
        for entry in entries:
            name = PurePosixPath(entry.filename).name
            if PurePosixPath(name).suffix.lower() not in SHAPEFILE_PARTS:
                continue
            written = 0
            with archive.open(entry) as source, (folder / name).open("wb") as target:
                while block := source.read(1 << 20):
                    written += len(block)
                    # the size that the archive declares is only a claim
                    if written > MAX_BYTES:
                        raise zipfile.BadZipFile(_("too many or too large files"))
                    target.write(block)
    found = sorted(folder.glob("*.shp"))
    if not found:
        raise zipfile.BadZipFile(_("there is no .shp file inside"))
    return found


def _layer(path: Path, outcome: Outcome) -> Iterator[Row]:
    layer = DataSource(str(path))[0]
    wgs84 = SpatialReference(4326)
    turn = CoordTransform(layer.srs, wgs84) if layer.srs and layer.srs.srid != 4326 else None
    for number, feature in enumerate(layer, 1):
        properties = {name: feature.get(name) for name in layer.fields}
        shape = feature.geom
        if turn is not None:
            shape.transform(turn)
        geos = GEOSGeometry(memoryview(shape.wkb), srid=4326)
        yield from _row(number, properties, geos, outcome)


def _row(
    number: int, properties: dict[str, Any], shape: GEOSGeometry | None, outcome: Outcome
) -> Iterator[Row]:
    given = {
        name: str(value).strip()
        for name, value in properties.items()
        if value is not None and COLUMNS.allows(name)
    }
    if shape is not None and shape.geom_type == "Point":
        given |= {"lon": repr(shape.x), "lat": repr(shape.y)}
    elif shape is not None:
        try:
            given["area"] = cells.outline(shape).wkt
        except ValueError as error:
            outcome.bad(number, "geometry", given.get("slug", ""), str(error))
            return
    yield Row(number, given)
