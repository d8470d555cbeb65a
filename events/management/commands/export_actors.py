"""export_actors CONFLICT > actors.csv"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from events import exchange
from events.management.importing import conflict_called


class Command(BaseCommand):
    help = "Write the actors of a conflict as import_actors reads them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("conflict", help="the conflict's slug")

    def handle(self, *args: Any, **options: Any) -> None:
        conflict = conflict_called(options["conflict"])
        self.stdout.write(exchange.actors_csv(conflict), ending="")
