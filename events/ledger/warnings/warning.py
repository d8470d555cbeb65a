"""A warning: code, sentence, remedy. Whoever publishes against it says why, and that stays on record."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

# What `Change.overrides` may name, as it is said of a change that was published all the same; docs/editing.md
# tells of each.
SAID = {
    "never_held": _("By this record it never held the place before."),
    "holds_already": _("By this record it held the place already."),
    "not_there": _("By this record it had no role there to leave."),
    "nobody_to_repel": _("By this record there was nobody to repel."),
    "no_siege": _("By this record there was no siege to end."),
    "no_effect": _("It changed no standing."),
    "alters_later": _("It altered later entries of the history."),
    "partisan": _("Only sources that are partisan to the one who gains say so."),
    "denied": _("A source denies it."),
    "logged_already": _("It seemed to be logged already."),
    "long_ago": _("Its date lay long back."),
    "two_persons": _("It was published without a second person."),
}
# Who says so, and who says not, is the reader's business too.
FOR_READERS = frozenset({"partisan", "denied"})


@dataclass(frozen=True, slots=True)
class Warning:
    """`remedy` says what to do about it; `details` are lines to open: what is altered, what is logged already.

    `changes`: public ids that stand in both, of changes that can be looked up.
    """

    code: str
    message: str
    remedy: str
    details: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Override:
    """What a change was published in spite of, by whom and why; the two are empty in the oldest entries."""

    code: str
    reason: str = ""
    by: str = ""

    @property
    def said(self) -> str:
        return str(SAID.get(self.code, self.code))

    @property
    def public(self) -> bool:
        return self.code in FOR_READERS


def overrides_of(stored: Iterable[Any]) -> list[Override]:
    """From `Change.overrides`: `{code, reason, by}`, and bare codes as they were kept at first."""
    return [
        Override(row)
        if isinstance(row, str)
        else Override(*(str(row.get(name, "")) for name in ("code", "reason", "by")))
        for row in stored
        if isinstance(row, str | dict)
    ]
