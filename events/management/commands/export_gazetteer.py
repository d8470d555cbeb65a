"""export_gazetteer CONFLICT > places.csv"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from events import exchange
from events.ledger.published import one_look
from events.management.importing import conflict_called


class Command(BaseCommand):
    help = "Write the places of a conflict as import_gazetteer reads them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("conflict", help="the conflict's slug")

    def handle(self, *args: Any, **options: Any) -> None:
        conflict = conflict_called(options["conflict"])
        with one_look():
            for part in exchange.places_csv(conflict):
                self.stdout.write(part, ending="")
