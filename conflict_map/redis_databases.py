"""Which database of a Redis server is whose: to empty the cache must not drop what waits in the broker."""

from urllib.parse import urlsplit, urlunsplit

SCHEMES = ("redis", "rediss")


def next_database(url: str) -> str:
    """The one after that of `url`, which has number 0 where it names none: redis://host/0 -> redis://host/1.

    An address that names its database in another way is left as it is: then both share one (events.W001).
    """
    parts = urlsplit(url)
    number = parts.path.strip("/") or "0"
    if parts.scheme not in SCHEMES or parts.query or not number.isdecimal():
        return url
    return urlunsplit(parts._replace(path=f"/{int(number) + 1}"))
