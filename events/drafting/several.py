"""Several changes of one sentence, each as a draft of its own."""

from dataclasses import replace
from hashlib import sha256
from typing import Any

from django.db import transaction

from events.models import Conflict, Draft

from .drafts import Saved, Stale, save
from .sentence import Reading, filled
from .typed import Typed


def take_all(
    conflict: Conflict,
    typed: Typed,
    reading: Reading,
    *,
    by: Any,
    draft: Draft | None = None,
    version: int = 0,
) -> list[Saved]:
    """Save `typed`, which speaks of the first change, and a draft for each of the others that `reading` states, or
    none of them. Raises as `drafts.save`. A second click makes no second drafts.
    """
    with transaction.atomic():
        first = replace(typed, nth="0")
        saved = [save(conflict, first, by=by, draft=draft, version=version)]
        key = typed.key or f"draft-{saved[0].draft.pk}"
        for number, other in enumerate(reading.more, 1):
            if other.states_a_change:
                one = _other(typed, other, number, key)
                try:
                    saved.append(save(conflict, one, by=by))
                except Stale as made_before:
                    saved.append(Saved(made_before.draft))
        return saved


def _other(first: Typed, reading: Reading, number: int, key: str) -> Typed:
    typed = filled(reading)
    typed.sentence = typed.read = reading.text
    typed.entered, typed.nth = first.entered, str(number)
    mark = sha256(f"{number} {reading.text}".encode(errors="replace")).hexdigest()[:12]
    typed.key = f"{key[:48]}-{mark}"
    return typed
