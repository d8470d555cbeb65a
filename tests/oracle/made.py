"""The made world, and what can be said of it: a small tree of places, three actors, dates that often collide.

The bounds of each date are computed here, beside its text, and not by the product's own parser.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

ZONE = ZoneInfo("Asia/Damascus")
ACTORS = ("is", "sdf", "government")
PLACES: dict[str, tuple[str, str | None]] = {
    "syria": ("country", None),
    "province": ("province", "syria"),
    "district": ("district", "province"),
    "city": ("town", "district"),
    "east": ("neighbourhood", "city"),
    "west": ("neighbourhood", "city"),
    "base": ("site", "city"),
    "village": ("town", "province"),
    "elsewhere": ("province", "syria"),
}
ONE_ACTOR = ("captured", "retook", "holds", "entered", "besieged", "present", "absent", "attack")
MAYBE_OTHER = ("withdrew", "repelled", "relieved")
TWO_ACTORS = ("shares", "handed_over")
MAYBE_NOBODY = ("unclear", "clash")
VERBS = (*ONE_ACTOR, *MAYBE_OTHER, *TWO_ACTORS, *MAYBE_NOBODY)


@dataclass(frozen=True)
class Dated:
    """EDTF text and what it means; `latest` None: by the instant of publication."""

    text: str
    earliest: datetime | None
    latest: datetime | None


@dataclass(frozen=True)
class Saying:
    """What somebody wants to publish; all by slug."""

    verb: str
    actor: str | None
    other: str | None
    places: tuple[str, ...]
    dated: Dated
    place_count: int | None
    ruling: str
    day_order: int


def begin_of(day: date) -> datetime:
    return datetime.combine(day, time.min, ZONE).astimezone(UTC)


def end_of(day: date) -> datetime:
    return begin_of(day + timedelta(days=1))


days = st.dates(date(2017, 6, 28), date(2017, 7, 2))


def one_day(day: date, mark: str) -> Dated:
    return Dated(f"{day}{mark}", begin_of(day), end_of(day))


def at_the_hour(day: date, hour: int) -> Dated:
    # the first half of the days from the offset, the others in the conflict's own zone
    instant = datetime.combine(day, time(hour), ZONE)
    text = f"{day}T{hour:02d}:00"
    return Dated(
        f"{text}+03:00" if hour % 12 else text, instant.astimezone(UTC), instant.astimezone(UTC)
    )


def in_between(some: tuple[date, date]) -> Dated:
    first, last = sorted(some)
    return Dated(f"{first}/{last}", begin_of(first), end_of(last))


def in_month(month: int) -> Dated:
    return Dated(
        f"2017-{month:02d}", begin_of(date(2017, month, 1)), begin_of(date(2017, month + 1, 1))
    )


dates: SearchStrategy[Dated] = st.one_of(
    st.builds(one_day, days, st.sampled_from(["", "", "", "~", "?", "%"])),
    st.builds(at_the_hour, days, st.sampled_from([0, 14, 23])),
    st.builds(in_between, st.tuples(days, days)),
    st.builds(in_month, st.sampled_from([6, 7])),
    days.map(lambda day: Dated(f"../{day}", None, end_of(day))),
    days.map(lambda day: Dated(f"{day}/..", begin_of(day), None)),
    st.just(Dated("2017", begin_of(date(2017, 1, 1)), begin_of(date(2018, 1, 1)))),
)


@st.composite
def sayings(draw: st.DrawFn) -> Saying:
    verb = draw(st.sampled_from(VERBS))
    actor = draw(st.sampled_from(ACTORS))
    others = st.sampled_from([name for name in ACTORS if name != actor])
    other = None
    if verb in TWO_ACTORS:
        other = draw(others)
    elif verb in MAYBE_OTHER:
        other = draw(st.none() | others)
    places = draw(st.lists(st.sampled_from(list(PLACES)), min_size=1, max_size=2, unique=True))
    return Saying(
        verb=verb,
        actor=draw(st.none() | st.just(actor)) if verb in MAYBE_NOBODY else actor,
        other=other,
        places=tuple(places),
        dated=draw(dates),
        place_count=draw(st.sampled_from([None, None, None, 17])),
        ruling=draw(st.sampled_from(["accepted"] * 5 + ["open", "rejected"])),
        day_order=draw(st.sampled_from([0, 0, 0, 0, -1, 1])),
    )
