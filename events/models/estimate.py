"""Estimate: a cited figure about a place at a date, with bounds."""

import pghistory
from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from .actor import Actor
from .place import Place
from .source import Source


@pghistory.track()
class Estimate(models.Model):
    """`subject` keeps who is counted where it is no tracked actor (civilians)."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="estimates")
    actor = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="estimates"
    )
    subject = models.CharField(_("subject"), max_length=80, blank=True)
    measure = models.CharField(_("measure"), max_length=80)
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    low = models.DecimalField(_("low"), max_digits=14, decimal_places=2, null=True, blank=True)
    high = models.DecimalField(_("high"), max_digits=14, decimal_places=2, null=True, blank=True)
    as_of = models.CharField(_("as of (EDTF)"), max_length=60)
    earliest = models.DateTimeField(null=True, editable=False)
    latest = models.DateTimeField(null=True, editable=False)
    source = models.ForeignKey(Source, models.PROTECT, related_name="estimates")
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("estimate")
        verbose_name_plural = _("estimates")
        ordering = ["-latest", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "actor", "subject", "measure", "as_of", "source", "value"],
                name="estimate_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(low__isnull=True)
                | models.Q(high__isnull=True)
                | models.Q(low__lte=models.F("high")),
                name="estimate_low_before_high",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.value}"
