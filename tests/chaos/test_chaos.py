"""Whatever dies, whenever: every publish that was acknowledged is there once, whole, and readers get it.

script/test tests/chaos                           a reduced form, part of the suite
CHAOS_PUBLISHES=2000 script/test tests/chaos -s   the whole
"""

import json
import os
import random
import time
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from .clients import Client, Told
from .stack import VICTIMS, Stack, running_stack

PUBLISHES = int(os.environ.get("CHAOS_PUBLISHES", "24"))
SEED = int(os.environ.get("CHAOS_SEED", "20170630"))
CLIENTS = 4
# Of the whole, one kill for each forty publishes; of the reduced form, each victim once.
KILLS = max(len(VICTIMS), PUBLISHES // 40)
BUILT_WITHIN = 300

PLACES = "slug,kind,parent,name_en,lat,lon\nprovince,province,,Province,36,38\ncity,town,province,City,36,38\n"
PLACES += "east,neighbourhood,city,East,36,38.1\nwest,neighbourhood,city,West,36,37.9\n"
PLACES += "village,town,province,Village,36.4,38\n"
ACTORS = "slug,name,short,kind,colour\nis,IS in full,IS,non-state,#000000\nsdf,SDF in full,SDF,non-state,#ddaa00\n"
SOURCES = "slug,name,kind,reliability\nmonitor,A monitor,monitor,B\n"
PERSON = """
from django.contrib.auth import get_user_model
from events.models import Conflict, Membership
user = get_user_model().objects.create_user("chief")
Membership.objects.create(user=user, conflict=Conflict.objects.get(slug="chaos"), role="chief")
"""


def make_world(stack: Stack, folder: Path) -> str:
    """The conflict, its places, actors and source; returns a token that may publish."""
    stack.manage(
        "create_conflict", "chaos", "--title", "Chaos", "--timezone", "Asia/Damascus", "--start", "2011-03-15"
    )  # fmt: skip
    for name, text in (("places", PLACES), ("actors", ACTORS), ("sources", SOURCES)):
        (folder / f"{name}.csv").write_text(text)
    stack.manage("import_gazetteer", "chaos", str(folder / "places.csv"))
    stack.manage("import_actors", "chaos", str(folder / "actors.csv"))
    stack.manage("import_sources", str(folder / "sources.csv"))
    stack.manage("shell", "-c", PERSON)
    token = stack.manage("create_token", "chief").split()[-1]
    stack.shell.close()  # nobody is at work when it comes
    return token


def rows(stack: Stack, query: str) -> list[tuple[Any, ...]]:
    dsn = {"dbname": "tracker", "user": "tracker", "host": str(stack.postgres.sockets)}
    with closing(psycopg2.connect(**dsn)) as connection, connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def kill_at_random(stack: Stack, told: Told, chance: random.Random) -> Counter[str]:
    """Each victim in turn, in a drawn order, once so many publishes more were acknowledged."""
    order = [
        name
        for _ in range(-(-KILLS // len(VICTIMS)))
        for name in chance.sample(VICTIMS, len(VICTIMS))
    ]
    points = sorted(chance.sample(range(1, PUBLISHES - CLIENTS), KILLS))
    killed: Counter[str] = Counter()
    for point, victim in zip(points, order, strict=False):
        assert told.wait_for(point), told
        if told.problems:
            break
        stack.kill(victim)
        killed[victim] += 1
        stack.revive(victim)
    return killed


def publish_all(stack: Stack, token: str, told: Told, mine: range) -> None:
    client = Client(stack.url, token, told)
    for number in mine:
        try:
            client.publish(number, random.Random(f"{SEED} {number}"))
        except Exception as error:
            with told.changed:
                told.problems.append(f"{number}: {error!r}"[:600])
                told.changed.notify_all()
            raise


def built_known_at(stack: Stack) -> str | None:
    """None where the site cannot say so yet: it may have found a moment ago that its database went away."""
    address = f"{stack.url}/api/v1/conflicts/chaos/replay"
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return str(json.load(answer)["known_at"])
    except OSError:
        return None


def until_readers_have_it(stack: Stack) -> bool:
    """Nobody helps: the worker's queue died with Redis, so what is left is beat's sweep."""
    deadline = time.monotonic() + BUILT_WITHIN
    while time.monotonic() < deadline:
        ((due,),) = rows(stack, "SELECT count(*) FROM events_replaydue")
        ((last,),) = rows(stack, "SELECT max(recorded_at) FROM events_change")
        if not due and built_known_at(stack) == last.isoformat():
            return True
        time.sleep(0.2)
    return False


@pytest.mark.slow
@pytest.mark.xdist_group("chaos")
def test_what_was_acknowledged_is_there_once_and_whole_whatever_died(tmp_path: Path) -> None:
    told, chance = Told(), random.Random(SEED)
    with running_stack() as stack:
        token = make_world(stack, tmp_path)
        with ThreadPoolExecutor(CLIENTS) as pool:
            working = [
                pool.submit(publish_all, stack, token, told, range(at, PUBLISHES, CLIENTS))
                for at in range(CLIENTS)
            ]
            killed = kill_at_random(stack, told, chance)
            for work in working:
                work.result()
        assert told.problems == []
        assert killed.total() == KILLS
        assert set(killed) == set(VICTIMS)

        # every acknowledgement of one publish names the same change, and it is there once
        assert set(told.acknowledged) == set(range(PUBLISHES))
        assert all(len(set(ids)) == 1 for ids in told.acknowledged.values())
        found = dict(rows(stack, "SELECT headline, public_id FROM events_change"))
        ((count,),) = rows(stack, "SELECT count(*) FROM events_change")
        assert count == PUBLISHES
        assert found == {f"chaos {n}": ids[0] for n, ids in told.acknowledged.items()}

        # none is half-written
        assert rows(stack, HALF_WRITTEN) == []
        assert rows(stack, UNPUBLISHED) == []
        stack.manage("check_spans")
        assert until_readers_have_it(stack)
    print(f"\n{PUBLISHES} publishes, {told.retries} retries, killed: {dict(killed)}")


HALF_WRITTEN = """
    SELECT c.headline FROM events_change c
    WHERE (SELECT count(*) FROM events_changeplace p WHERE p.change_id = c.id) <> 1
       OR (SELECT count(*) FROM events_citation s WHERE s.change_id = c.id) <> 1
"""
UNPUBLISHED = "SELECT id FROM events_draft WHERE status <> 'published' OR change_id IS NULL"
