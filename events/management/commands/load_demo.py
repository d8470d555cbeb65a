"""load_demo: Syria, 2011–2024, through the importers and the ledger that a newsroom would use."""

from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import environ
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from events import exchange, replay
from events.gazetteer import compute_territory
from events.management.importing import conflict_called, show_progress
from events.models import Conflict, Membership

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "syria"
ACCOUNTS = ("reporter", "editor", "chief")


class Command(BaseCommand):
    help = (
        "Load the demo; safe to repeat. Only where DEBUG is on: its accounts have a known password."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-accounts", action="store_true", help="facts only")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo's accounts have a known password: DEBUG must be on.")
        load(self.stdout.write)
        if not options["no_accounts"]:
            make_accounts(self.stdout.write)
        replay.build(conflict_called("syria"))


def load(say: Callable[[str], Any] = lambda text: None) -> Conflict:
    """All facts; nothing changes the second time."""

    def bring(name: str, importer: Any) -> None:
        try:
            outcome = exchange.run(FIXTURES / name, importer)
        except exchange.Refusal as refusal:
            first = "; ".join(map(str, refusal.outcome.problems[:5]))
            raise CommandError(f"{name}: {first}") from refusal
        say(f"{name}: {outcome.created} new, {outcome.unchanged} as before")

    bring("conflict.json", exchange.import_conflict)
    conflict = conflict_called("syria")
    bring("orientation.geojson", partial(exchange.import_orientation, conflict=conflict))
    bring("places.csv", partial(exchange.import_places, conflict=conflict))
    bring("areas.geojson", partial(exchange.import_geofile, conflict=conflict))
    say(f"{compute_territory(conflict)} territories")
    bring("actors.csv", partial(exchange.import_actors, conflict=conflict))
    bring("sources.csv", exchange.import_sources)
    changes = partial(exchange.import_changes, conflict=conflict, progress=show_progress)
    bring("changes.csv", changes)
    bring("estimates.csv", partial(exchange.import_estimates, conflict=conflict))
    return conflict


def make_accounts(say: Callable[[str], Any]) -> None:
    """reporter, editor and chief, each with the role of his name; an existing password is left alone."""
    password = environ.Env()("DEMO_PASSWORD", default="demo")
    conflict = conflict_called("syria")
    for name in ACCOUNTS:
        user, created = get_user_model().objects.get_or_create(username=name)
        if created:
            user.set_password(password)
            user.is_staff = name == "chief"
            user.is_superuser = name == "chief"
            user.save()
            say(f"account {name}, password {password}")
        Membership.objects.update_or_create(user=user, conflict=conflict, defaults={"role": name})
