"""Misconfiguration fails at start, as a numbered system check with a hint."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security)
def tile_server_is_allowed_by_csp(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A tile server that the Content-Security-Policy refuses would give readers an empty base."""
    if not settings.TILE_URL:
        return []
    allowed = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"]
    host = "/".join(settings.TILE_URL.split("/")[:3])
    if any(entry.startswith("http") for entry in allowed):
        return []
    return [
        Error(
            "TILE_URL is set but no tile host is allowed by the Content-Security-Policy.",
            hint=f"Set TILE_HOSTS={host}",
            id="events.E001",
        )
    ]
