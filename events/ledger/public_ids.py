"""Public ids of Changes by their keys. A published Change never changes, so what was read once is kept."""

from collections.abc import Collection

from events.models import Change

KEPT = 200_000
_kept: list[dict[int, str]] = [{}]


def public_ids(keys: Collection[int | None]) -> dict[int, str]:
    """Key -> public id, at least for `keys`; None among them is passed over. Not to be written to."""
    kept = _kept[0]
    missing = set(keys).difference(kept, (None,))
    if missing:
        if len(kept) + len(missing) > KEPT:
            # Another thread may still read the old one.
            kept, missing = {}, set(keys) - {None}
        rows = Change.objects.filter(pk__in=missing).values_list("pk", "public_id")
        kept.update(rows)
        _kept[0] = kept
    return kept
