"""Change: one published statement about control. Append-only, by trigger: never edited, never deleted."""

from django.conf import settings
from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from .actor import Actor
from .conflict import Conflict
from .place import Place
from .protect import append_only
from .source import Report


class Change(models.Model):
    """Valid time: `earliest`..`latest`, computed from the EDTF `date` in the conflict's zone (NULL = unbounded).
    Known time: `recorded_at`, the instant of publication. Written by `ledger` alone.
    """

    class Kind(models.TextChoices):
        STATEMENT = "statement", _("statement")
        CORRECTION = "correction", _("correction")
        RETRACTION = "retraction", _("retraction")

    class Ruling(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        OPEN = "open", _("open")
        REJECTED = "rejected", _("rejected")

    # Three indexes below begin with it.
    conflict = models.ForeignKey(Conflict, models.PROTECT, related_name="changes", db_index=False)
    public_id = models.CharField(_("public id"), max_length=80)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.STATEMENT)
    actor = models.ForeignKey(Actor, models.PROTECT, null=True, related_name="changes")
    # One of chronology.verbs.VERBS; the ledger refuses others.
    verb = models.CharField(max_length=16, blank=True)
    other_actor = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="changes_as_other"
    )
    places = models.ManyToManyField(Place, through="ChangePlace", related_name="changes")
    place_count = models.PositiveIntegerField(null=True, blank=True)
    date = models.CharField(max_length=60)
    earliest = models.DateTimeField(null=True)
    latest = models.DateTimeField()
    day_order = models.SmallIntegerField(default=0)
    headline = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    ruling = models.CharField(max_length=10, choices=Ruling.choices, default=Ruling.ACCEPTED)
    ruling_reason = models.TextField(blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    reason = models.TextField(blank=True)
    # Its rank in the order of entry; NULL: its own id. A correction keeps the rank of what it corrects.
    entry = models.BigIntegerField(null=True, editable=False)
    overrides = models.JSONField(default=list, blank=True)
    recorded_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="published_changes"
    )
    # Once, by the constraint below: `unique=True` would keep a second index, for LIKE.
    idempotency_key = models.CharField(max_length=80, null=True)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["latest", "day_order", "pk"]
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(
                fields=["conflict", "public_id"], name="change_public_id_once_per_conflict"
            ),
            models.UniqueConstraint(fields=["idempotency_key"], name="change_idempotency_key_once"),
            models.CheckConstraint(
                condition=models.Q(earliest__isnull=True)
                | models.Q(earliest__lte=models.F("latest")),
                name="change_earliest_before_latest",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="statement")
                | (models.Q(supersedes__isnull=False) & ~models.Q(reason="")),
                name="change_correction_gives_its_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["conflict", "-latest", "-id"], name="change_newest_first"),
            # The last publication, and what was known at an instant.
            models.Index(fields=["conflict", "recorded_at"], name="change_as_recorded"),
            models.Index(
                fields=["conflict", "-recorded_at", "-id"],
                name="change_corrections",
                condition=~models.Q(kind="statement"),
            ),
        ]

    def __str__(self) -> str:
        return self.headline or f"{self.actor}: {self.verb.replace('_', ' ')} ({self.date})"


class ChangePlace(models.Model):
    """A Change names a place; `ordinal` keeps the order in which they were named."""

    # Its constraint below is an index by change already.
    change = models.ForeignKey(Change, models.PROTECT, related_name="named_places", db_index=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="named_in")
    ordinal = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["ordinal"]
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(fields=["change", "place"], name="change_names_a_place_once")
        ]

    def __str__(self) -> str:
        return str(self.place)


class Citation(models.Model):
    """Change ↔ Report, with the report's stance towards what the Change says."""

    class Stance(models.TextChoices):
        REPORTS = "reports", _("reports")
        CONFIRMS = "confirms", _("confirms")
        CLAIMS = "claims", _("claims")
        DENIES = "denies", _("denies")

    change = models.ForeignKey(Change, models.PROTECT, related_name="citations")
    report = models.ForeignKey(Report, models.PROTECT, related_name="citations")
    stance = models.CharField(max_length=10, choices=Stance.choices, default=Stance.REPORTS)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["pk"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.report.source} {self.stance}"
