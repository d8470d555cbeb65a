"""Misconfiguration fails at start, as a numbered system check with a hint."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register


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


@register(Tags.security)
def readers_address_can_be_read(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Pages that read the record where nothing is pushed, or where no browser may go, would have no map."""
    address = urlsplit(settings.READERS_URL)
    if not settings.READERS_URL:
        return []
    if address.scheme not in ("http", "https") or not address.netloc:
        return [
            Error(
                "READERS_URL is no address of the web.",
                hint="For example READERS_URL=https://cdn.newsroom.example/maps",
                id="events.E002",
            )
        ]
    if "readers" not in settings.STORAGES:
        return [
            Error(
                "READERS_URL is set, but nothing is pushed there.",
                hint="Set READERS_S3_BUCKET too, or neither.",
                id="events.E003",
            )
        ]
    return []


@register(Tags.caches)
def cache_is_apart_from_the_broker(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """To empty the cache empties its database, and would drop the builds that wait there."""
    if settings.CACHES["default"].get("LOCATION") != settings.CELERY_BROKER_URL:
        return []
    return [
        Warning(
            "Cache and broker share one Redis database: emptying the cache drops builds that wait.",
            hint="Set CACHE_URL to another database or server.",
            id="events.W001",
        )
    ]


@register(Tags.security)
def copy_leads_to_the_site(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What is pushed to object storage names the site by its public address, which nobody else can find out."""
    host = urlsplit(settings.SITE_URL).hostname
    if "readers" not in settings.STORAGES or host not in ("127.0.0.1", "localhost"):
        return []
    return [
        Warning(
            f"What readers have from object storage leads to {settings.SITE_URL}, which is their own machine.",
            hint="Set SITE_URL to the site's public address, for example https://tracker.example.org",
            id="events.W004",
        )
    ]
