"""What every installation shares. Secrets and addresses come from the environment."""

from pathlib import Path

import environ
from celery.schedules import schedule
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from conflict_map.redis_databases import next_database

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()
DATA_DIR = Path(env("TRACKER_DATA_DIR", default=str(BASE_DIR / ".local"))).resolve()

DEBUG = False
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
SITE_NAME = env("SITE_NAME", default="Control tracker")
# Under which licence the record may be used, in the words of a citation: "CC BY 4.0."
RECORD_LICENCE = env("RECORD_LICENCE", default="")
# A folder with more words of reporting, beside the languages that come with it (docs/editing.md).
SENTENCE_WORDS_DIR = env("SENTENCE_WORDS_DIR", default="")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # the list of sessions says how long ago
    "django.contrib.gis",
    "django.contrib.postgres",
    "leaflet",
    "rules",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "csp",
    "events",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "conflict_map.urls"
WSGI_APPLICATION = "conflict_map.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "events.context.site",
            ],
        },
    },
]

# The application's role adds to the record and alters nothing of it; the owner of the tables migrates (manage.py
# knows which commands are the owner's). Without MIGRATE_DATABASE_URL one role does both.
APPLICATION_DATABASE = env.db_url("DATABASE_URL", default="postgis:///tracker")
_address = env("DATABASE_URL", default="postgis:///tracker")
_owner = env.db_url("MIGRATE_DATABASE_URL", default=_address)
DATABASES = {
    "default": {
        **(_owner if env("AS_OWNER", default="") else APPLICATION_DATABASE),
        "ENGINE": "django.contrib.gis.db.backends.postgis",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", default="redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = env("CELERY_BROKER_URL", default=REDIS_URL)
# Never the broker's own database: to empty a cache is to empty its database.
CACHE_URL = env("CACHE_URL", default="") or next_database(REDIS_URL)
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
}

CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A publish must not wait for a broker that is down: it fails at once and the sweep heals it.
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 30}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BEAT_SCHEDULE = {
    "sweep-replays": {"task": "events.tasks.sweep_replays", "schedule": schedule(run_every=15)},
    "end-embargoes": {"task": "events.tasks.end_embargoes", "schedule": schedule(run_every=10)},
    "collect-replays": {
        "task": "events.tasks.collect_replays",
        "schedule": schedule(run_every=86_400),
    },
    "forget-places": {"task": "events.tasks.forget_places", "schedule": schedule(run_every=3_600)},
}
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_ADAPTER = "events.accounts.ClosedSignup"
ACCOUNT_FORMS = {"login": "events.accounts.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
# Old sessions are listed, and ended by their owner.
USERSESSIONS_TRACK_ACTIVITY = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
# How many proxies stand before the web process: rate limits count by the reader's own address.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
# Who publishes, or gets into the admin, signs in with a second factor; without one his role does not count.
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=True)

# Mail: to the console without EMAIL_URL, for example smtp+tls://user:password@mail.newsroom.example:587.
EMAIL = environ.Env.email_url_config(env("EMAIL_URL", default="") or "consolemail://")
EMAIL_BACKEND = EMAIL["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL.get("EMAIL_HOST", "")
EMAIL_PORT = EMAIL.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = EMAIL.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = EMAIL.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = EMAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("MAIL_FROM", default="") or "control-tracker@localhost"
# Where links lead that are read elsewhere than here: in mails, on other sites, in object storage.
_here = f"http://127.0.0.1:{env('PORT', default='8000')}"
SITE_URL = (env("SITE_URL", default="") or _here).rstrip("/")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ar", _("Arabic"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
# What browsers ask every site for by themselves, at its root: icons, drawn from static/icon.svg (script/lib/icons.py).
WHITENOISE_ROOT = BASE_DIR / "root"
# Whether a release has each page's scripts in one file (events/staticfiles.py); needs node and `npm ci`.
STATIC_BUNDLES = env.bool("STATIC_BUNDLES", default=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "events.staticfiles.HashedModules"},
    # The readers' files: immutable, named by their content. Any Django storage will do.
    "replay": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA_DIR / "replay"), "base_url": "/replay/"},
    },
}
# Days that a file stays after the last manifest that named it: pages that are open may still ask for it.
REPLAY_KEEP_DAYS = env.int("REPLAY_KEEP_DAYS", default=7)
if _bucket := env("READERS_S3_BUCKET", default=""):
    # Each build is pushed there as well, for a CDN to read from while our servers are down.
    STORAGES["readers"] = {
        "BACKEND": "events.replay.readers.ReadersStorage",
        "OPTIONS": {
            "bucket_name": _bucket,
            "endpoint_url": env("READERS_S3_ENDPOINT", default="") or None,
            "region_name": env("READERS_S3_REGION", default="") or None,
            "access_key": env("READERS_S3_KEY", default="") or None,
            "secret_key": env("READERS_S3_SECRET", default="") or None,
            "location": env("READERS_S3_PREFIX", default=""),
            "default_acl": env("READERS_S3_ACL", default="") or None,
            "file_overwrite": True,
            "querystring_auth": False,
        },
    }
# Where a CDN serves what is pushed there, its prefix included; pages then read the record from it.
READERS_URL = env("READERS_URL", default="").rstrip("/")
_readers = ["/".join(READERS_URL.split("/")[:3])] if READERS_URL else []
MEDIA_ROOT = DATA_DIR / "media"

# A tile server is an operator's choice; without one no request leaves for another host.
TILE_URL = env("TILE_URL", default="")
TILE_ATTRIBUTION = env("TILE_ATTRIBUTION", default="")
TILE_HOSTS = env.list("TILE_HOSTS", default=[])

LEAFLET_CONFIG = {"TILES": [], "NO_GLOBALS": False, "RESET_VIEW": False}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *TILE_HOSTS, *_readers],
        "font-src": [SELF],
        "connect-src": [SELF, *_readers],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
# GDAL older than 3.9 may read other files or addresses that a spatial reference names. Debian 12 has 3.6;
# only editors import shapes, and no reader's input reaches GDAL.
SILENCED_SYSTEM_CHECKS: list[str] = ["gis.W001"]


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
}
