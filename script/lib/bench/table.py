"""Rows of the report: a figure, its floor, the ratio, what is to be reached, and whether it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """`figure`, `floor` and `most` in `unit`; `most_ratio` bounds figure / floor (`least_ratio`, from below)."""

    work: str
    figure: float
    unit: str
    floor: float | None = None
    most: float | None = None
    most_ratio: float | None = None
    least_ratio: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.figure / self.floor if self.floor else None

    @property
    def reached(self) -> bool:
        within = self.most is None or self.figure <= self.most
        if self.ratio is None:
            return within
        if self.most_ratio is not None:
            # where a time is named beside the ratio, either will do: floors differ between machines
            return self.ratio <= self.most_ratio or (self.most is not None and within)
        if self.least_ratio is not None:
            return self.ratio >= self.least_ratio
        return within

    @property
    def wanted(self) -> str:
        parts = []
        if self.most_ratio is not None:
            parts.append(f"≤ {self.most_ratio:g} × floor")
        if self.least_ratio is not None:
            parts.append(f"≥ {self.least_ratio:g} × floor")
        if self.most is not None:
            parts.append(f"≤ {number(self.most)} {self.unit}".rstrip())
        return " or ".join(parts)


def number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"


def verdict(row: Row) -> str:
    """Nothing where nothing is to be reached."""
    if not row.wanted:
        return ""
    return "yes" if row.reached else "**no**"


def figures(rows: Iterable[Row]) -> str:
    lines = [
        "| work | measured | floor | ratio | to reach | reached |",
        "|---|--:|--:|--:|---|---|",
    ]
    for row in rows:
        floor = f"{number(row.floor)} {row.unit}" if row.floor else ""
        ratio = f"{row.ratio:.2f}" if row.ratio else ""
        lines.append(
            f"| {row.work} | {number(row.figure)} {row.unit} | {floor} | {ratio} | {row.wanted} "
            f"| {verdict(row)} |"
        )
    return "\n".join(lines)


def growth(names: dict[str, str], sizes: dict[str, dict[str, float]]) -> str:
    """`names`: figure -> what it is called; `sizes`: heading -> figures."""
    lines = [
        "| | " + " | ".join(sizes) + " |",
        "|---|" + "--:|" * len(sizes),
    ]
    for name, said in names.items():
        lines.append(
            f"| {said} | "
            + " | ".join(number(s[name]) if name in s else "" for s in sizes.values())
            + " |"
        )
    return "\n".join(lines)
