"""The nouns, one file each. Imports nothing of the app but `chronology`.

Constraints and triggers live here, so that the database refuses what manners would not.
Only `ledger` writes Change, ChangePlace, Citation and Span; only `sources` writes Report.
"""

from .actor import Actor, ActorName, Coalition
from .build import ReplayBuild, ReplayDue
from .change import Change, ChangePlace, Citation
from .comment import Alert, Comment
from .conflict import Conflict, Orientation
from .draft import Draft
from .estimate import Estimate
from .invitation import Invitation
from .membership import Membership
from .paste import Paste, Proposal
from .place import Place, PlaceName
from .source import Report, Source, SourceName
from .span import Span
from .spanset import ReadSpan, slug_of
from .token import ApiToken

__all__ = [
    "Actor",
    "ActorName",
    "Alert",
    "ApiToken",
    "Change",
    "ChangePlace",
    "Citation",
    "Coalition",
    "Comment",
    "Conflict",
    "Draft",
    "Estimate",
    "Invitation",
    "Membership",
    "Orientation",
    "Paste",
    "Place",
    "PlaceName",
    "Proposal",
    "ReadSpan",
    "ReplayBuild",
    "ReplayDue",
    "Report",
    "Source",
    "SourceName",
    "Span",
    "slug_of",
]
