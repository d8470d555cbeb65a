"""What the writing calls take. A field that is not known is refused by name: a slip of the pen loses nothing."""

from typing import Literal

from ninja import Field, Schema
from pydantic import ConfigDict

from events.drafting.typed import MOST_ROWS, Typed, empty_citation, keepable

LONG = 20_000


class Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class CitationIn(Strict):
    source: str = Field("", max_length=300, description="slug or name")
    stance: str = Field("reports", max_length=20, description="reports, confirms, claims, denies")
    title: str = Field("", max_length=LONG)
    url: str = Field("", max_length=LONG)
    published: str = Field("", max_length=60, description="EDTF")
    quote: str = Field("", max_length=LONG)
    note: str = Field("", max_length=LONG)


class DraftIn(Strict):
    """As typed into the desk's form: names in any script, or slugs. All may be missing: it is a draft."""

    sentence: str = Field("", max_length=LONG, description="instead of the fields")
    actor: str = Field("", max_length=300)
    verb: str = Field("", max_length=40)
    places: list[str] = Field([], max_length=MOST_ROWS)
    other_actor: str = Field("", max_length=300)
    date: str = Field("", max_length=60, description="EDTF")
    place_count: int | None = Field(None, description="of places not known by name")
    headline: str = Field("", max_length=LONG)
    note: str = Field("", max_length=LONG)
    ruling: str = Field("accepted", max_length=20, description="accepted, open, rejected")
    ruling_reason: str = Field("", max_length=LONG)
    citations: list[CitationIn] = Field([], max_length=MOST_ROWS)
    kind: Literal["", "correction", "retraction"] = Field("", description="empty: a new statement")
    corrects: str = Field("", max_length=80, description="id of the change that it takes back")
    reason: str = Field("", max_length=LONG, description="why; readers see it")

    def typed(self, typed: Typed) -> Typed:
        """`typed` with the fields that were sent."""
        sent = self.model_dump(exclude_unset=True)
        for name in ("sentence", "places", "citations", "place_count"):
            sent.pop(name, None)
        for name, text in sent.items():
            setattr(typed, name, keepable(text))
        if self.place_count is not None:
            typed.place_count = str(self.place_count)
        if self.places:
            typed.places = [keepable(text) for text in self.places]
        if self.citations:
            typed.citations = [
                {
                    **empty_citation(),
                    **{
                        "citation_note" if name == "note" else name: keepable(text)
                        for name, text in cited.model_dump().items()
                    },
                }
                for cited in self.citations
            ]
        return typed


class PublishIn(Strict):
    version: int | None = Field(None, ge=0, lt=1 << 31, description="refused where it is not this")
    confirm: list[str] = Field([], max_length=50, description="codes of the warnings overridden")
    override_reason: str = Field("", max_length=LONG, description="why all the same")
