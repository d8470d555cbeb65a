"""Fields and validators that several nouns share."""

from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

colour_validator = RegexValidator(
    r"^#[0-9A-Fa-f]{6}$", _("A colour is written #RRGGBB, for example #D55E00.")
)


def validate_timezone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(
            _("“%(name)s” is not a time zone of the IANA list."), params={"name": name}
        )


def zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
