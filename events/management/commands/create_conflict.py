"""create_conflict SLUG --title … --timezone … --start DATE [--chief USER]"""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from events.models import Conflict, Membership


class Command(BaseCommand):
    help = "Make a conflict to track."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--title", required=True)
        parser.add_argument("--timezone", required=True, help="of the IANA list: Asia/Damascus")
        parser.add_argument("--start", required=True, help="the first day: 2011-03-15")
        parser.add_argument("--end", help="the last day, where it is over")
        parser.add_argument("--languages", default="en", help="codes, comma between")
        parser.add_argument(
            "--chief",
            metavar="USER",
            help="the account that leads its desk and invites the others (see createsuperuser)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        chief = None
        if options["chief"]:
            people = get_user_model()._default_manager
            chief = people.filter(username=options["chief"], is_active=True).first()
            if chief is None:
                raise CommandError(
                    f"--chief {options['chief']}: there is no such active account; "
                    "createsuperuser makes one."
                )
        days: dict[str, date | None] = {}
        for name in ("start", "end"):
            try:
                days[name] = date.fromisoformat(options[name]) if options[name] else None
            except ValueError:
                raise CommandError(
                    f"--{name} {options[name]}: not a day such as 2011-03-15."
                ) from None
        conflict = Conflict(
            slug=options["slug"],
            title=options["title"],
            timezone=options["timezone"],
            languages=[code.strip() for code in options["languages"].split(",")],
            **days,
        )
        try:
            conflict.full_clean()
        except ValidationError as error:
            said = [f"{name}: {' '.join(why)}" for name, why in error.message_dict.items()]
            raise CommandError("; ".join(said)) from error
        with transaction.atomic():
            conflict.save()
            if chief is not None:
                Membership.objects.create(user=chief, conflict=conflict, role=Membership.Role.CHIEF)
        self.stdout.write(
            f"{conflict.slug} is there. Next: import_gazetteer {conflict.slug} places.csv"
        )
