"""The readers' pages that are pushed beside the record, so that somebody who opens one while our servers are down has
the map, and without a script the picture and the latest changes: one a conflict and language, and above them one that
leads to all conflicts. They ask no server of ours.

What only our servers have (pages of places and changes, the comparison, corrections) they lead to at the site's public
address, and say so.
"""

from events import replay
from events.ledger.published import one_look
from events.models import Conflict

from .index import index_of
from .page import pages_of
from .release import release_of_page, static_files

__all__ = ["push", "release_of_page", "static_files"]


def push(conflict: Conflict) -> bool:
    """Bring the page of the last build there, where it is not yet. Whether there was anything to do."""
    static = static_files()
    release = release_of_page(static)
    if not replay.page_is_behind(conflict, release):
        return False
    with one_look():
        built = replay.manifest(conflict) or {}
        files, pages = pages_of(conflict, replay.relative(built), static)
    replay.push_page(conflict, built["etag"], release, files, pages, index_of)
    return True
