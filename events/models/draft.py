"""Draft: an editor's working copy of a Change, private to the desk. Publishing it appends a Change."""

import pghistory
from django.conf import settings
from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from .change import Change
from .conflict import Conflict


@pghistory.track()
class Draft(models.Model):
    """What was typed is kept as typed in `typed` (form field -> text), valid or not, so nothing is lost."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("returned")
        PUBLISHED = "published", _("published")
        DROPPED = "dropped", _("dropped")

    conflict = models.ForeignKey(Conflict, models.CASCADE, related_name="drafts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="drafts")
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.DRAFT
    )
    typed = models.JSONField(_("as typed"), default=dict, blank=True)
    change = models.OneToOneField(
        Change, models.PROTECT, null=True, blank=True, related_name="draft"
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-updated_at"]
        indexes = [models.Index(fields=["conflict", "status", "-updated_at"], name="draft_queue")]

    def __str__(self) -> str:
        return f"#{self.pk}"
