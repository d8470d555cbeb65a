"""The ledger: the sole writer of Change, ChangePlace, Citation and Span.

Depends on policy, models and chronology; knows no tasks, so a caller enqueues the replay on commit.
"""

from .new import NewChange, NewCitation, Refused
from .preview import Effect, preview
from .publish import publish, publish_many
from .read import own_standings, spans_of, standings
from .rebuild import Difference, check, rebuild

__all__ = [
    "Difference",
    "Effect",
    "NewChange",
    "NewCitation",
    "Refused",
    "check",
    "own_standings",
    "preview",
    "publish",
    "publish_many",
    "rebuild",
    "spans_of",
    "standings",
]
