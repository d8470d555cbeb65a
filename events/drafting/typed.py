"""What was typed on the form, exactly as typed: the shape of `Draft.typed`. Nothing is refused here.

What it means is for `assemble` to say. The stored JSON is `{field: text}` for FIELDS, `places: [text]`,
`citations: [{field: text}]` for CITATION_FIELDS, `confirm: [warning code]`, `sure: ["input=text"]` for what was
guessed and somebody says is right, and `key`, which tells two submissions of one new form from two forms. A text that
takes back a Change says so in `kind` and `corrects`, and why in `reason`.
"""

import re
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.http import QueryDict

FIELDS = (
    "actor",
    "verb",
    "other_actor",
    "date",
    "place_count",
    "headline",
    "note",
    "ruling",
    "ruling_reason",
    "override_reason",
    "reason",
    "sentence",
    "entered",
    "read",
    "nth",
)
# The sentence that the fields below were filled from last; `entered`: the day by which "yesterday" is meant; `nth`:
# which of its changes this is, empty where the others were not taken as drafts of their own.
SENTENCE = ("sentence", "entered", "read", "nth")
# Of these nothing is shown as text of the draft.
ASIDE = ("entered", "read", "nth")
# What it takes back: "correction" or "retraction", and the public id of the Change.
ABOUT = ("kind", "corrects")
CITATION_FIELDS = (
    "source",
    "stance",
    "title",
    "url",
    "published",
    "relays",
    "quote",
    "citation_note",
)
# PostgreSQL can keep neither NUL nor half a surrogate pair.
UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
MOST_ROWS = 200


def keepable(text: Any) -> str:
    """The text with what no database keeps shown as the replacement character."""
    return UNKEEPABLE.sub("\ufffd", "" if text is None else str(text))


def empty_citation() -> dict[str, str]:
    return {name: "reports" if name == "stance" else "" for name in CITATION_FIELDS}


def is_blank(citation: dict[str, str]) -> bool:
    """Nothing was typed in this row; its stance is chosen beforehand."""
    return not any(text.strip() for name, text in citation.items() if name != "stance")


@dataclass(slots=True)
class Typed:
    """Text by field. There is always at least one place and one citation to type into."""

    actor: str = ""
    verb: str = ""
    other_actor: str = ""
    date: str = ""
    place_count: str = ""
    headline: str = ""
    note: str = ""
    ruling: str = "accepted"
    ruling_reason: str = ""
    override_reason: str = ""
    reason: str = ""
    kind: str = ""
    corrects: str = ""
    sentence: str = ""
    entered: str = ""
    read: str = ""
    nth: str = ""
    places: list[str] = field(default_factory=lambda: [""])
    citations: list[dict[str, str]] = field(default_factory=lambda: [empty_citation()])
    confirm: list[str] = field(default_factory=list)
    sure: list[str] = field(default_factory=list)
    key: str = ""

    @classmethod
    def from_post(cls, post: QueryDict) -> Self:
        columns = [post.getlist(name) for name in CITATION_FIELDS]
        rows = [
            {
                name: keepable(column[row]) if row < len(column) else ""
                for name, column in zip(CITATION_FIELDS, columns, strict=True)
            }
            for row in range(min(max(map(len, columns)), MOST_ROWS))
        ]
        return cls(
            **{name: keepable(post[name]) for name in FIELDS if name in post},
            **{name: keepable(post[name])[:80] for name in ABOUT if name in post},
            places=[keepable(text) for text in post.getlist("places")[:MOST_ROWS]] or [""],
            citations=rows or [empty_citation()],
            confirm=keepable(post.get("confirm")).split(),
            sure=[keepable(said) for said in post.getlist("sure")[:MOST_ROWS]],
            key=keepable(post.get("key"))[:64],
        )

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """From `Draft.typed`, whoever wrote it: what is missing is empty, what is no text becomes text."""
        data = data if isinstance(data, dict) else {}
        rows = [row for row in _list(data.get("citations")) if isinstance(row, dict)]
        return cls(
            **{name: keepable(data[name]) for name in (*FIELDS, *ABOUT) if name in data},
            places=[keepable(text) for text in _list(data.get("places"))] or [""],
            citations=[
                {**empty_citation(), **{n: keepable(row[n]) for n in CITATION_FIELDS if n in row}}
                for row in rows
            ]
            or [empty_citation()],
            confirm=[keepable(code) for code in _list(data.get("confirm"))],
            sure=[keepable(said) for said in _list(data.get("sure"))],
            key=keepable(data.get("key")),
        )

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def blank(self) -> bool:
        texts = [getattr(self, name) for name in FIELDS if name not in ("ruling", *ASIDE)]
        return not any(text.strip() for text in [*texts, *self.places]) and all(
            map(is_blank, self.citations)
        )

    def is_sure(self, box: str, text: str) -> bool:
        """Whether somebody said of just this text in this input that it is right."""
        return f"{box}={text}" in self.sure

    def put(self, box: str, text: str) -> None:
        """Write into the input called `box` ("actor", "places-0", "source-1"); an unknown one is ignored."""
        name, _, row = box.partition("-")
        if not row:
            if name in FIELDS:
                setattr(self, name, keepable(text))
        elif row.isdecimal() and len(row) < 5:
            number = int(row)
            if name == "places" and number < len(self.places):
                self.places[number] = keepable(text)
            elif name in CITATION_FIELDS and number < len(self.citations):
                self.citations[number][name] = keepable(text)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
