"""The page of the copy: where its files lie beside the record, and which of them are in use.

What it says is made by a room above (events/reading/copied/). A file that it names is named by its content and
never changes; the page itself has one name, and comes last. `ReplayBuild.parts["page"]`: `of`, the build and the
release that it was made of, and `names`, all its files; those of an earlier page are cleared away in time, as the
record's are.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.files.storage import Storage, storages
from django.utils import timezone

from events.models import Conflict, ReplayBuild

from .lock import one_at_a_time, one_index_at_a_time
from .readers import configured, replace


def page_is_behind(conflict: Conflict, release: str) -> bool:
    """Whether the record is there and no page of it by this release, which is empty where there can be none."""
    if not configured() or not release:
        return False
    # alone: what a build keeps for the next one is large
    kept = ReplayBuild.objects.filter(conflict=conflict)
    rows = kept.values_list("etag", "parts__pushed", "parts__page__of")
    return any(etag == pushed and of != _of(etag, release) for etag, pushed, of in rows)


def push_page(
    conflict: Conflict,
    etag: str,
    release: str,
    files: Mapping[str, bytes],
    pages: Mapping[str, bytes],
    index: Callable[[Mapping[str, Sequence[str]]], Mapping[str, bytes]],
) -> None:
    """`files` by their names, which are made from their content, then `pages`; of the build of that etag. Last, what
    `index` makes of the names of every conflict's files, by slug. Safe to repeat, and to break off: what has been
    brought there by then is known, and cleared away unless a page names it.
    """
    there: Storage = storages["readers"]
    names = [*files, *pages]
    _note(conflict, names)
    for name, data in files.items():
        if not there.exists(name):
            replace(there, name, data)
    for name, data in pages.items():
        replace(there, name, data)
    # of two conflicts' the later sees the files of the earlier, and never names what that has replaced
    with one_index_at_a_time():
        rows = ReplayBuild.objects.filter(parts__page__names__isnull=False)
        named = dict(rows.values_list("conflict__slug", "parts__page__names"))
        for name, data in index({**named, conflict.slug: names}).items():
            replace(there, name, data)
        _note(conflict, names, _of(etag, release))


def _of(etag: str, release: str) -> str:
    return f"{etag} {release}"


def _note(conflict: Conflict, names: list[str], of: str = "") -> None:
    """Before a push `names` are on their way out like the rest, so that none is forgotten; after it they are in use."""
    with one_at_a_time(conflict):
        row = ReplayBuild.objects.get(conflict=conflict)
        last: dict[str, Any] = row.parts.get("page", {})
        retired: dict[str, str] = row.parts.get("retired", {})
        used, now = set(last.get("names", [])), timezone.now().isoformat()
        if of:
            gone = used - set(names)
            retired = {n: s for n, s in retired.items() if n not in names} | dict.fromkeys(
                gone, now
            )
            row.parts = {**row.parts, "page": {"of": of, "names": names}, "retired": retired}
        elif set(names) <= used | set(retired):
            return
        else:
            coming = dict.fromkeys(set(names) - used, now)
            row.parts = {**row.parts, "retired": {**retired, **coming}}
        row.save(update_fields=["parts"])
