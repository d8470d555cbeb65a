"""All names of a conflict in memory, for text that is read while it is typed: no question to the database per word.

For the desk alone: what is not public yet is among them.

An index is kept per process and conflict. Each use asks for the newest audit rows of the names (three primary
keys); every CHECK_AFTER seconds their number too, for what a transaction that began earlier committed later, and
what was deleted. What the index names is looked up again before it is published, so a stale one misleads nobody.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from time import monotonic

from django.apps import apps
from django.db import connection

from events.models import Actor, ActorName, Conflict, Place, PlaceName, Source, SourceName

from .names import SOUNDS, fold_name, sound_of
from .search import KIND_ORDER

PLACE, ACTOR, SOURCE = "place", "actor", "source"
AUDITED = ("Place", "PlaceName", "Actor", "ActorName", "Source", "SourceName")
CHECK_AFTER = 30.0
# Sounds shorter than this are shared by too many names to guess from.
SHORTEST_SOUND = 3
# How alike two spellings in one script must look besides.
SAME_SOUND, ONE_SLIP = 0.5, 0.72
_kept: dict[int, "Index"] = {}


@dataclass(frozen=True, slots=True)
class Thing:
    """A place, actor or source as far as reading text needs it. `rank` orders things of one name, low first."""

    what: str
    pk: int
    slug: str
    name: str
    kind: str = ""
    path: str = ""
    rank: int = 0


@dataclass(slots=True)
class Index:
    """`names`: folded name -> things; `longest`: first word -> most words of a name that begins with it."""

    version: tuple[int | None, ...]
    counts: tuple[int, ...]
    checked: float
    things: dict[tuple[str, int], Thing] = field(default_factory=dict)
    names: dict[str, list[Thing]] = field(default_factory=lambda: defaultdict(list))
    longest: dict[str, int] = field(default_factory=dict)
    sounds: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    slips: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    leanings: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_slug: dict[tuple[str, str], Thing] = field(default_factory=dict)

    def called(self, folded: str) -> list[Thing]:
        return self.names.get(folded, [])

    def like(self, folded: str, most: int = 8) -> list[Thing]:
        """Things whose name sounds the same, else with one consonant more, less or other; best first."""
        sound = sound_of(folded)
        if len(sound) < SHORTEST_SOUND:
            return []
        found = [name for name in self.sounds.get(sound, ()) if _alike(name, folded, SAME_SOUND)]
        if not found and len(sound) > SHORTEST_SOUND:
            near = [sound, *_shorter(sound)]
            others = [
                n for one in near for n in (*self.slips.get(one, ()), *self.sounds.get(one, ()))
            ]
            found = [name for name in dict.fromkeys(others) if _alike(name, folded, ONE_SLIP)]
        found.sort(key=lambda name: (abs(len(name) - len(folded)), name[:1] != folded[:1]))
        return list(dict.fromkeys(thing for name in found for thing in self.names[name]))[:most]

    def text_for(self, thing: Thing) -> str:
        """What, typed into the form, means just this: its name where that is its own, else its slug."""
        same = {one for one in self.called(fold_name(thing.name)) if one.what == thing.what}
        slug = self.by_slug.get((thing.what, thing.name.lower()))
        own = same == {thing} and slug in (None, thing) and ">" not in thing.name
        return thing.name if own else thing.slug

    def where(self, thing: Thing) -> str:
        """ "Raqqa › Raqqa province", nearest first; the country goes without saying."""
        above = thing.path.rstrip("/").split("/")[-2::-1]
        places = [self.by_slug.get((PLACE, slug)) for slug in above]
        return " › ".join(p.name for p in places if p and p.kind != Place.Kind.COUNTRY)


def index_of(conflict: Conflict) -> Index:
    """The conflict's index, built anew where a name was added or altered since."""
    kept = _kept.get(conflict.pk)
    version = _version()
    if kept and kept.version == version:
        if monotonic() - kept.checked < CHECK_AFTER:
            return kept
        if kept.counts == _counts(conflict):
            kept.checked = monotonic()
            return kept
    _kept[conflict.pk] = built = _build(conflict, version)
    return built


