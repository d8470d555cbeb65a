"""What is allowed but seldom meant: desk, API and imports see the same warnings.

A file a subject: `history` (what the record says of the place), `sources` (who says so), `twice` (logged
already), `dates`. All are found in a constant number of queries, whatever the number of places and sources.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from events.models import Change

from ..naming import OWN, Naming
from ..new import NewChange
from ..preview import Effect, preview
from . import dates, history, sources, twice
from .warning import FOR_READERS, SAID, Override, Warning, overrides_of

__all__ = ["FOR_READERS", "SAID", "Override", "Warning", "overrides_of", "unconfirmed", "warnings"]


def warnings(
    new: NewChange, effects: Sequence[Effect], now: datetime, names: Naming = OWN
) -> list[Warning]:
    """All that gives pause about a change that the ledger would take; `effects` as `preview` gives them. `names`: what
    places and actors are called in them.

    A correction is judged as if the Change that it takes back had never been: what it says itself must hold.
    """
    if new.kind == Change.Kind.RETRACTION:
        return [warning for warning in [history.alters_later(new, effects, names)] if warning]
    altered = history.alters_later(new, effects, names)
    if new.supersedes is not None:
        effects = preview(new, as_if_new=True)
    found = [
        history.never_held(new, effects, names),
        history.holds_already(new, effects, names),
        history.not_there(new, effects, names),
        history.nobody_to_drive_out(new, effects, names),
        altered,
        sources.partisan(new, effects, names),
        sources.denied(new),
        twice.logged_already(new, now, names),
        dates.long_ago(new, now) if new.supersedes is None else None,
    ]
    said = [warning for warning in found if warning]
    if not {warning.code for warning in said} & history.EXPLAIN_NO_EFFECT:
        without = history.no_effect(new, effects)
        said += [without] if without else []
    return said


def unconfirmed(found: Iterable[Warning], confirmed: Iterable[str]) -> list[Warning]:
    """Those that nobody has ticked: a warning that is new since then asks again."""
    ticked = set(confirmed)
    return [warning for warning in found if warning.code not in ticked]
