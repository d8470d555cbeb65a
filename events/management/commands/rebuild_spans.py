"""rebuild_spans [CONFLICT]"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from events import ledger
from events.management.importing import conflict_called, show_progress
from events.models import Conflict
from events.tasks import replay_after_commit


class Command(BaseCommand):
    help = "Recompute every Span from the Changes; what was known before stays known."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("conflict", nargs="?", help="one conflict's slug (default: all)")

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["conflict"]
        for conflict in [conflict_called(slug)] if slug else Conflict.objects.all():
            closed, opened = ledger.rebuild(conflict, show_progress)
            self.stdout.write(f"{conflict.slug}: {closed} spans closed, {opened} opened")
            replay_after_commit(conflict)