def _version() -> tuple[int | None, ...]:
    """The newest audit row of everything that is indexed, in one look."""
    tables = [apps.get_model("events", f"{name}Event")._meta.db_table for name in AUDITED]
    looks = [f"(SELECT max(pgh_id) FROM {connection.ops.quote_name(t)})" for t in tables]  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(looks)}")
        return tuple(cursor.fetchone())


def _counts(conflict: Conflict) -> tuple[int, ...]:
    return (
        PlaceName.every.filter(place__conflict=conflict).count(),
        ActorName.objects.filter(actor__conflict=conflict).count(),
        Source.objects.count(),
        SourceName.objects.count(),
    )


def _build(conflict: Conflict, version: tuple[int | None, ...]) -> Index:
    index = Index(version, _counts(conflict), monotonic())
    places = Place.every.filter(conflict=conflict).order_by("path")
    for pk, slug, name, kind, path in places.values_list("pk", "slug", "name", "kind", "path"):
        rank = KIND_ORDER.get(Place.Kind(kind), 9)
        _add(index, Thing(PLACE, pk, slug, name, kind, path, rank), ())
    for pk, slug, name, short in Actor.objects.filter(conflict=conflict).values_list(
        "pk", "slug", "name", "short"
    ):
        _add(index, Thing(ACTOR, pk, slug, short, name), (short, name))
    for pk, slug, name, kind in Source.objects.values_list("pk", "slug", "name", "kind"):
        _add(index, Thing(SOURCE, pk, slug, name, kind), (name, slug))
    rows: tuple[tuple[str, Iterable[tuple[int, str]]], ...] = (
        (PLACE, PlaceName.every.filter(place__conflict=conflict).order_by("pk").values_list("place", "folded")),
        (ACTOR, ActorName.objects.filter(actor__conflict=conflict).order_by("pk").values_list("actor", "folded")),
        (SOURCE, SourceName.objects.order_by("pk").values_list("source", "folded")),
    )  # fmt: skip
    for what, names in rows:
        for pk, folded in names:
            thing = index.things.get((what, pk))
            if thing:
                _name(index, folded, thing)
    for source, actor in Source.leanings.through.objects.filter(
        actor__conflict=conflict
    ).values_list("source", "actor"):
        index.leanings[source].add(actor)
    for name in list(index.names):
        sound = sound_of(name)
        if len(sound) >= SHORTEST_SOUND:
            index.sounds[sound].append(name)
    for sound, spelt in index.sounds.items():
        if len(sound) > SHORTEST_SOUND:
            for shorter in _shorter(sound):
                index.slips[shorter].extend(spelt)
    return index


def _add(index: Index, thing: Thing, own: Iterable[str]) -> None:
    index.things[(thing.what, thing.pk)] = thing
    index.by_slug[(thing.what, thing.slug)] = thing
    for name in own:
        _name(index, fold_name(name), thing)


def _name(index: Index, folded: str, thing: Thing) -> None:
    if not folded or thing in index.names[folded]:
        return
    index.names[folded].append(thing)
    words = folded.split(" ")
    index.longest[words[0]] = max(index.longest.get(words[0], 0), len(words))


def _alike(name: str, folded: str, least: float) -> bool:
    """Across scripts the sound alone decides; within one they begin alike: "Barada" is no "Yabroud"."""
    if name[:1].isascii() != folded[:1].isascii():
        return least == SAME_SOUND
    if SOUNDS.get(name[:1], name[:1]) != SOUNDS.get(folded[:1], folded[:1]):
        return False
    return SequenceMatcher(None, name, folded, autojunk=False).ratio() >= least


def _shorter(sound: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sound[:at] + sound[at + 1 :] for at in range(len(sound))))
