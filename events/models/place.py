"""Place: a node of the gazetteer tree, with names in any language and script."""

from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex
from django.utils.translation import gettext_lazy as _

from .conflict import Conflict


class Public(models.Manager[Any]):
    """What readers may know of. It is `objects`, so that a query that does not think of it shows nothing hidden.

    `every` has the hidden ones too: for the desk, for the ledger as it publishes what names one, and for imports.
    """

    public: ClassVar = {"hidden": False}

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(**self.public)


class NamesOfPublic(Public):
    public: ClassVar = {"place__hidden": False}


# A place that was made at the desk may be taken back: that is on record too.
@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["territory"],
)
class Place(models.Model):
    """`path` holds the slugs from the root to this place, so that a tree walk is one index scan.

    `hidden`: made at the desk, by `made_by`, and known to nobody else until a published Change names it; the
    ledger then makes it public, in the transaction that publishes. It has no Spans until then, and no places
    inside.
    """

    class Kind(models.TextChoices):
        COUNTRY = "country", _("country")
        PROVINCE = "province", _("province")
        DISTRICT = "district", _("district")
        SUBDISTRICT = "subdistrict", _("subdistrict")
        TOWN = "town", _("town")
        NEIGHBOURHOOD = "neighbourhood", _("neighbourhood")
        SITE = "site", _("site")

    conflict = models.ForeignKey(Conflict, models.CASCADE, related_name="places")
    slug = models.SlugField(_("slug"), max_length=80)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inside",
        verbose_name=_("parent"),
    )
    depth = models.PositiveSmallIntegerField(default=0, editable=False)
    path = models.TextField(editable=False, db_index=False)
    name = models.CharField(_("name"), max_length=150)
    point = models.PointField(_("point"), null=True, blank=True)
    area = models.MultiPolygonField(_("area"), null=True, blank=True)
    # Derived by gazetteer.territory: the Thiessen cell, for settlements without an area.
    territory = models.MultiPolygonField(null=True, blank=True, editable=False)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    begins = models.DateField(_("begins"), null=True, blank=True)
    ends = models.DateField(_("ends"), null=True, blank=True)
    pcode = models.CharField(_("OCHA p-code"), max_length=32, blank=True)
    geonames_id = models.PositiveIntegerField(_("GeoNames id"), null=True, blank=True)
    wikidata = models.CharField(_("Wikidata id"), max_length=16, blank=True)
    osm = models.CharField(_("OpenStreetMap id"), max_length=32, blank=True)
    sensitive = models.BooleanField(_("publishing here asks for two persons"), default=False)
    coordinates_from = models.CharField(_("coordinates from"), max_length=300, blank=True)
    hidden = models.BooleanField(_("not public yet"), default=False, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("made at"), null=True, blank=True, editable=False)

    objects = Public()
    every = models.Manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(
                fields=["conflict", "slug"], name="place_slug_once_per_conflict"
            ),
        ]
        indexes = [
            models.Index(
                fields=["conflict", "path"],
                name="place_tree",
                opclasses=["int8_ops", "text_pattern_ops"],
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        """Keep `depth` and `path` in step with `parent`."""
        self.put_inside(self.parent)
        super().save(*args, **kwargs)

    def put_inside(self, parent: "Place | None") -> None:
        """Parent, depth and path, for who saves many at once."""
        self.parent = parent
        self.depth = parent.depth + 1 if parent else 0
        self.path = f"{parent.path if parent else ''}{self.slug}/"

    @property
    def approximate(self) -> bool:
        return self.coordinates_from.startswith("approximate")


# Names that were taken back are known of the past.
@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PlaceName(models.Model):
    """One name; `folded` is what `gazetteer.names.fold_name` makes of it, for matching."""

    class Kind(models.TextChoices):
        OFFICIAL = "official", _("official")
        ALIAS = "alias", _("alias")
        TRANSLITERATION = "transliteration", _("transliteration")

    place = models.ForeignKey(Place, models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=12, blank=True)
    script = models.CharField(_("script"), max_length=4, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.ALIAS)
    folded = models.CharField(max_length=150, db_index=True, editable=False)

    objects = NamesOfPublic()
    every = models.Manager()

    class Meta:
        verbose_name = _("name of a place")
        verbose_name_plural = _("names of places")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["place", "name", "language"], name="place_name_once")
        ]
        indexes = [
            GinIndex(name="place_name_trigrams", fields=["folded"], opclasses=["gin_trgm_ops"])
        ]

    def __str__(self) -> str:
        return self.name
