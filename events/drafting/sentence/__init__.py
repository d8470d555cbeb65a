"""One line as an editor would write it, read into the fields of a draft.

    read(conflict, "IS retook al-Senaa from SDF, 29-30 June 2017 — SOHR") -> Reading

tokens -> lexicon (words in data, names in gazetteer.index) -> scan -> roles -> Reading; fill puts a Reading into a
Typed. Nothing is refused and nothing dropped: a word that went into no part is in `Reading.unread`.
"""

from .choose import in_conflict
from .fill import filled, merge
from .parts import Option, Part, Reading
from .read import read
from .when import full_days

__all__ = [
    "Option",
    "Part",
    "Reading",
    "filled",
    "full_days",
    "in_conflict",
    "merge",
    "read",
]
