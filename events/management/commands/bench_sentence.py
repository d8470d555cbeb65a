"""Times the reading of sentences on a gazetteer of the given size: median and slowest of many."""

from statistics import median, quantiles
from time import perf_counter
from typing import Any

from django.contrib.gis.geos import Point
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from events.drafting.sentence import read
from events.gazetteer import fold_name
from events.gazetteer.index import index_of
from events.models import Actor, ActorName, Conflict, Place, PlaceName

CONSONANTS, VOWELS = "bdfhjklmnqrstwz", "aiu"
SYLLABLES = [c + v for v in VOWELS for c in CONSONANTS]
SENTENCES = (
    "IS retook al-{0} from SDF, 29-30 June 2017 — SOHR https://example.org/report",
    "SDF captured {0}, {1}, {2} yesterday",
    "Daesh withdrew from 17 towns and villages in {0}, Friday",
    "SDF entered {0}x 6 June, then stormed the unknown village of Wxyz",
    "قسد سيطرت على {0}",
)


class Command(BaseCommand):
    help = "Times the reading of sentences on a made-up gazetteer, which it does not keep."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--places", type=int, default=10_000)
        parser.add_argument("--names", type=int, default=5)

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            conflict, names = _made_up(options["places"], options["names"])
            began = perf_counter()
            index_of(conflict)
            self.stdout.write(f"index: {(perf_counter() - began) * 1000:.0f} ms, once a process")
            for form in SENTENCES:
                times = []
                for at in range(100):
                    chosen = [names[(at * 7919 + k * 104_729) % len(names)] for k in range(3)]
                    began = perf_counter()
                    read(conflict, form.format(*chosen))
                    times.append((perf_counter() - began) * 1000)
                late = quantiles(times, n=20)[-1]
                self.stdout.write(f"median {median(times):6.1f} ms, 95 % {late:6.1f} ms  {form}")
            transaction.set_rollback(True)


def _made_up(places: int, each: int) -> tuple[Conflict, list[str]]:
    conflict = Conflict.objects.create(
        slug="bench-sentence", title="Bench", timezone="UTC", start="2011-01-01"
    )
    for slug, short, alias in (("is", "IS", "Daesh"), ("sdf", "SDF", "قسد")):
        actor = Actor.objects.create(
            conflict=conflict,
            slug=slug,
            name=short,
            short=short,
            kind="non-state",
            colour="#000000",
        )
        ActorName.objects.create(actor=actor, name=alias, folded=fold_name(alias))
    rows = [
        Place(
            conflict=conflict,
            slug=f"p{n}",
            kind="town",
            name=_name(n, 0),
            path=f"p{n}/",
            point=Point(36, 35, srid=4326),
        )
        for n in range(places)
    ]
    made = Place.objects.bulk_create(rows)
    PlaceName.objects.bulk_create(
        PlaceName(place=place, name=_name(n, k), language=f"x{k}", folded=fold_name(_name(n, k)))
        for n, place in enumerate(made)
        for k in range(each)
    )
    return conflict, [place.name for place in made]


def _name(number: int, spelling: int) -> str:
    base = len(SYLLABLES)
    parts = [SYLLABLES[(number // base**k + spelling * k) % base] for k in range(4)]
    return "".join(parts).capitalize()
