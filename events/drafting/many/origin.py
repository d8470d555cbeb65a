"""Where a draft comes from, where it was proposed: its words, and what stands round them."""

from dataclasses import dataclass

from django.db.models import F
from django.db.models.functions import Greatest, Substr

from events.models import Draft, Paste, Proposal

ROUND = 400


@dataclass(frozen=True, slots=True)
class Origin:
    """`before` and `after` are what stands round the words in an article, cut at a word."""

    proposal: Proposal
    before: str = ""
    after: str = ""

    @property
    def paste(self) -> Paste:
        return self.proposal.paste


def origin_of(draft: Draft) -> Origin | None:
    """None for a draft that somebody typed; one query. The article itself, which may be long, stays where it is."""
    rows = Proposal.objects.filter(draft=draft).select_related("paste__author", "paste__conflict")
    round_ = Substr("paste__text", Greatest(F("start") - ROUND, 0) + 1, 2 * ROUND + 20_000)
    found = rows.defer("paste__text", "typed", "guesses").annotate(around=round_).first()
    if found is None:
        return None
    if found.paste.kind != Paste.Kind.ARTICLE or found.start < 0:
        return Origin(found)
    at = min(found.start, ROUND)
    length = found.end - found.start
    before, after = found.around[:at], found.around[at + length : at + length + ROUND]
    if found.start > ROUND:
        before = "… " + before.partition(" ")[2]
    if len(after) == ROUND:
        after = after.rpartition(" ")[0] + " …"
    return Origin(found, before, after)
