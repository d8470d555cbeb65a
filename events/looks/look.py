"""What a standing looks like as fill (static/js/map/looks.js): bands of holders in proportion, and who fights."""

from dataclasses import dataclass

from events.chronology.standing import CHANGING, CONTESTED, DIVIDED, NO_DATA, Standing

from .palette import NOBODY

Actor = str | int
Bands = tuple[tuple[Actor, float], ...]


@dataclass(frozen=True, slots=True)
class Look:
    """`bands`: (actor's slug or NOBODY, share of 1). `narrow`: what is changing. `hatch`: who contests, or None."""

    bands: Bands
    narrow: bool = False
    hatch: Actor | None = None


def look_of(standing: Standing) -> Look | None:
    """None where there is no data: nothing is painted."""
    state = standing.state
    if state == NO_DATA:
        return None
    if state == DIVIDED:
        bands = _in_proportion(standing)
    elif state == CHANGING:
        bands = (*_equal(standing.holds, 0.5), *_equal(standing.to, 0.5))
    else:
        bands = _equal(standing.holds, 1)
    hatch = standing.contests[0] if state == CONTESTED and standing.contests else None
    return Look(bands, state == CHANGING, hatch)


def _equal(actors: tuple[str, ...], whole: float) -> Bands:
    if not actors:
        return ((NOBODY, whole),)
    return tuple((actor, whole / len(actors)) for actor in actors)


def _in_proportion(standing: Standing) -> Bands:
    total = sum(times for _, times in standing.counts)
    shares: dict[Actor, float] = {}
    for actors, times in standing.counts:
        for actor, share in _equal(actors, times / total):
            shares[actor] = shares.get(actor, 0) + share
    return tuple(shares.items())
