"""Draft: an editor's working copy of a Change, private to the desk. Publishing it appends a Change."""

import pghistory
from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.utils.translation import gettext_lazy as _

from .change import Change
from .conflict import Conflict

# Computed from `typed` when it is saved, to find drafts that log the same fall: no part of the history.
DERIVED = ["about_places", "about_actor", "about_family", "about_from", "about_until"]


@pghistory.track(exclude=DERIVED)
class Draft(models.Model):
    """What was typed is kept as typed in `typed` (form field -> text), valid or not, so nothing is lost.

    `writers` are the keys of all who changed the text: where two persons are asked for, none of them publishes.
    Under embargo (`status`) it is published at `publish_at`, or when `lifter` says so, in the name of
    `approved_by`; `embargo_reason` says why it waits, `embargo_failed` why its hour did not publish it.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("returned")
        EMBARGOED = "embargoed", _("under embargo")
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

    writers = ArrayField(models.IntegerField(), default=list, blank=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="assigned_drafts",
        verbose_name=_("assigned to"),
    )
    # Why a chief published without the second person that was asked for.
    alone_reason = models.TextField(blank=True)

    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    lifter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    embargo_reason = models.TextField(blank=True)
    embargo_failed = models.TextField(blank=True)

    about_places = ArrayField(models.BigIntegerField(), default=list, blank=True)
    about_actor = models.BigIntegerField(null=True, blank=True)
    about_family = models.CharField(max_length=16, blank=True)
    about_from = models.DateTimeField(null=True, blank=True)
    about_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-updated_at"]
        indexes = [
            models.Index(fields=["conflict", "status", "-updated_at"], name="draft_queue"),
            models.Index(
                fields=["publish_at"],
                condition=models.Q(status="embargoed"),
                name="draft_due",
            ),
            GinIndex(fields=["about_places"], name="draft_about_places"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="embargoed")
                | (
                    (models.Q(publish_at__isnull=False) | models.Q(lifter__isnull=False))
                    & models.Q(approved_by__isnull=False)
                    & ~models.Q(embargo_reason="")
                ),
                name="draft_embargo_says_until_when_and_why",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
