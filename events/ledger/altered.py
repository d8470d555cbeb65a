"""What a back-dated Change does to the history after it: Spans that would begin, end or exist otherwise."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from events.chronology.agreement import agree
from events.chronology.dates import in_words, map_day
from events.chronology.fold import FoldSpan
from events.chronology.verbs import CLAIMS

from .words import Names

TICK = timedelta(microseconds=1)
Range = tuple[datetime, datetime | None]


@dataclass(frozen=True, slots=True)
class Altered:
    """A later Span, `[from, to)` before and after; None where it is not there."""

    actor: Any
    role: str
    before: Range | None
    after: Range | None


def altered(old: Sequence[FoldSpan], at: datetime, fresh: Sequence[FoldSpan]) -> list[Altered]:
    """The Spans that begin after `at` in one of the folds and differ in the other, oldest first.

    A Span that only begins or ends otherwise is one entry, with both ranges.
    """
    kept = {_fact(span) for span in old} & {_fact(span) for span in fresh}
    before, after = _by_role(old, kept), _by_role(fresh, kept)
    found = []
    for key in before.keys() | after.keys():
        left = list(after.get(key, ()))
        for was in before.get(key, ()):
            now = next((range_ for range_ in left if _meet(was, range_)), None)
            if now is not None:
                left.remove(now)
            if was[0] > at or (now is not None and now[0] > at):
                found.append(Altered(*key, was, now))
        found += [Altered(*key, None, range_) for range_ in left if range_[0] > at]
    return sorted(found, key=lambda a: ((a.before or a.after or (at,))[0], a.role, str(a.actor)))


def _fact(span: FoldSpan) -> tuple[Any, ...]:
    return (span.actor, span.role, span.valid_from, span.valid_to)


def _by_role(
    spans: Sequence[FoldSpan], kept: set[tuple[Any, ...]]
) -> dict[tuple[Any, str], list[Range]]:
    found: dict[tuple[Any, str], list[Range]] = defaultdict(list)
    for span in spans:
        if _fact(span) not in kept:
            found[span.actor, span.role].append((span.valid_from, span.valid_to))
    return found


def _meet(one: Range, other: Range) -> bool:
    return (one[1] is None or other[0] < one[1]) and (other[1] is None or one[0] < other[1])


# One who has the role, and several or one whose name is plural.
ROLES = {
    "holds": (gettext_noop("%(who)s holds"), gettext_noop("%(who)s hold")),
    "contests": (gettext_noop("%(who)s contests"), gettext_noop("%(who)s contest")),
    "besieges": (gettext_noop("%(who)s besieges it"), gettext_noop("%(who)s besiege it")),
    "present": (gettext_noop("%(who)s is present"), gettext_noop("%(who)s are present")),
    "unclear": (gettext_noop("nobody is known to hold it"),) * 2,
    "claims": (
        gettext_noop("%(who)s is said to hold it"),
        gettext_noop("%(who)s are said to hold it"),
    ),
}


def in_a_line(change: Altered, place: str, names: Names, zone: tzinfo) -> str:
    """ "East, IS holds: from 30 June 2017 to 3 July 2017 → from 30 June 2017"."""
    who = "" if change.actor is None else names.get(change.actor, change.actor)
    said = _(agree(*ROLES[change.role], who)) % {"who": who}
    if change.role == CLAIMS and not who:
        said = _("nobody is said to be known to hold it")
    return _("%(place)s, %(said)s: %(before)s → %(after)s") % {
        "place": place,
        "said": said,
        "before": _range(change.before, zone),
        "after": _range(change.after, zone),
    }


def _range(range_: Range | None, zone: tzinfo) -> str:
    if range_ is None:
        return _("never")
    begun, ended = (_day(instant, zone) if instant else "" for instant in range_)
    if not ended:
        return _("from %(day)s") % {"day": begun}
    return _("from %(day)s to %(end)s") % {"day": begun, "end": ended}


def _day(instant: datetime, zone: tzinfo) -> str:
    day: date = map_day(instant, zone)
    return in_words(day.isoformat(), gettext=_)
