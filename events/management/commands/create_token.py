"""create_token USER [--scope draft] [--scope publish] [--label …]"""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from events.models import ApiToken


class Command(BaseCommand):
    help = "Make an API token for a person and print it, once: only its digest is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user", help="the person's user name")
        parser.add_argument(
            "--scope",
            action="append",
            choices=ApiToken.Scope.values,
            help="what it is for, may be repeated (default: all that the person may do)",
        )
        parser.add_argument("--label", default="", help="what it is used by")

    def handle(self, *args: Any, **options: Any) -> None:
        people = get_user_model()._default_manager.filter(username=options["user"], is_active=True)
        user = people.first()
        if user is None:
            raise CommandError(f"There is no active account “{options['user']}”.")
        if len(options["label"]) > 80:
            raise CommandError("--label: at most 80 characters.")
        scopes = options["scope"] or list(ApiToken.Scope.values)
        _token, text = ApiToken.issue(user, scopes, options["label"])
        self.stdout.write(text)
        self.stderr.write(f"For {user.get_username()}: {', '.join(sorted(set(scopes)))}.")
