"""The app's configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Record of control")

    def ready(self) -> None:
        from events import checks, policy  # noqa: F401  registers the rules and system checks
