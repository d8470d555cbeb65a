"""create_conflict SLUG --title … --timezone … --start DATE"""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from events.models import Conflict


class Command(BaseCommand):
    help = "Make a conflict to track."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--title", required=True)
        parser.add_argument("--timezone", required=True, help="of the IANA list: Asia/Damascus")
        parser.add_argument("--start", required=True, help="the first day: 2011-03-15")
        parser.add_argument("--end", help="the last day, where it is over")
        parser.add_argument("--languages", default="en", help="codes, comma between")

    def handle(self, *args: Any, **options: Any) -> None:
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
        conflict.save()
        self.stdout.write(
            f"{conflict.slug} is there. Next: import_gazetteer {conflict.slug} places.csv"
        )
