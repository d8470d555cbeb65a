"""cite(): the Report that a citation points to, made once however often it is cited."""

from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
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
