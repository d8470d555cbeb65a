"""Comment: what the desk says to each other about a Draft. Alert: what a person or a whole desk must see."""

import pghistory
from django.conf import settings
from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from .conflict import Conflict
from .draft import Draft


@pghistory.track()
class Comment(models.Model):
    """`parent` is the thread's first comment, whose `settled_by` closes the thread."""

    class Kind(models.TextChoices):
        COMMENT = "comment", _("comment")
        RETURNED = "returned", _("returned with this comment")

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="comments")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="replies"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="comments")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.COMMENT)
    text = models.TextField(_("comment"))
    draft_version = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.draft} {self.author}"


class Alert(models.Model):
    """To one person, or to the whole desk where `to` is empty. Says which draft, never what stands in it."""

    class Kind(models.TextChoices):
        MENTIONED = "mentioned", _("You are mentioned")
        ASSIGNED = "assigned", _("Assigned to you")
        RETURNED = "returned", _("Returned with a comment")
        LIFTED = "lifted", _("Embargo lifted: it is published")
        DUE = "due", _("The hour of its embargo has come: it is published")
        FAILED = "failed", _("The hour of its embargo has come, and it is NOT published")
        ALONE = "alone", _("Published by a chief without a second person")

    conflict = models.ForeignKey(Conflict, models.CASCADE, related_name="alerts")
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="alerts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="alerts"
    )
    note = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    seen_by = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["conflict", "-made_at"], name="alert_newest")]

    def __str__(self) -> str:
        return f"{self.draft} {self.kind}"
