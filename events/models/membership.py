"""Membership: which role a person has in which conflict."""

import pghistory
from django.conf import settings
from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from .conflict import Conflict


@pghistory.track()
class Membership(models.Model):
    """A reporter drafts, an editor publishes, a chief also overrides and manages. See `policy`."""

    class Role(models.TextChoices):
        REPORTER = "reporter", _("reporter")
        EDITOR = "editor", _("editor")
        CHIEF = "chief", _("chief")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    conflict = models.ForeignKey(Conflict, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)

    class Meta:
        verbose_name = _("desk membership")
        verbose_name_plural = _("desk memberships")
        constraints = [
            models.UniqueConstraint(fields=["user", "conflict"], name="one_role_per_conflict")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"
