"""cite(): the Report that a citation points to, made once however often it is cited."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import connection
from django.utils.translation import gettext as _

from events.chronology.dates import REASONS, DateError, parse
from events.models import Report, Source

is_web_address = URLValidator(schemes=["http", "https"])


class BadReport(ValueError):
    """`errors`: field -> sentences. Nothing was written."""

    def __init__(self, errors: dict[str, list[str]]):
        self.errors = errors
        super().__init__("; ".join(f"{name}: {' '.join(why)}" for name, why in errors.items()))


def cite(
    source: Source,
    *,
    title: str = "",
    url: str = "",
    published: str = "",
    quote: str = "",
    accessed: datetime | None = None,
    relays: Report | None = None,
) -> Report:
    """The Report of `source` with this title, address and date (EDTF), made if need be. Raises BadReport.

    A report that is cited again keeps its first quoted words, and gains them where it had none.
    """
    title, url, published = title.strip(), url.strip(), published.strip()
    errors = check(title=title, url=url, published=published)
    if errors:
        raise BadReport(errors)
    report, created = Report.objects.get_or_create(
        source=source,
        title=title,
        url=url,
        published=published,
        defaults={"quote": quote.strip(), "accessed": accessed, "relays": relays},
    )
    if not created and quote.strip() and not report.quote:
        report.quote = quote.strip()
        report.save(update_fields=["quote"])
    return report


class Cited(NamedTuple):
    """What makes a Report itself: the same four make the same Report."""

    source: int
    title: str
    url: str
    published: str


def cite_many(wanted: Iterable[Cited]) -> dict[Cited, int]:
    """The ids of these Reports, made where they are missing; two statements however many there are.

    `check` has been asked for each of them.
    """
    keys = list(dict.fromkeys(wanted))
    found = _stored(keys)
    missing = [key for key in keys if key not in found]
    if missing:
        Report.objects.bulk_create(
            [
                Report(source_id=k.source, title=k.title, url=k.url, published=k.published)
                for k in missing
            ],
            ignore_conflicts=True,
        )
        # Asked again: another import may have made some of them in the meantime.
        found |= _stored(missing)
    return found


STORED = """
    SELECT report.id, report.source_id, report.title, report.url, report.published
    FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) AS k (source, title, url, published)
    JOIN events_report AS report ON report.source_id = k.source AND report.url = k.url
     AND report.title = k.title AND report.published = k.published
"""


def _stored(keys: list[Cited]) -> dict[Cited, int]:
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(STORED, [list(column) for column in zip(*keys, strict=True)])
        return {Cited(*key): pk for pk, *key in cursor}


def check(*, title: str = "", url: str = "", published: str = "") -> dict[str, list[str]]:
    """What is wrong with these fields of a report: field -> sentences."""
    errors: dict[str, list[str]] = {}
    if url:
        try:
            is_web_address(url)
        except ValidationError:
            errors["url"] = [_("“%(url)s” is not a web address (http or https).") % {"url": url}]
    if published:
        try:
            parse(published, UTC)
        except DateError as error:
            errors["published"] = [_(REASONS[error.reason]) % {"text": error.text}]
    for name, text in (("title", title), ("url", url), ("published", published)):
        limit = Report._meta.get_field(name).max_length
        if len(text) > limit:
            errors.setdefault(name, []).append(
                _("At most %(limit)d characters.") % {"limit": limit}
            )
    return errors
