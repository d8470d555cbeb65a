"""Who cannot tell two looks apart, in words."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from events.looks.apart import DEUTAN, FULL, GREY, PROTAN, TRITAN


def sights_in_words(sights: Collection[str]) -> str:
    """Of everybody the others are a part."""
    words = {
        FULL: _("everybody"),
        PROTAN: _("readers who see no red"),
        DEUTAN: _("readers who see no green"),
        TRITAN: _("readers who see no blue"),
        GREY: _("readers of a print without colour"),
    }
    if FULL in sights:
        return words[FULL]
    return _(" and ").join(said for sight, said in words.items() if sight in sights)
