"""What may be meant of an actor, and seldom is: it is said before it is saved, with what to do about it."""

from django.utils.translation import gettext as _

from events.looks.apart import CONTRAST, colours_alike, contrast
from events.models import Actor, ActorName, Conflict

from .actors import CheckedActor, others_of
from .names import fold_name
from .sights import sights_in_words


def doubts_of(conflict: Conflict, checked: CheckedActor, actor: Actor | None = None) -> list[str]:
    """Sentences. What was so before is not doubted when something else is edited. Three queries."""
    found = colour_doubts(conflict, checked.values["colour"], actor)
    return [*found, *_same_names(conflict, checked, actor)]


def colour_doubts(conflict: Conflict, colour: str, actor: Actor | None = None) -> list[str]:
    """Of #RRGGBB alone."""
    if actor is not None and actor.colour.upper() == colour:
        return []
    found: list[str] = []
    ratio = contrast(colour)
    if ratio < CONTRAST:
        why = _(
            "The colour has a contrast of %(ratio)s to 1 with the map's paper; %(least)d to 1 is wanted, so that a"
            " thin front or a small dot is seen."
        )
        found.append(why % {"ratio": f"{int(ratio * 10) / 10:.1f}", "least": CONTRAST})
    for other in others_of(conflict, actor):
        sights = colours_alike(colour, other.colour)
        if sights:
            why = _(
                "The colour is hardly told from that of %(actor)s by %(sights)s: there the pattern alone tells them"
                " apart."
            )
            found.append(why % {"actor": other.short, "sights": sights_in_words(sights)})
    return found


def _same_names(conflict: Conflict, checked: CheckedActor, actor: Actor | None) -> list[str]:
    have = set(actor.names.values_list("folded", flat=True)) if actor else set()
    texts = [checked.values["name"], checked.values["short"], *(s.text for s in checked.names)]
    fresh = {fold_name(text): text for text in texts if fold_name(text) not in have}
    rows = ActorName.objects.filter(actor__conflict=conflict, folded__in=fresh)
    rows = rows.exclude(actor=actor) if actor else rows
    pairs = dict.fromkeys(rows.order_by("pk").values_list("folded", "actor__short"))
    return [
        _("“%(name)s” is a name of %(actor)s too: typed at the desk, it asks which one is meant.")
        % {"name": fresh[folded], "actor": short}
        for folded, short in pairs
    ]
