"""What the answers look like, for the OpenAPI and for the tests that hold them to it."""

from typing import Any, Literal

from ninja import Field, Schema

State = Literal["held", "joint", "contested", "divided", "changing", "unclear", "no_data"]


class ErrorOut(Schema):
    field: str
    reason: str


class Problem(Schema):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[ErrorOut] = []


class ConflictOut(Schema):
    slug: str
    title: str
    summary: str
    timezone: str
    start: str
    end: str | None = Field(description="null: it goes on")
    languages: list[str]
    bounds: list[float] | None = Field(description="west, south, east, north")
    url: str


class ConflictsOut(Schema):
    conflicts: list[ConflictOut]


class CountOut(Schema):
    holds: list[str] = Field(description="empty: nobody is known to")
    places: int


class ShareOut(Schema):
    holds: list[str] = Field(description="empty: nobody is known to")
    amount: float = Field(description="inhabitants, or square kilometres")
    share: float = Field(description="of the whole, 0 to 1")


class WeighedOut(Schema):
    by: Literal["population", "area"]
    shares: list[ShareOut] = Field(description="most first")


class StandingOut(Schema):
    """Actors are slugs."""

    place: str
    name: str
    kind: str
    state: State
    holds: list[str]
    to: list[str] = Field(description="while changing hands: who holds it after")
    contests: list[str]
    besieges: list[str]
    present: list[str]
    disputed: bool
    since: str | None
    change: str | None = Field(description="public id of the change that made it so")
    counts: list[CountOut] = Field(description="of the tracked places inside, most first")
    weighed: WeighedOut | None = Field(
        None,
        description="`counts` by population, or by area, where every part has it; there with place=",
    )
    last_confirmed: str | None = Field(
        None, description="when a source last said so; there with place= or confirmed=true"
    )
    days_unconfirmed: int | None = Field(
        None, description="whole days since then, at the moment asked"
    )


class StandingsOut(Schema):
    conflict: str
    at: str = Field(description="the day or instant that was asked")
    known_at: str | None
    places: list[StandingOut]


class CitationOut(Schema):
    source: str
    source_name: str
    kind: str
    reliability: str = Field(description="Admiralty, A to F")
    stance: Literal["reports", "confirms", "claims", "denies"]
    title: str
    url: str
    published: str
    quote: str
    note: str


class ChangeOut(Schema):
    id: str
    date: str = Field(description="EDTF")
    date_words: str
    day: str = Field(description="the first day on whose map it is done")
    first_day: str | None
    kind: Literal["statement", "correction", "retraction"]
    supersedes: str | None = Field(description="id of the change whose place it takes")
    reason: str = Field(description="why it corrects or retracts; empty on a statement")
    verb: str
    actor: str | None
    other_actor: str | None
    places: list[str]
    place_count: int | None
    headline: str
    note: str
    ruling: Literal["accepted", "open", "rejected"]
    ruling_reason: str
    published_at: str
    url: str
    citations: list[CitationOut]


class ChangesOut(Schema):
    conflict: str
    known_at: str | None
    changes: list[ChangeOut]
    next: str | None = Field(description="the cursor of the next page; null on the last")


class CorrectionOut(ChangeOut):
    was: ChangeOut = Field(description="what it takes back, as it was told")


class CorrectionsOut(Schema):
    conflict: str
    known_at: str | None
    corrections: list[CorrectionOut]
    next: str | None = Field(description="the cursor of the next page; null on the last")


class PlaceOut(Schema):
    place: str
    name: str
    kind: str
    parent: str | None
    lat: float | None
    lon: float | None


class MatchOut(PlaceOut):
    matched: str = Field(description="the name or alias that matched")
    score: float


class MatchesOut(Schema):
    conflict: str
    q: str
    places: list[MatchOut]


class NameOut(Schema):
    name: str
    language: str
    kind: str


