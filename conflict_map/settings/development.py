"""One machine, one person, demo data. `script/server` runs with these."""

from .base import *  # noqa: F403
from .base import env

DEBUG = True
SECRET_KEY = "development only: never use this where others can reach the server"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
ACCOUNT_RATE_LIMITS = False
# The demo's accounts have a known password anyway.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=False)
