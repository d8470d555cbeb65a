"""Whether it is the database that is away, and not we who are wrong."""

from django.db import InterfaceError, OperationalError

# Seconds until it is worth asking again.
RETRY_AFTER = 5


def is_outage(error: BaseException | None) -> bool:
    """Refused, broken off, shut down, or too busy to answer: whatever it is, asking again later may help."""
    return isinstance(error, OperationalError | InterfaceError)
