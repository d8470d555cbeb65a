"""Paste: a table or an article from which drafts are proposed. Proposal: one of them, until somebody decides."""

import pghistory
from django.conf import settings
from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from .conflict import Conflict
from .draft import Draft


@pghistory.track(exclude=["text", "version", "updated_at"])
class Paste(models.Model):
    """Kept as pasted (lines end in LF), private to the desk. `title`, `source`, `url` and `published` are as typed,
    and given once for all that is proposed. Of a table, `columns` is what each column was taken for ("" is left
    out) and `dates` which comes first in 10/08/2017; `begun_at`: when proposals were first made of it.
    """

    class Kind(models.TextChoices):
        TABLE = "table", _("table")
        ARTICLE = "article", _("article")

    class Dates(models.TextChoices):
        DAY = "day", _("day first")
        MONTH = "month", _("month first")

    conflict = models.ForeignKey(Conflict, models.CASCADE, related_name="pastes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="pastes")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, blank=True)
    text = models.TextField(_("text"), blank=True)
    title = models.TextField(_("headline"), blank=True)
    source = models.TextField(_("source"), blank=True)
    url = models.TextField(_("address"), blank=True)
    published = models.TextField(_("published"), blank=True)
    columns = models.JSONField(_("columns"), default=list, blank=True)
    header = models.BooleanField(_("the first row names the columns"), default=False)
    dates = models.CharField(_("dates"), max_length=5, choices=Dates.choices, blank=True)
    key = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    set_aside_at = models.DateTimeField(_("set aside"), null=True, blank=True)

    class Meta:
        verbose_name = _("paste")
        verbose_name_plural = _("pastes")
        ordering = ["-updated_at"]
        indexes = [models.Index(fields=["conflict", "-updated_at"], name="paste_newest")]

    def __str__(self) -> str:
        return f"#{self.pk}"


# Accepting is on record as the draft that it makes; dropping, and taking that back, would be nowhere else.
DROPPED = pghistory.Q(old__status="dropped") | pghistory.Q(new__status="dropped")


@pghistory.track(
    pghistory.UpdateEvent(
        condition=DROPPED & ~pghistory.Q(old__status=pghistory.F("new__status")),
    ),
    fields=["paste", "number", "words", "status"],
    model_name="ProposalEvent",
)
class Proposal(models.Model):
    """`[start, end)` of the paste's text are its `words`; both are -1 where the text has them no more.

    `typed` is what they were read as (`Draft.typed`), `mended` what a person has put in its place (input -> text),
    `guesses` what else an input may mean (input -> [[text, label]]). `sound`: nothing kept it from being published
    when it was last read; else `faults` says what (input -> sentence). `line` is the row of a table, counted as it
    was pasted; `nth` which change of its words.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("waits")
        ACCEPTED = "accepted", _("accepted")
        DROPPED = "dropped", _("dropped")

    paste = models.ForeignKey(Paste, models.CASCADE, related_name="proposals")
    number = models.PositiveIntegerField()
    line = models.PositiveIntegerField(default=0)
    start = models.IntegerField(default=-1)
    end = models.IntegerField(default=-1)
    nth = models.PositiveSmallIntegerField(default=0)
    words = models.TextField(_("quoted words"))
    typed = models.JSONField(default=dict)
    mended = models.JSONField(default=dict, blank=True)
    guesses = models.JSONField(default=dict, blank=True)
    sound = models.BooleanField(default=False)
    faults = models.JSONField(default=dict, blank=True)
    status = models.CharField(
        _("status"), max_length=8, choices=Status.choices, default=Status.WAITING
    )
    draft = models.OneToOneField(
        Draft, models.SET_NULL, null=True, blank=True, related_name="proposal"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["paste", "number"]
        constraints = [
            # Deferred: those of one paste are numbered anew together.
            models.UniqueConstraint(
                fields=["paste", "number"],
                name="proposal_number_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=models.Q(start=-1, end=-1)
                | models.Q(start__gte=0, end__gte=models.F("start")),
                name="proposal_words_lie_in_the_text",
            ),
        ]
        indexes = [
            models.Index(fields=["paste", "status", "sound", "number"], name="proposal_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.paste} {self.number}"
