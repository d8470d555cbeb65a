"""For whoever runs the site: is the process up (healthz), can it serve (readyz)."""

import logging
from typing import Any

from celery import current_app
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from events import replay
from events.models import Conflict

log = logging.getLogger(__name__)
BROKER_TIMEOUT = 2.0


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """503 where database or broker is down. Why is in the log, not in the answer."""
    builds = _builds()
    up = {"database": builds is not None, "broker": _broker_is_up()}
    answer = {part: "up" if fine else "down" for part, fine in up.items()}
    status = 200 if all(up.values()) else 503
    return JsonResponse({**answer, "replay": builds or {}}, status=status)


def _builds() -> dict[str, Any] | None:
    """The last build of each conflict; None where the database does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        now = timezone.now()
        return {
            conflict.slug: _build(conflict, replay.is_stale(conflict, now))
            for conflict in Conflict.objects.select_related("replay_build").order_by("slug")
        }
    except DatabaseError:
        log.exception("readyz: the database does not answer")
        return None


def _build(conflict: Conflict, stale: bool) -> dict[str, Any]:
    build = getattr(conflict, "replay_build", None)
    return {
        "built_at": build.built_at.isoformat() if build else None,
        "known_at": build.known_at.isoformat() if build and build.known_at else None,
        "stale": stale,
    }


def _broker_is_up() -> bool:
    try:
        with current_app.connection_for_write(connect_timeout=BROKER_TIMEOUT) as broker:
            broker.ensure_connection(
                max_retries=1, interval_start=0, interval_step=0, timeout=BROKER_TIMEOUT
            )
    except Exception:  # whatever it is, a probe answers
        log.exception("readyz: the broker does not answer")
        return False
    return True
