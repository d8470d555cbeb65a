"""The ledger: the sole writer of Change, ChangePlace, Citation and Span.

Depends on policy, models and chronology; knows no tasks, so a caller enqueues the replay on commit.
"""

from .bulk import Bulk
from .correct import correct, retract, retraction_of
from .known import Unsettled
from .new import NewChange, NewCitation, Refused, validate
from .preview import Effect, preview
from .publish import publish, publish_many
from .read import own_standings, span_rows, spans_of, standings
from .rebuild import Difference, check, rebuild
from .supersede import why_not
from .words import listed, standing_in_words

__all__ = [
    "Bulk",
    "Difference",
    "Effect",
    "NewChange",
    "NewCitation",
    "Refused",
    "Unsettled",
    "check",
    "correct",
    "listed",
    "own_standings",
    "preview",
    "publish",
    "publish_many",
    "rebuild",
    "retract",
    "retraction_of",
    "span_rows",
    "spans_of",
    "standing_in_words",
    "standings",
    "validate",
    "why_not",
]
