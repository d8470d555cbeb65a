"""Words in addresses: a conflict is any slug but the site's own first words."""

from django.urls.converters import SlugConverter

from events.models.reserved import RESERVED_SLUGS


class ConflictConverter(SlugConverter):
    def to_python(self, value: str) -> str:
        if value in RESERVED_SLUGS:
            raise ValueError(value)
        return value
