"""All names of a conflict in memory, for text that is read while it is typed: no question to the database per word.

For the desk alone: what is not public yet is among them. `indexing` makes it, and brings it up to date.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.utils.translation import get_language

from events.models import Place

from .names import SOUNDS, fold_name, sound_of

PLACE, ACTOR, SOURCE = "place", "actor", "source"
# Sounds shorter than this are shared by too many names to guess from.
SHORTEST_SOUND = 3
# How alike two spellings in one script must look besides.
SAME_SOUND, ONE_SLIP = 0.5, 0.72


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
    """`names`: folded name -> things; `longest`: first word -> most words of a name that begins with it; `of`: a
    thing's key -> its names; `local`: a thing's key -> its name by language. `sounds` and `slips`: a sound, or one
    without one of its consonants, -> names.
    """

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
    of: dict[tuple[str, int], list[str]] = field(default_factory=lambda: defaultdict(list))
    local: dict[tuple[str, int], dict[str, str]] = field(default_factory=dict)

    def called(self, folded: str) -> list[Thing]:
        return self.names.get(folded, [])

    def like(self, folded: str, most: int = 8) -> list[Thing]:
        """Things whose name sounds the same, else with one consonant more, less or other; best first."""
        sound = sound_of(folded)
        if len(sound) < SHORTEST_SOUND:
            return []
        found = [name for name in self.sounds.get(sound, ()) if _alike(name, folded, SAME_SOUND)]
        if not found and len(sound) > SHORTEST_SOUND:
            near = [sound, *shorter(sound)]
            others = [
                n for one in near for n in (*self.slips.get(one, ()), *self.sounds.get(one, ()))
            ]
            found = [name for name in dict.fromkeys(others) if _alike(name, folded, ONE_SLIP)]
        found.sort(key=lambda name: (abs(len(name) - len(folded)), name[:1] != folded[:1]))
        return list(dict.fromkeys(thing for name in found for thing in self.names[name]))[:most]

    def name_in(self, language: str, what: str, key: int) -> str:
        """What the thing is called in that language; "" where that is not known."""
        return self.local.get((what, key), {}).get(language, "")

    def said(self, thing: Thing) -> str:
        """What it is called in the language of the page, else its own name."""
        language = (get_language() or "").split("-")[0]
        return self.name_in(language, thing.what, thing.pk) or thing.name

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
        return " › ".join(self.said(p) for p in places if p and p.kind != Place.Kind.COUNTRY)


def _alike(name: str, folded: str, least: float) -> bool:
    """Across scripts the sound alone decides; within one they begin alike: "Barada" is no "Yabroud"."""
    if name[:1].isascii() != folded[:1].isascii():
        return least == SAME_SOUND
    one, other = name.split(" "), folded.split(" ")
    if len(one) > 1 and len(other) > 1 and one[0] == other[0]:
        # "Tell Aran" and "Tell Bana" are both hills: the rest tells.
        name, folded = " ".join(one[1:]), " ".join(other[1:])
    if SOUNDS.get(name[:1], name[:1]) != SOUNDS.get(folded[:1], folded[:1]):
        return False
    return SequenceMatcher(None, name, folded, autojunk=False).ratio() >= least


def shorter(sound: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sound[:at] + sound[at + 1 :] for at in range(len(sound))))
