"""Conflict: what one map is about; Orientation: land, water and rivers that help a reader find the way."""

from datetime import time
from zoneinfo import ZoneInfo

import pghistory
from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.utils.translation import gettext_lazy as _

from .fields import validate_timezone


def default_editions() -> list[time]:
    return [time(6), time(18)]


@pghistory.track()
class Conflict(models.Model):
    """One tracked conflict. `start` and `end` are days in `timezone`; no `end` means it goes on."""

    slug = models.SlugField(_("slug"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    timezone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_timezone]
    )
    start = models.DateField(_("first day"))
    end = models.DateField(_("last day"), null=True, blank=True)
    bounds = models.PolygonField(_("bounds"), null=True, blank=True)
    languages = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    # Metres round a sourced place within which fill is evidence; beyond, it is inference.
    evidence_radius_town = models.PositiveIntegerField(
        _("evidence radius, towns (m)"), default=10_000
    )
    evidence_radius_neighbourhood = models.PositiveIntegerField(
        _("evidence radius, neighbourhoods (m)"), default=700
    )
    attribution = models.TextField(_("attribution"), blank=True)
    # The review: see policy.needs_two_persons.
    two_person = models.BooleanField(
        _("two persons for every publication"),
        default=False,
        help_text=_("Who wrote in a draft does not publish it."),
    )
    sensitive_verbs = ArrayField(
        models.CharField(max_length=16),
        verbose_name=_("verbs that ask for two persons"),
        default=list,
        blank=True,
        help_text=_("For example: handed_over, withdrew. Comma between."),
    )
    editions = ArrayField(
        models.TimeField(),
        verbose_name=_("hours of the editions"),
        default=default_editions,
        blank=True,
        help_text=_("In the conflict's time zone; the shift's list begins at the last one."),
    )

    class Meta:
        verbose_name = _("conflict")
        verbose_name_plural = _("conflicts")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__isnull=True) | models.Q(end__gte=models.F("start")),
                name="conflict_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class Orientation(models.Model):
    """A feature of the base map, in WGS 84. `schematic` ones are drawn from description, not survey."""

    class Kind(models.TextChoices):
        LAND = "land", _("land")
        WATER = "water", _("water")
        RIVER = "river", _("river")

    conflict = models.ForeignKey(Conflict, models.CASCADE, related_name="orientation")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=100)
    names = models.JSONField(_("names in other languages"), default=dict, blank=True)
    own = models.BooleanField(_("the conflict's own land"), default=False)
    schematic = models.BooleanField(_("schematic"), default=False)
    shape = models.GeometryField(_("shape"))

    class Meta:
        verbose_name = _("orientation feature")
        verbose_name_plural = _("orientation features")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
