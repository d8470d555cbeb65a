"""Ports of the loopback for servers that a test starts."""

import socket

# Each as long as this process lives.
_ours: list[socket.socket] = []


def own_port() -> int:
    """A port where nobody listens but whom we start there, and that nobody else is given, be it between two starts.

    It stays bound, without listening: the system then gives it neither to who asks for any port nor to a connection
    that goes out. Who listens beside must set SO_REUSEADDR, as gunicorn does.
    """
    place = socket.socket()
    place.bind(("127.0.0.1", 0))
    # only now: of two that allow it beforehand, each may be given the other's
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    _ours.append(place)
    return int(place.getsockname()[1])
