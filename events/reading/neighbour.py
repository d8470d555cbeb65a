"""From whom the map infers the territory of a place of which nothing is said at an instant."""

from datetime import datetime

from events.chronology.standing import NO_DATA
from events.ledger.everywhere import shown_parts
from events.models import Place
from events.replay.ground import ground_name, ground_of
from events.replay.inference import inferred


def inferred_from(place: Place, instant: datetime, known_at: datetime | None) -> Place | None:
    """As the picture of that instant has it; None also where the last build does not know the place yet."""
    conflict = place.conflict
    settlements = ground_of(conflict, ground_name(conflict))["settlements"]
    around = next((around for pk, _, around, *_ in settlements if pk == place.pk), None)
    if around is None:
        return None
    _places, parts = shown_parts(conflict, instant, known_at=known_at)
    said = {pk for pk, (standing, _, _) in parts.items() if standing.state != NO_DATA}
    # of all others of which nothing is said, nobody asked
    wanted = [row for row in settlements if row[0] in said or row[0] in (place.pk, around)]
    return (
        Place.objects.filter(pk=inferred(wanted, said).get(place.pk)).only("slug", "name").first()
    )
