"""From one sentence to what would have been typed: the seam between the API and whoever reads sentences."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from events.ledger import Refused
from events.models import Conflict

from .typed import Typed

Reader = Callable[[Conflict, str], Typed]
# Set by the part that reads sentences.
readers: list[Reader] = []


def typed_from(conflict: Conflict, sentence: str) -> Typed:
    """Raises Refused that names "sentence" where it cannot be read."""
    for reader in readers:
        return reader(conflict, sentence)
    raise Refused({"sentence": [_("Sentences are not read here yet: send the fields.")]})
