"""GET /conflicts/{c}/actors and /conflicts/{c}/sources: who acts and who says so, as the files that are imported."""

from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router

from events.exchange import actor_rows, actors_csv, cited_in, source_rows, sources_csv
from events.exchange.sources_csv import COLUMNS, OF_THE_DESK

from .finding import conflict_of
from .schemas import FAULTS, ActorsOut, SourcesOut
from .wire import answer

router = Router(tags=["actors and sources"])
Format = Literal["json", "csv"]
PUBLIC = [name for name in COLUMNS if name not in OF_THE_DESK]


@router.get(
    "/conflicts/{slug:conflict}/actors",
    response={200: ActorsOut, **FAULTS},
    url_name="actors",
    summary="Who can hold a place",
)
def actors(request: HttpRequest, conflict: str, format: Format = "json") -> HttpResponse:
    """As they are now, in the order of the readers' files. `csv` is what `import_actors` reads."""
    found = conflict_of(conflict)
    if format == "csv":
        return csv_file(f"{found.slug}-actors", actors_csv(found))
    return answer({"conflict": found.slug, "actors": actor_rows(found)})


@router.get(
    "/conflicts/{slug:conflict}/sources",
    response={200: SourcesOut, **FAULTS},
    url_name="sources",
    summary="On whose word the record stands",
)
def sources(request: HttpRequest, conflict: str, format: Format = "json") -> HttpResponse:
    """Those that published changes cite, themselves or relayed by another. `csv` is what `import_sources` reads."""
    found = conflict_of(conflict)
    rows = source_rows(found, cited_in(found))
    if format == "csv":
        return csv_file(f"{found.slug}-sources", sources_csv(rows, PUBLIC))
    shown = [{name: row[name] for name in PUBLIC} for row in rows]
    return answer({"conflict": found.slug, "sources": shown})


def csv_file(name: str, text: str) -> HttpResponse:
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
