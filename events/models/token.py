"""ApiToken: lets a program draft or publish in a person's name. Shown once, kept as a digest."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any, Self

import pghistory
from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# So that a token that leaked into a public place is known for one.
PREFIX = "tracker_"
# Last use is kept to this: not every call is a write.
SELDOM = timedelta(minutes=1)


def digest_of(text: str) -> str:
    """The text has 256 random bits, so one round of a fast hash cannot be searched."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()


@pghistory.track(exclude=["digest", "last_used_at"])
class ApiToken(models.Model):
    """What it allows is what the person may do, and no more than its scopes. `policy` asks both."""

    class Scope(models.TextChoices):
        DRAFT = "draft", _("make drafts")
        PUBLISH = "publish", _("publish drafts")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    label = models.CharField(_("label"), max_length=80, blank=True)
    scopes = ArrayField(models.CharField(max_length=12, choices=Scope.choices))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    # Its first letters, to tell it from others in a list.
    beginning = models.CharField(_("begins with"), max_length=16, editable=False)
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.beginning}… {self.label}".strip()

    @classmethod
    def issue(cls, user: Any, scopes: list[str], label: str = "") -> tuple[Self, str]:
        """The token and its text, which can never be read again."""
        text = PREFIX + secrets.token_urlsafe(32)
        token = cls.objects.create(
            user=user,
            label=label,
            scopes=sorted(set(scopes)),
            digest=digest_of(text),
            beginning=text[: len(PREFIX) + 6],
        )
        return token, text

    @classmethod
    def find(cls, text: str) -> Self | None:
        """The token of that text with its person, where both still count; notes that it is used."""
        rows = cls.objects.select_related("user").filter(
            digest=digest_of(text), revoked_at__isnull=True, user__is_active=True
        )
        token = rows.first()
        now = timezone.now()
        if token and (token.last_used_at is None or now - token.last_used_at > SELDOM):
            cls.objects.filter(pk=token.pk).update(last_used_at=now)
        return token

    def revoke(self) -> None:
        """It counts no more from now on; it stays on record. A second time changes nothing."""
        if self.revoked_at is None:
            self.revoked_at = timezone.now()
            self.save(update_fields=["revoked_at"])
