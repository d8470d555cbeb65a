"""How much of a whole each holder has: by population, or by area, where every part has one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .standing import NO_DATA, Standing
from .tree import SETTLEMENTS, SITE

Node = tuple[str, str, str | None]


@dataclass(frozen=True, slots=True)
class Share:
    """`amount`: inhabitants, or square kilometres; `share` of the whole, 0 to 1. `holds` () is nobody known."""

    holds: tuple[Any, ...]
    amount: float
    share: float


def voices(root: str, places: Sequence[Node], shown: Mapping[str, Standing]) -> list[str]:
    """The places that make up how `root` is shown, as tree.py composes it: its settlements, each once.

    `places`: (slug, kind, parent's slug) of `root` and all inside it, parents before children.
    """
    found: dict[str, list[str]] = {}
    for slug, kind, parent in reversed(places):
        inside = found.get(slug, [])
        if slug == root:
            return inside
        if kind == SITE or parent is None:
            continue
        if inside and kind not in SETTLEMENTS:
            found.setdefault(parent, []).extend(inside)
        elif shown[slug].state != NO_DATA:
            found.setdefault(parent, []).append(slug)
    return []


def shares(parts: Sequence[tuple[tuple[Any, ...], float | None]]) -> list[Share] | None:
    """(holders, weight) of every part -> most first; None where a part has no weight, or all together none."""
    if any(weight is None for _holds, weight in parts):
        return None
    total = sum(weight or 0 for _holds, weight in parts)
    if not total:
        return None
    amounts: dict[tuple[Any, ...], float] = {}
    for holds, weight in parts:
        amounts[holds] = amounts.get(holds, 0) + (weight or 0)
    rows = [Share(holds, amount, amount / total) for holds, amount in amounts.items()]
    return sorted(rows, key=lambda row: (-row.amount, [str(actor) for actor in row.holds]))
