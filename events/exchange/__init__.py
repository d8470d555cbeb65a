"""Importers and exporters, one file a format: rows in, the same gazetteer, sources and ledger calls as a newsroom's.

An import is all or nothing unless told to skip what is bad; every refused row is named with its line,
column, value and reason. Running the same import twice changes nothing the second time.
"""

from .actors import import_actors
from .actors_csv import actor_rows, actors_csv
from .changes import import_changes
from .changes_csv import changes_csv
from .conflict import import_conflict
from .doubts import Doubt
from .estimates import import_estimates
from .geofile import import_geofile
from .orientation import import_orientation
from .places import import_places
from .places_csv import places_csv
from .problems import Outcome, Problem
from .run import Refusal, run
from .sources import import_sources
from .sources_csv import cited_in, source_rows, sources_csv

__all__ = [
    "Doubt",
    "Outcome",
    "Problem",
    "Refusal",
    "actor_rows",
    "actors_csv",
    "changes_csv",
    "cited_in",
    "import_actors",
    "import_changes",
    "import_conflict",
    "import_estimates",
    "import_geofile",
    "import_orientation",
    "import_places",
    "import_sources",
    "places_csv",
    "run",
    "source_rows",
    "sources_csv",
]
