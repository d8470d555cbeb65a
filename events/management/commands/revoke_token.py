"""revoke_token BEGINNING"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from events.models import ApiToken


class Command(BaseCommand):
    help = "Revoke the API token that begins so. It stays on record."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("beginning", help="its first letters, as the lists show them")

    def handle(self, *args: Any, **options: Any) -> None:
        # the whole token is understood as well
        tokens = [
            token
            for token in ApiToken.objects.filter(revoked_at__isnull=True)
            if options["beginning"].startswith(token.beginning)
        ]
        if len(tokens) != 1:
            raise CommandError(f"{len(tokens)} tokens that count begin so.")
        tokens[0].revoke()
        self.stdout.write(f"{tokens[0]} is revoked.")
