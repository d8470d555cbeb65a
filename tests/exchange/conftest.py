"""A conflict with a little gazetteer, and a way to write a file and import it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from events import exchange
from events.models import Conflict
from tests.factories import ActorFactory, ConflictFactory, PlaceFactory, SourceFactory

Bring = Callable[..., exchange.Outcome]


@pytest.fixture
def conflict(db: None) -> Conflict:
    conflict = ConflictFactory(slug="war")
    province = PlaceFactory(conflict=conflict, slug="north", name="North", kind="province")
    PlaceFactory(conflict=conflict, slug="city", name="City", parent=province, aliases=["المدينة"])
    ActorFactory(conflict=conflict, slug="red", name="Red Army", aliases=["Reds"])
    ActorFactory(conflict=conflict, slug="blue", name="Blue Army")
    SourceFactory(slug="monitor", name="The Monitor")
    SourceFactory(slug="daily", name="The Daily")
    return conflict


@pytest.fixture
def bring(tmp_path: Path, conflict: Conflict) -> Bring:
    """bring(importer, text or bytes): import it; problems of a refusal come back in the outcome."""

    def run(
        importer: Any, content: str | bytes, *, name: str = "file.csv", **how: Any
    ) -> exchange.Outcome:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        given = (
            {}
            if importer in (exchange.import_sources, exchange.import_conflict)
            else {"conflict": conflict}
        )
        try:
            return exchange.run(path, partial(importer, **given), **how)
        except exchange.Refusal as refusal:
            return refusal.outcome

    return run
