"""The ledger: the sole writer of Change, ChangePlace, Citation and Span.

Depends on policy, models and chronology; knows no tasks, so a caller enqueues the replay on commit.
"""

from .bulk import Bulk
from .new import NewChange, NewCitation, Refused, validate
from .preview import Effect, preview
from .publish import publish, publish_many
from .read import own_standings, spans_of, standings
from .rebuild import Difference, check, rebuild
from .words import listed, standing_in_words

__all__ = [
    "Bulk",
    "Difference",
    "Effect",
    "NewChange",
    "NewCitation",
    "Refused",
    "check",
    "listed",
    "own_standings",
    "preview",
    "publish",
    "publish_many",
    "rebuild",
    "spans_of",
    "standing_in_words",
    "standings",
    "validate",
]
