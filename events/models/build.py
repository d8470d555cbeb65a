"""ReplayBuild: what readers load now, for one conflict. Written by `replay` alone."""

from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from .conflict import Conflict


class ReplayBuild(models.Model):
    """`manifest` as in docs/data-formats.md. `known_at`: the last publication that it contains.
    `parts`: what it was made of, for the next build to reuse; empty where nothing may be reused.
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
