"""Who calls: by `Authorization: Bearer TOKEN` alone, never by a cookie."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from events.models import ApiToken

# Longer than any token; what is longer is not looked up.
LONGEST = 200


class Bearer(HttpBearer):
    """`request.auth` is then the ApiToken, its person at hand. None answers 401."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        return ApiToken.find(token) if len(token) <= LONGEST else None
