"""Composition written the slow and plain way, vote by vote: what `chronology.tree` must equal."""

from collections import Counter
from collections.abc import Mapping, Sequence

from events.chronology.standing import NOTHING, Standing, in_slug_order, state_of

SETTLEMENTS = ("town", "neighbourhood")


def naive_compose(kind: str, own: Standing, inside: Sequence[Standing]) -> Standing:
    if not inside:
        return own
    speaks = kind in SETTLEMENTS and own.state != "no_data" and (own.holds or not own.contests)
    voices = [*inside, own] if speaks else list(inside)
    divided = len({v.holds for v in voices}) > 1 or any(v.state == "divided" for v in inside)
    holds = in_slug_order(actor for voice in voices for actor in voice.holds)
    contests = in_slug_order(
        actor
        for standing in (own, *inside)
        for actor in standing.contests
        if divided or actor not in holds
    )
    if divided:
        state = "divided"
    elif any(voice.state == "changing" for voice in voices):
        state = "changing"
    elif contests:
        state = "contested"
    else:
        state = state_of(holds, (), unclear=True)
    latest = max(voices, key=lambda s: (s.since is not None, s.since, s.key))
    counted = Counter(
        s.holds for s in (inside if any(own.holds == s.holds for s in inside) else voices)
    )
    return Standing(
        state=state,
        holds=holds,
        to=in_slug_order(a for v in voices for a in v.to) if state == "changing" else (),
        contests=contests,
        besieges=own.besieges,
        present=in_slug_order(a for a in own.present if a not in holds),
        disputed=own.disputed or any(standing.disputed for standing in inside),
        since=latest.since,
        key=latest.key,
        counts=tuple(
            sorted(counted.items(), key=lambda item: (-item[1], [str(a) for a in item[0]]))
        ),
    )


def naive_tree(
    rows: Sequence[tuple[str, str, str | None]], own: Mapping[str, Standing]
) -> dict[str, Standing]:
    votes: dict[str, list[Standing]] = {slug: [] for slug, _, _ in rows}
    shown: dict[str, Standing] = {}
    for slug, kind, parent in reversed(rows):
        standing = naive_compose(kind, own.get(slug, NOTHING), votes[slug])
        shown[slug] = standing
        if parent is None or kind == "site":
            continue
        if kind in SETTLEMENTS or not votes[slug]:
            if standing.state != "no_data":
                votes[parent].append(standing)
        else:
            votes[parent] += votes[slug]
    return {slug: shown[slug] for slug, _, _ in rows}
