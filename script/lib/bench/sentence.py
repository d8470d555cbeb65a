"""The reading of sentences over 10,000 places of 5 names each, in a process with Django set up."""

from __future__ import annotations

import gc
import json
import random
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.gis.geos import Point
from django.db import transaction

from bench.clock import median, milliseconds, percentile
from events.drafting.sentence import read
from events.gazetteer import Wanted, fold_name, index_of, make_place
from events.models import (
    Actor,
    ActorName,
    Change,
    Conflict,
    Membership,
    Place,
    PlaceName,
    Source,
    SourceName,
)

PLACES, NAMES = 10_000, 5
SLUG = "bench-sentence"
CONSONANTS, VOWELS = "bdfhjklmnqrstwz", "aiu"
SYLLABLES = [c + v for v in VOWELS for c in CONSONANTS]
ACTORS = {
    "is": ("IS", "Daesh"),
    "sdf": ("SDF", "قسد"),
    "gov": ("Government", "الجيش السوري"),
    "ypg": ("YPG", "الوحدات"),
}
# The sentences of the brief, a longer one of words that only sound like names, and one that nobody knows.
SENTENCES = {
    "one place, all parts": "IS retook al-{0} from SDF, 29-30 June 2017 — SOHR https://example.org/report",
    "three places": "SDF captured {0}, {1}, {2} yesterday; AFP",
    "a count and a second source": "Daesh withdrew from 17 towns and villages in {0}, Friday, SOHR; confirmed by AFP",
    "Arabic": "قسد سيطرت على {0}",
    "a phrase for a verb": "YPG cut off the last road out of {0} on Thursday",
    "a day without its year": "SDF entered {0} 6 June",
    "a name with a slip, and one nobody knows": "SDF entered {0}x 6 June, then stormed the unknown village of Wxyzabad",
    "two changes, forty words": "According to the Syrian Observatory for Human Rights, fighters of the SDF, backed by "
    "heavy air strikes, entered {0} from the east on Thursday morning and captured the grain silos of {1}, while "
    "IS militants withdrew from {2} towards the river; denied by AFP",
}  # fmt: skip


def name(number: int, spelling: int) -> str:
    """As many spellings of one name as wished, no two places alike."""
    base = len(SYLLABLES)
    parts = [SYLLABLES[(number // base**k + spelling * k) % base] for k in range(4)]
    return "".join(parts).capitalize()


def made_up() -> Conflict:
    """A war without an end yet, so that a day without its year is asked of nothing."""
    war = Conflict.objects.create(
        slug=SLUG, title="Bench", timezone="Asia/Damascus", start=date(2011, 3, 15)
    )
    for slug, names in ACTORS.items():
        actor = Actor.objects.create(
            conflict=war, slug=slug, name=names[0], short=names[0], kind="non-state", colour="#000000"
        )  # fmt: skip
        for alias in names:
            ActorName.objects.create(actor=actor, name=alias, folded=fold_name(alias))
    for slug, said in (("sohr", "Syrian Observatory for Human Rights"), ("afp", "AFP")):
        source = Source.objects.create(
            slug=slug, name=said, folded=fold_name(said), kind="agency", reliability="B"
        )
        SourceName.objects.create(source=source, name=slug.upper(), folded=slug)
    province = Place.objects.create(
        conflict=war, slug="province", name="The province", kind="province"
    )
    rows = [
        Place(
            conflict=war, slug=f"p{n}", kind="town", name=name(n, 0), parent=province, depth=1,
            path=f"province/p{n}/", point=Point(36 + n % 100 / 20, 33 + n // 100 / 25, srid=4326),
        )
        for n in range(PLACES)
    ]  # fmt: skip
    made = Place.objects.bulk_create(rows, batch_size=2_000)
    PlaceName.objects.bulk_create(
        (
            PlaceName(place=p, name=name(n, k), language=f"x{k}", folded=fold_name(name(n, k)))
            for n, p in enumerate(made)
            for k in range(NAMES)
        ),
        batch_size=5_000,
    )
    return war


def chosen(times: int) -> Iterator[list[str]]:
    """Three places for each time, of any spelling."""
    chance = random.Random(7)  # noqa: S311
    for _ in range(times):
        yield [name(chance.randrange(PLACES), chance.randrange(NAMES)) for _place in range(3)]


def after_a_change(war: Conflict, by: Any, times: int) -> list[float]:
    """The first reading after a place was made at the desk, which adds a name to the gazetteer."""
    took = []
    for at in range(times):
        wanted = Wanted(f"Newtown {at}", "town", "", "34", "37", parent="province")
        make_place(war, wanted, by=by)
        work = partial(read, war, f"SDF captured Newtown {at} yesterday")
        took.append(milliseconds(work))
        if not work().of("places"):
            raise SystemExit("the new place is not understood")
    return took


def figures(times: int) -> str:
    """A JSON object: what was read -> {median, p95} in milliseconds, all sentences in turn."""
    with transaction.atomic():
        war = made_up()
    by = get_user_model().objects.create_user("bench")
    Membership.objects.create(user=by, conflict=war, role="reporter")
    if Change.objects.exists():
        raise SystemExit("not a database of the benchmark's own")
    built = milliseconds(partial(index_of, war))
    # as gunicorn.conf.py does in each web process
    gc.collect()
    gc.freeze()
    took: dict[str, list[float]] = {what: [] for what in SENTENCES}
    for names in chosen(times * 5):
        for what, form in SENTENCES.items():
            took[what].append(milliseconds(partial(read, war, form.format(*names))))
    took["the first after a place was made"] = after_a_change(war, by, times)
    found = {what: [median(all_), percentile(all_, 95)] for what, all_ in took.items()}
    return json.dumps({"built": built, "read": found})
