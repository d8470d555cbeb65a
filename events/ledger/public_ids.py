"""Public ids of Changes by their keys. A published Change never changes, so what was read once is kept."""

from collections.abc import Iterable

from events.models import Change

KEPT = 200_000
_kept: dict[int, str] = {}


def public_ids(keys: Iterable[int | None]) -> dict[int, str]:
    """Key -> public id; None among the keys is passed over."""
    wanted = {key for key in keys if key is not None}
    missing = wanted - _kept.keys()
    fresh = (
        dict(Change.objects.filter(pk__in=missing).values_list("pk", "public_id"))
        if missing
        else {}
    )
    found = {**{key: _kept[key] for key in wanted - missing}, **fresh}
    if len(_kept) + len(fresh) > KEPT:
        _kept.clear()
    _kept.update(fresh)
    return found
