"""ReplayBuild: what readers load now, for one conflict; ReplayDue: what it does not contain yet."""

from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from .conflict import Conflict


class ReplayBuild(models.Model):
    """Written by `replay` alone. `manifest` as in docs/data-formats.md. `known_at`: the last publication that it
    contains. `parts`: what it was made of, for the next build to reuse; empty where nothing may be reused.
    """

    conflict = models.OneToOneField(Conflict, models.CASCADE, related_name="replay_build")
    built_at = models.DateTimeField()
    known_at = models.DateTimeField(null=True)
    etag = models.CharField(max_length=64)
    manifest = models.JSONField()
    parts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("replay build")
        verbose_name_plural = _("replay builds")

    def __str__(self) -> str:
        return self.etag


class ReplayDue(models.Model):
    """A publication that no build contains yet, or an edit at the desk of what readers see of an actor or a source:
    written in its own transaction by `ledger` and `gazetteer`, removed by the build that read it. Publications may
    commit out of the order of their instants, so comparing instants would miss some.
    """

    conflict = models.ForeignKey(Conflict, models.CASCADE, related_name="replay_due")
    known_at = models.DateTimeField()

    class Meta:
        verbose_name = _("publication to build")
        verbose_name_plural = _("publications to build")

    def __str__(self) -> str:
        return f"{self.conflict_id} {self.known_at.isoformat()}"
