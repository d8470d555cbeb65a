"""Standings as GeoJSON (RFC 7946): a feature for each place, its area where it has one, else its point."""

from collections.abc import Iterable, Mapping
from typing import Any

Shape = dict[str, Any]


def standing_geojson(
    rows: Iterable[dict[str, Any]], shapes: Mapping[str, Shape | None], about: dict[str, Any]
) -> dict[str, Any]:
    """`shapes`: place slug -> GeoJSON geometry; `about` goes beside the features."""
    return {
        "type": "FeatureCollection",
        **about,
        "features": [
            {
                "type": "Feature",
                "id": row["place"],
                "geometry": shapes.get(row["place"]),
                "properties": {k: v for k, v in row.items() if k not in ("lat", "lon")},
            }
            for row in rows
        ],
    }
