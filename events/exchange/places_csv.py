"""The places of a conflict as the places.csv that `import_gazetteer` reads."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

from events.models import Conflict, Place, PlaceName

from .formulas import guarded
from .places import NAME

COLUMNS = (
    *("slug", "kind", "parent", "name_en", "aliases", "lat", "lon", "population", "geonames_id"),
    *("pcode", "wikidata", "area", "coordinates_from"),
)
PLAIN = ("slug", "kind", "population", "geonames_id", "pcode", "wikidata", "coordinates_from")
BATCH = 1_000


def places_csv(conflict: Conflict) -> Iterator[str]:
    """The file, some thousand rows at a time, parents first. Of what is public; names that are official in a language
    have a column, all others are aliases.
    """
    official = PlaceName.Kind.OFFICIAL
    languages = PlaceName.objects.filter(place__conflict=conflict, kind=official)
    found = set(languages.values_list("language", flat=True))
    columns = sorted(
        f"name_{one}" for one in found if one != "en" and re.fullmatch(NAME, f"name_{one}")
    )
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*COLUMNS, *columns])
    rows = (
        Place.objects.filter(conflict=conflict).order_by("depth", "path").select_related("parent")
    )
    for number, place in enumerate(rows.prefetch_related("names").iterator(chunk_size=BATCH)):
        cells = _cells(place, columns)
        writer.writerow(guarded(cells[column]) for column in (*COLUMNS, *columns))
        if number % BATCH == BATCH - 1:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _cells(place: Place, columns: list[str]) -> dict[str, str]:
    names = {"name_en": place.name, **dict.fromkeys(columns, "")}
    aliases = []
    for one in sorted(place.names.all(), key=lambda name: name.pk):
        column = f"name_{one.language}"
        if one.kind == PlaceName.Kind.OFFICIAL and not names.get(column, "taken"):
            names[column] = one.name
        elif (column, one.name) not in names.items():
            aliases.append(one.name)
    plain = {name: _text(getattr(place, name)) for name in PLAIN}
    point, area = place.point, place.area
    return {
        **plain,
        **names,
        "parent": place.parent.slug if place.parent else "",
        "aliases": "|".join(dict.fromkeys(aliases)),
        "lat": repr(point.y) if point else "",
        "lon": repr(point.x) if point else "",
        "area": area.wkt if area else "",
    }


def _text(value: Any) -> str:
    return "" if value is None else str(value)
