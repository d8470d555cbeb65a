"""build_replay CONFLICT"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from events import gazetteer, replay
from events.management.importing import conflict_called


class Command(BaseCommand):
    help = "Build the readers' files of a conflict now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("conflict", help="the conflict's slug")
        parser.add_argument("--afresh", action="store_true", help="reuse nothing of the last build")

    def handle(self, *args: Any, **options: Any) -> None:
        conflict = conflict_called(options["conflict"])
        gazetteer.complete_territories(conflict)
        built = replay.build(conflict, afresh=options["afresh"])
        self.stdout.write(f"{options['conflict']}: {built.etag}")
