"""Source: who says so, with its leanings; Report: one published item of it."""

import pghistory
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex
from django.utils.translation import gettext_lazy as _

from .actor import Actor


@pghistory.track()
class Source(models.Model):
    """`reliability` is the Admiralty scale's letter, A (completely reliable) to F (cannot be judged)."""

    class Kind(models.TextChoices):
        AGENCY = "agency", _("news agency")
        MONITOR = "monitor", _("monitor")
        NEWSPAPER = "newspaper", _("newspaper or broadcaster")
        GOVERNMENT = "government", _("government")
        BELLIGERENT = "belligerent", _("belligerent")
        UN = "un", _("United Nations")
        ENCYCLOPEDIA = "encyclopedia", _("encyclopedia")
        OTHER = "other", _("other")

    class Reliability(models.TextChoices):
        A = "A", _("A: completely reliable")
        B = "B", _("B: usually reliable")
        C = "C", _("C: fairly reliable")
        D = "D", _("D: not usually reliable")
        E = "E", _("E: unreliable")
        F = "F", _("F: cannot be judged")

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=150)
    folded = models.CharField(max_length=150, db_index=True, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    reliability = models.CharField(
        _("reliability"), max_length=1, choices=Reliability.choices, default=Reliability.F
    )
    leanings = models.ManyToManyField(
        Actor, blank=True, related_name="partisans", verbose_name=_("partisan to")
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


# Names and leanings that were taken back are on record with who did it.
@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class SourceName(models.Model):
    """What a source is called besides its name: "SOHR", "المرصد السوري". `folded` as of all names."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=150)
    folded = models.CharField(max_length=150, db_index=True, editable=False)

    class Meta:
        verbose_name = _("other name of a source")
        verbose_name_plural = _("other names of sources")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["source", "name"], name="source_name_once")]
        indexes = [
            GinIndex(name="source_name_trigrams", fields=["folded"], opclasses=["gin_trgm_ops"])
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class Leaning(Source.leanings.through):  # type: ignore[name-defined]
    """That a source is partisan to an actor: the row between the two, for its audit."""

    class Meta:
        proxy = True
        verbose_name = _("partisan source")
        verbose_name_plural = _("partisan sources")

    def __str__(self) -> str:
        return f"{self.source} → {self.actor}"


@pghistory.track()
class Report(models.Model):
    """A published item, or what one says in another's words. `relays` keeps the chain: one outlet quoting another
    quoting an official; the same item that quotes two of them is two reports.
    """

    # The constraint below is an index by source already.
    source = models.ForeignKey(Source, models.PROTECT, related_name="reports", db_index=False)
    title = models.CharField(_("title"), max_length=400, blank=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    published = models.CharField(_("published (EDTF)"), max_length=40, blank=True)
    accessed = models.DateTimeField(_("accessed"), null=True, blank=True)
    quote = models.TextField(_("quoted words"), blank=True)
    archived_copy = models.FileField(
        _("archived copy"), upload_to="reports/", null=True, blank=True
    )
    relays = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relayed_by",
        verbose_name=_("relays"),
    )

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "url", "title", "published", "relays"],
                name="report_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.title or self.url or str(self.source)
