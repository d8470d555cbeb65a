"""cite(): the Report that a citation points to, made once however often it is cited."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from events.chronology.dates import REASONS, DateError, parse
from events.models import Report, Source

is_web_address = URLValidator(schemes=["http", "https"])
# A plain address: what follows its host may be anything but blanks, so that a host is looked at once.
PLAIN = re.compile(r"(https?://[a-z0-9.-]+)(?:/\S*)?")
LONGEST_ADDRESS = URLValidator.max_length


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
    """The Report of `source` with this title, address and date (EDTF) that relays this one, made if need be. Raises
    BadReport.

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
        relays=relays,
        defaults={"quote": quote.strip(), "accessed": accessed},
    )
    if not created and quote.strip() and not report.quote:
        report.quote = quote.strip()
        report.save(update_fields=["quote"])
    return report


class Cited(NamedTuple):
    """What makes a Report that relays nobody itself: the same four make the same Report."""

    source: int
    title: str
    url: str
    published: str


def cite_many(wanted: Iterable[Cited], cursor: Any) -> dict[Cited, int]:
    """The ids of these Reports, made where they are missing; two statements however many there are.

    `check` has been asked for each of them. `cursor` is the driver's or Django's.
    """
    keys = list(dict.fromkeys(wanted))
    found = _run(STORED, keys, cursor)
    missing = [key for key in keys if key not in found]
    if missing:
        found |= _run(MADE, missing, cursor)
        # Another import may have made some of them in the meantime.
        found |= _run(STORED, [key for key in missing if key not in found], cursor)
    return found


MADE = """
    INSERT INTO events_report (source_id, title, url, published, quote, archived_copy)
    SELECT source, title, url, published, '', '' FROM
        unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) AS k (source, title, url, published)
    ON CONFLICT DO NOTHING RETURNING id, source_id, title, url, published
"""
STORED = """
    SELECT report.id, report.source_id, report.title, report.url, report.published
    FROM
        unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) AS k (source, title, url, published)
    JOIN events_report AS report ON report.source_id = k.source AND report.url = k.url
     AND report.title = k.title AND report.published = k.published AND report.relays_id IS NULL
"""


def _run(sql: str, keys: list[Cited], cursor: Any) -> dict[Cited, int]:
    if not keys:
        return {}
    cursor.execute(sql, [list(column) for column in zip(*keys, strict=True)])
    return {Cited(*key): pk for pk, *key in cursor.fetchall()}


def check(*, title: str = "", url: str = "", published: str = "") -> dict[str, list[str]]:
    """What is wrong with these fields of a report: field -> sentences."""
    errors: dict[str, list[str]] = {}
    if url:
        plain = PLAIN.fullmatch(url) if len(url) <= LONGEST_ADDRESS else None
        if not _leads_somewhere(plain[1] if plain else url):
            errors["url"] = [_("“%(url)s” is not a web address (http or https).") % {"url": url}]
    if published:
        wrong = _bad_date(published)
        if wrong is not None:
            errors["published"] = [_(REASONS[wrong.reason]) % {"text": wrong.text}]
    for name, text in (("title", title), ("url", url), ("published", published)):
        limit = Report._meta.get_field(name).max_length
        if len(text) > limit:
            errors.setdefault(name, []).append(
                _("At most %(limit)d characters.") % {"limit": limit}
            )
    return errors


@lru_cache(maxsize=20_000)
def _leads_somewhere(url: str) -> bool:
    try:
        is_web_address(url)
    except ValidationError:
        return False
    return True


@lru_cache(maxsize=20_000)
def _bad_date(text: str) -> DateError | None:
    try:
        parse(text, UTC)
    except DateError as error:
        return error
    return None