class SpanOut(Schema):
    """`actor` held `role` over [from, to)."""

    actor: str | None
    role: Literal["holds", "contests", "besieges", "present", "unclear", "claims"]
    from_: str = Field(alias="from")
    to: str | None
    doubt_from: str | None = Field(description="from when it may have been so already")
    closing_doubt_from: str | None
    change: str
    closed_by: str | None


class PlaceDetailOut(PlaceOut):
    names: list[NameOut]
    population: int | None


class HistoryOut(Schema):
    conflict: str
    known_at: str | None
    place: PlaceDetailOut
    last_confirmed: str | None = Field(
        description="when a source last said who holds the place itself now"
    )
    days_unconfirmed: int | None
    confirmed_by: list[str] = Field(description="ids of the changes that did")
    spans: list[SpanOut]
    changes: list[ChangeOut]


class StaleOut(Schema):
    """One place whose own standing has long not been confirmed."""

    place: str
    name: str
    kind: str
    holds: list[str] = Field(description="empty: nobody is known to")
    since: str
    last_confirmed: str
    days_unconfirmed: int
    population: int | None
    changes_nearby: int = Field(description="within 30 km, in the 90 days before")
    score: float = Field(description="days × log10(10 + population) × (1 + ln(1 + changes_nearby))")


class StalesOut(Schema):
    conflict: str
    at: str
    known_at: str | None
    places: list[StaleOut] = Field(description="most urgent first")


class TallyOut(Schema):
    """Of one actor and one kind of place; each [least, most]."""

    actor: str
    kind: str
    held_from: list[int]
    held_to: list[int]
    gained: list[int]
    lost: list[int]


class SideOut(Schema):
    state: State
    holds: list[str]
    to: list[str]


class MovedOut(Schema):
    place: str
    name: str
    kind: str
    from_: SideOut = Field(alias="from")
    to: SideOut


class ComparedOut(Schema):
    conflict: str
    from_: str = Field(alias="from")
    to: str
    known_at: str | None
    tallies: list[TallyOut]
    places: list[MovedOut] = Field(description="those whose holders differ")
    changes: list[str] = Field(description="ids of those done in between, oldest first")
    more_changes: bool


class ManifestOut(Schema):
    format: int
    conflict: dict[str, Any]
    files: dict[str, Any]
    links: dict[str, str]
    words: dict[str, str] = Field(
        default={},
        description="by language, the address of what the map says; none in an older build",
    )
    tiles: dict[str, str] | None
    built_at: str
    known_at: str | None
    etag: str


class WarningOut(Schema):
    code: str
    message: str
    remedy: str


class EffectOut(Schema):
    place: str
    day: str = Field(description="the first day on whose map it shows")
    before: str
    after: str


class DraftOut(Schema):
    id: int
    conflict: str
    status: str
    version: int
    change: str | None = Field(description="id of the change, once it is published")
    url: str
    problems: list[ErrorOut] = Field(description="what stands in the way of publishing")
    warnings: list[WarningOut]
    effects: list[EffectOut] = Field(description="in words; empty while there are problems")


class PublishedOut(Schema):
    draft: int
    change: ChangeOut


class ActorOut(Schema):
    slug: str
    name: str
    short: str
    number: str = Field(description="singular or plural: how verbs go with the short name")
    aliases: list[str] = Field(description="dates and language in braces: `IS {from 2014-06-29}`")
    kind: str
    parent: list[str] = Field(
        description="slugs of what it belongs to, with dates in braces where they are not its own"
    )
    colour: str
    pattern: str
    active_from: str = Field(description="EDTF; empty: unknown")
    active_to: str
    note: str


class ActorsOut(Schema):
    conflict: str
    actors: list[ActorOut]


class SourceOut(Schema):
    slug: str
    name: str
    aliases: list[str]
    kind: str
    leanings: list[str] = Field(description="slugs of the actors it is partisan to")
    reliability: str = Field(description="Admiralty, A to F")


class SourcesOut(Schema):
    conflict: str
    sources: list[SourceOut]


FAULTS = {404: Problem, 422: Problem}
