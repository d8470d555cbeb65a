"""From one sentence to what would have been typed, for the API."""

from django.utils import timezone
from django.utils.translation import gettext as _

from events.ledger import Refused
from events.models import Conflict

from .sentence import filled, read
from .typed import Typed, keepable


def typed_from(conflict: Conflict, sentence: str) -> Typed:
    """The draft keeps the sentence, so that no word of it is lost; "yesterday" is before today in the
    conflict's zone. Raises Refused that names "sentence" where nothing of it is understood.
    """
    text = keepable(sentence)
    reading = read(conflict, text)
    if not reading.parts:
        raise Refused(
            {"sentence": [_("Nothing in it is understood: name an actor, a verb and a place.")]}
        )
    typed = filled(reading)
    typed.sentence = typed.read = text
    typed.entered = timezone.now().astimezone(conflict.zone).date().isoformat()
    return typed
