"""check_spans [CONFLICT]"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from events import ledger
from events.management.importing import conflict_called, show_progress
from events.models import Conflict


class Command(BaseCommand):
    help = "Prove that the stored Spans are those that the Changes give; name each difference."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("conflict", nargs="?", help="one conflict's slug (default: all)")

    def handle(self, *args: Any, **options: Any) -> None:
        slug, wrong = options["conflict"], 0
        for conflict in [conflict_called(slug)] if slug else Conflict.objects.all():
            differences = ledger.check(conflict, show_progress)
            for difference in differences:
                self.stderr.write(f"{conflict.slug}: {difference}")
            wrong += len(differences)
            self.stdout.write(f"{conflict.slug}: {len(differences)} differences")
        if wrong:
            raise CommandError(
                "The stored spans are not those that the changes give: run rebuild_spans."
            )
