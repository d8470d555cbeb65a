"""The desk's pages with 5,000 drafts beside the record: each page's median, in a process with Django set up."""

from __future__ import annotations

import gc
import json
import random
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from bench.clock import median, milliseconds
from bench.made import SLUG
from events.drafting import about
from events.drafting.assemble import assemble
from events.drafting.typed import Typed
from events.models import Actor, Alert, Comment, Conflict, Draft, Membership, Place, Source

DRAFTS = 5_000
STATUSES = ("submitted", "submitted", "draft", "returned", "dropped")


def people(war: Conflict) -> list[Any]:
    found = []
    for at in range(12):
        user = get_user_model().objects.create_user(f"desk-{at}")
        Membership.objects.create(user=user, conflict=war, role="editor" if at else "chief")
        found.append(user)
    return found


def typed(chance: random.Random, actors: list[Actor], places: list[Place], at: int) -> Typed:
    made = Typed(
        actor=chance.choice(actors).slug,
        verb="captured",
        places=[chance.choice(places).slug],
        date="2017-06-30",
        note=f"note {at}",
        key=f"bench-{at}",
    )
    source = Source.objects.first()
    made.citations[0]["source"] = source.slug if source else ""
    return made


def drafts(war: Conflict, users: list[Any]) -> int:
    """Two of five handed in, each about one place, one of ten talked about; the key of the first."""
    chance = random.Random(4)  # noqa: S311
    actors = list(Actor.objects.filter(conflict=war))
    places = list(Place.objects.filter(conflict=war, kind="town")[:500])
    rows = []
    for at in range(DRAFTS):
        author = chance.choice(users)
        rows.append(
            Draft(
                conflict=war,
                author=author,
                writers=[author.pk],
                typed=typed(chance, actors, places, at).as_json(),
                status=STATUSES[at % 5],
                submitted_at=timezone.now(),
            )
        )
    about.index(rows[0], assemble(war, Typed.from_json(rows[0].typed)))
    for row in rows[1:]:
        row.about_actor, row.about_family = rows[0].about_actor, rows[0].about_family
        row.about_places = [chance.choice(places).pk]
    kept = Draft.objects.bulk_create(rows, batch_size=500)
    Comment.objects.bulk_create(
        Comment(draft=draft, author=draft.author, text="Sure?", draft_version=1)
        for draft in kept[::10]
    )
    Alert.objects.bulk_create(
        Alert(conflict=war, draft=draft, kind=Alert.Kind.DUE) for draft in kept[::50]
    )
    return int(kept[0].pk)


def pages(pk: int) -> dict[str, str]:
    return {
        "first page": "/desk/",
        "log a change": f"/desk/{SLUG}/new/",
        "queue": f"/desk/{SLUG}/queue/",
        "queue, all that is open, by words in it": f"/desk/{SLUG}/queue/?where=open&q=note+42",
        "review of a draft": f"/desk/drafts/{pk}/review/",
        "form of a draft": f"/desk/drafts/{pk}/",
        "versions of a draft": f"/desk/drafts/{pk}/versions/",
        "the shift": f"/desk/{SLUG}/shift/",
        "who did what": f"/desk/{SLUG}/record/",
        "long unconfirmed": f"/desk/{SLUG}/stale/",
        "people": f"/desk/{SLUG}/people/",
    }


def sent(pk: int) -> dict[str, Any]:
    """The form of a draft, as the page sends it while one types."""
    held = Typed.from_json(Draft.objects.get(pk=pk).typed)
    cited = {name: [row[name] for row in held.citations] for name in held.citations[0]}
    names = ("actor", "verb", "date", "note", "key", "ruling")
    return {**{name: getattr(held, name) for name in names}, "places": held.places, **cited}


# Without a release's collected files; where a style sheet lies is no part of what is measured.
STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@override_settings(
    REQUIRE_SECOND_FACTOR=False,
    ALLOWED_HOSTS=["testserver"],
    STORAGES={**settings.STORAGES, "staticfiles": STATIC},
)
def figures(times: int) -> str:
    """A JSON object, page -> median milliseconds, through the middleware, page by page in turn."""
    war = Conflict.objects.get(slug=SLUG)
    users = people(war)
    pk = drafts(war, users)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    client = Client()
    client.force_login(users[0])

    def right(answer: Any, address: str) -> None:
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")

    def get(address: str) -> None:
        right(client.get(address), address)

    def post(address: str, form: dict[str, Any]) -> None:
        right(client.post(address, form), address)

    works = {name: partial(get, address) for name, address in pages(pk).items()}
    form = sent(pk)
    line = {"sentence": f"{form['actor']} captured {form['places'][0]}, 30 June 2017", "read": ""}
    works["what it does, while one types"] = partial(post, f"/desk/{SLUG}/preview/", form)
    works["the sentence, while one types"] = partial(post, f"/desk/{SLUG}/sentence/", line)
    for work in works.values():
        work()
    # as gunicorn.conf.py does in each web process
    gc.collect()
    gc.freeze()
    took: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(times):
        for name, work in works.items():
            took[name].append(milliseconds(work))
    return json.dumps({name: median(found) for name, found in took.items()})
