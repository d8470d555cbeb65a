"""Ranges in words: "IS lost 3 to 5 districts and perhaps a town"."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.chronology.ranges import Tally
from events.ledger import listed

Range = tuple[int, int]


def range_words(range_: Range) -> str:
    """ "3", "3 to 5", "up to 5"."""
    least, most = range_
    if least == most:
        return str(most)
    if least == 0:
        return _("up to %(most)d") % {"most": most}
    return _("%(least)d to %(most)d") % {"least": least, "most": most}


def counted(range_: Range, kind: str) -> str:
    """ "3 to 5 districts"; the number of the noun is that of the most."""
    most = range_[1]
    nouns = {
        "country": ngettext("%(count)s country", "%(count)s countries", most),
        "province": ngettext("%(count)s province", "%(count)s provinces", most),
        "district": ngettext("%(count)s district", "%(count)s districts", most),
        "subdistrict": ngettext("%(count)s subdistrict", "%(count)s subdistricts", most),
        "town": ngettext("%(count)s town", "%(count)s towns", most),
        "neighbourhood": ngettext("%(count)s neighbourhood", "%(count)s neighbourhoods", most),
        "site": ngettext("%(count)s site", "%(count)s sites", most),
    }
    return nouns[kind] % {"count": range_words(range_)}


def in_a_sentence(who: str, by_kind: Sequence[tuple[str, Tally]]) -> str:
    """ "IS lost 3 to 5 districts and 7 towns, and gained 1 town"; "" where nothing moved."""
    lost = [counted(tally.lost, kind) for kind, tally in by_kind if tally.lost[1]]
    gained = [counted(tally.gained, kind) for kind, tally in by_kind if tally.gained[1]]
    words = {"who": who, "lost": listed(lost, {}), "gained": listed(gained, {})}
    if lost and gained:
        return _("%(who)s lost %(lost)s, and gained %(gained)s.") % words
    if lost:
        return _("%(who)s lost %(lost)s.") % words
    if gained:
        return _("%(who)s gained %(gained)s.") % words
    return ""
