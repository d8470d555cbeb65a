"""Actor: a party that can hold, contest, besiege or be present; Coalition: its dated memberships."""

from typing import Any

import pghistory
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex
from django.utils.translation import gettext_lazy as _

from events.chronology.agreement import PLURAL, SINGULAR, Name, guessed

from .conflict import Conflict
from .fields import colour_validator


@pghistory.track()
class Actor(models.Model):
    """Colour, pattern and short code together identify it: colour alone never does."""

    class Kind(models.TextChoices):
        STATE = "state", _("state")
        NON_STATE = "non-state", _("non-state armed group")
        FOREIGN = "foreign", _("foreign state")
        COALITION = "coalition", _("coalition")
        AUTHORITY = "authority", _("authority")

    class Number(models.TextChoices):
        SINGULAR = SINGULAR, _("singular: “IS captures”")
        PLURAL = PLURAL, _("plural: “Rebels capture”")

    conflict = models.ForeignKey(Conflict, models.CASCADE, related_name="actors")
    slug = models.SlugField(_("slug"), max_length=80)
    name = models.CharField(_("name"), max_length=150)
    short = models.CharField(_("short name"), max_length=30)
    # How verbs go with its short name in English.
    number = models.CharField(_("its verbs"), max_length=8, choices=Number.choices, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    colour = models.CharField(_("colour"), max_length=7, validators=[colour_validator])
    pattern = models.CharField(_("pattern"), max_length=20, default="solid")
    # EDTF, no more exact than the source.
    active_from = models.CharField(_("active from"), max_length=40, blank=True)
    active_to = models.CharField(_("active to"), max_length=40, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conflict", "slug"], name="actor_slug_once_per_conflict"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """An empty `number` is guessed from the short name."""
        self.number = self.number or guessed(self.short)
        super().save(*args, **kwargs)

    def called(self, name: str = "") -> Name:
        """Its name in a sentence: the short one, or `name` in another language."""
        return Name(name or self.short, self.number == PLURAL)


# Names that were taken back are known of the past.
@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ActorName(models.Model):
    """One alias in any script; names may be dated (groups rename)."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=12, blank=True)
    used_from = models.CharField(_("used from"), max_length=40, blank=True)
    used_to = models.CharField(_("used to"), max_length=40, blank=True)
    folded = models.CharField(max_length=150, db_index=True, editable=False)

    class Meta:
        verbose_name = _("name of an actor")
        verbose_name_plural = _("names of actors")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["actor", "name"], name="actor_name_once")]
        indexes = [
            GinIndex(name="actor_name_trigrams", fields=["folded"], opclasses=["gin_trgm_ops"])
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Coalition(models.Model):
    """`member` belonged to `coalition` between two EDTF dates (YPG in SDF from 2015-10)."""

    member = models.ForeignKey(Actor, models.CASCADE, related_name="coalitions")
    coalition = models.ForeignKey(Actor, models.CASCADE, related_name="members")
    since = models.CharField(_("since"), max_length=40, blank=True)
    until = models.CharField(_("until"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("coalition membership")
        verbose_name_plural = _("coalition memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "coalition", "since"], name="coalition_membership_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(member=models.F("coalition")), name="coalition_not_of_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} ∈ {self.coalition}"
