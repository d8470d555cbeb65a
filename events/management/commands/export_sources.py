"""export_sources CONFLICT > sources.csv"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from events import exchange
from events.management.importing import conflict_called
from events.models import Source


class Command(BaseCommand):
    help = "Write all sources as import_sources reads them, partisan to the conflict's actors."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("conflict", help="the conflict's slug")

    def handle(self, *args: Any, **options: Any) -> None:
        conflict = conflict_called(options["conflict"])
        self.stdout.write(
            exchange.sources_csv(exchange.source_rows(conflict, Source.objects.all())), ending=""
        )
