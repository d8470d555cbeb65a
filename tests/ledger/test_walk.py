"""What an import is told of is what the desk would have been asked about, change by change."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from events import ledger
from events.chronology.verbs import VERBS
from events.ledger.warnings import warnings
from events.models import Actor, Coalition, Conflict, Report, Source
from tests.golden.world import make_world, new_changes
from tests.ledger.test_publish import WORLD, row

# Not said of the first import: see events/ledger/warnings/walk.py.
OF_A_RECORD = {"long_ago", "alters_later"}
SOURCES = [
    {"slug": "loyal", "name": "Loyal", "kind": "agency", "reliability": "C", "leanings": ["is"]},
    {"slug": "allied", "name": "Allied", "kind": "agency", "reliability": "C", "leanings": ["sdf"]},
    {"slug": "monitor", "name": "A monitor", "kind": "monitor", "reliability": "B"},
]


def world(slug: str) -> Conflict:
    conflict = make_world({**WORLD, "sources": SOURCES}, slug)
    sdf, member = (Actor.objects.get(conflict=conflict, slug=s) for s in ("sdf", "government"))
    Coalition.objects.create(coalition=sdf, member=member, since="2014-03", until="2014-06")
    return conflict


def cited(chance: random.Random) -> list[dict[str, str]]:
    slugs = chance.sample(["loyal", "allied", "monitor"], chance.choice([1, 1, 1, 2]))
    stances = ["reports", "reports", "confirms", "claims", "denies"]
    return [{"source": slug, "stance": chance.choice(stances)} for slug in slugs]


def told(seed: int) -> list[dict[str, Any]]:
    """Statements in the order in which they were done, each on days of its own."""
    chance, day, rows = random.Random(seed), date(2014, 1, 1), []
    actors, places = WORLD["actors"], [place["slug"] for place in WORLD["places"]]
    for number in range(30):
        day += timedelta(days=chance.choice([1, 1, 2, 5]))
        verb = chance.choice(sorted(VERBS))
        actor, other = chance.sample(actors, 2)
        needs = VERBS[verb].needs_other
        of_two = needs or (verb in ("withdrew", "repelled", "relieved") and chance.random() < 0.5)
        where = chance.sample(places, chance.choice([1, 1, 1, 2]))
        rows.append(
            row(
                number, day.isoformat(), actor if verb != "unclear" else None, verb, *where,
                other_actor=other if of_two else None,
                ruling=chance.choice(["accepted"] * 5 + ["open"]),
                place_count=17 if where == ["province"] and chance.random() < 0.5 else None,
                cited=cited(chance),
            )
        )  # fmt: skip
    return rows


def asked(conflict: Conflict, rows: list[dict[str, Any]]) -> dict[str, set[str]]:
    """One by one, as the desk: what would be asked about each."""
    found = {}
    for new in new_changes(conflict, rows):
        said = warnings(new, ledger.preview(new), timezone.now())
        found[str(new.public_id)] = {warning.code for warning in said}
        ledger.publish(new, by=None)
    return found


def in_one_go(conflict: Conflict, rows: list[dict[str, Any]]) -> dict[str, set[str]]:
    news = new_changes(conflict, rows)
    made = ledger.Bulk(conflict, by=None)
    for new in news:
        made.expect([place.pk for place in new.places], new.verb)
    made.publish(iter(news), len(news))
    ids = dict(zip(made.keys, [str(new.public_id) for new in news], strict=True))
    found: dict[str, set[str]] = {public_id: set() for public_id in ids.values()}
    for code, keys in made.warnings.items():
        for key in keys:
            found[ids[key]].add(code)
    return found


@pytest.mark.parametrize("seed", [14, 24, 28, 29, 34, 47])
def test_an_import_is_told_what_the_desk_is_asked(db: None, seed: int) -> None:
    rows = told(seed)
    wanted = asked(world("one-by-one"), rows)
    found = in_one_go(world("at-once"), rows)
    for one in rows:
        assert found[one["id"]] == wanted[one["id"]] - OF_A_RECORD, one
    assert len(set().union(*wanted.values())) >= 4


def test_what_is_in_the_record_already_counts_and_is_not_told_of(db: None) -> None:
    conflict = world("war")
    rows = told(3)
    in_one_go(conflict, rows[:15])
    whole = asked(world("one-by-one"), rows)
    later = in_one_go(conflict, rows[15:])
    assert later == {row["id"]: whole[row["id"]] for row in rows[15:]}


def test_the_same_fall_twice_is_told_of_once_at_the_later_entry(db: None) -> None:
    conflict = world("war")
    twice = [
        row(1, "2014-02-01/2014-02-02", "is", "captured", "east"),
        row(2, "2014-02-02", "is", "holds", "east"),
    ]
    assert in_one_go(conflict, twice) == {"t1": set(), "t2": {"logged_already"}}


def test_a_relayed_report_is_its_origins_word(db: None) -> None:
    conflict = world("war")
    origin, _ = Report.objects.get_or_create(
        source=Source.objects.get(slug="loyal"), title="Report of loyal"
    )
    Report.objects.create(
        source=Source.objects.get(slug="monitor"), title="Report of monitor", relays=origin
    )
    rows = [
        row(1, "2014-02-01", "is", "captured", "east", cited=[{"source": "monitor", "stance": "reports"}]),
        row(2, "2014-02-02", "sdf", "captured", "east", cited=[{"source": "loyal", "stance": "reports"}]),
    ]  # fmt: skip
    assert in_one_go(conflict, rows) == {"t1": {"partisan"}, "t2": set()}


@pytest.mark.parametrize("seed", [1, 2, 3, 5])
def test_what_an_entry_before_others_alters_is_told_as_the_desk_is_asked(
    db: None, seed: int
) -> None:
    rows = told(seed)
    in_one_go(conflict := world("war"), rows[15:])
    altering = 0
    for one in rows[:15]:
        new = new_changes(conflict, [one])[0]
        said = {w.code for w in warnings(new, ledger.preview(new), timezone.now())}
        assert in_one_go(conflict, [one]) == {one["id"]: said}, one
        altering += "alters_later" in said
    assert altering >= 3


def test_of_several_the_last_before_what_is_altered_is_told_of(db: None) -> None:
    conflict = world("war")
    in_one_go(conflict, [row(9, "2014-03-01", "is", "captured", "east")])
    several = [
        row(1, "2014-02-01", "sdf", "captured", "east"),
        row(2, "2014-02-10", "is", "captured", "east"),
        row(3, "2014-02-10", "is", "captured", "west"),
        row(4, "2014-04-01", "sdf", "captured", "east"),
        row(5, "2014-02-11", "is", "holds", "east"),
    ]
    found = in_one_go(conflict, several)
    assert [one for one, said in found.items() if "alters_later" in said] == ["t2"]
    assert all("long_ago" in said for said in found.values())
