"""The site of the browser tests: a release's static files, each page's script in one, and the demo's open doors."""

from conflict_map.settings.development import *  # noqa: F403
from conflict_map.settings.development import STORAGES

# With it on, pages would name the modules and not what a release made of them.
DEBUG = False
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "events.staticfiles.HashedModules"}}
WHITENOISE_USE_FINDERS = False
WHITENOISE_AUTOREFRESH = False
