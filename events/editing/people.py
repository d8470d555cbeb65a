"""Who sits at a desk: roles, and invitations by a link that works once. Each function asks `policy`."""

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events import policy
from events.drafting import alerts
from events.models import Conflict, Invitation, Membership

VALID_FOR = timedelta(days=7)


def _digest(secret: str) -> str:
    return sha256(secret.encode(errors="replace")).hexdigest()


def _role(text: str) -> str:
    if text not in Membership.Role.values:
        raise ValidationError({"role": _("A role is one of: reporter, editor, chief.")})
    return text


def invite(conflict: Conflict, *, by: Any, email: str, role: str) -> Invitation:
    """Mail a link that gives `role` to whoever opens it first, within VALID_FOR. Raises ValidationError."""
    policy.require(by, "events.manage_conflict", conflict)
    email = email.strip()
    try:
        validate_email(email)
    except ValidationError as error:
        raise ValidationError(
            {"email": _("“%(text)s” is no e-mail address.") % {"text": email[:80]}}
        ) from error
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        made = Invitation.objects.create(
            conflict=conflict,
            email=email,
            role=_role(role),
            digest=_digest(secret),
            invited_by=by,
            expires_at=timezone.now() + VALID_FOR,
        )
        subject = _("%(conflict)s: you are invited to the desk") % {"conflict": conflict.title}
        link = f"{settings.SITE_URL}{reverse('editing:invitation', args=[secret])}"
        body = _("The link works once, until %(at)s:") % {
            "at": f"{made.expires_at:%d %B %Y %H:%M} UTC"
        }
        alerts.mail([email], subject, f"{subject}\n\n{body}\n{link}\n")
    return made


def withdraw(invitation: Invitation, *, by: Any) -> None:
    policy.require(by, "events.manage_conflict", invitation.conflict)
    Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None).update(
        withdrawn_at=timezone.now()
    )


def find(secret: str, *, lock: bool = False) -> Invitation | None:
    """The invitation, while its link works."""
    rows = Invitation.objects.select_for_update(of=("self",)) if lock else Invitation.objects.all()
    waiting = rows.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())
    return waiting.select_related("conflict").filter(digest=_digest(secret)).first()


def accept(secret: str, *, user: Any = None, username: str = "", password: str = "") -> Any | None:
    """Take the seat with the account of `user`, or a new one; returns it, None where the link works no more.

    A seat that is there already is not lowered. Raises ValidationError, by field.
    """
    with transaction.atomic():
        invitation = find(secret, lock=True)
        if invitation is None:
            return None
        if user is None:
            user = _account(invitation.email, username.strip(), password)
        seat, fresh = Membership.objects.get_or_create(
            user=user, conflict=invitation.conflict, defaults={"role": invitation.role}
        )
        order = list(Membership.Role.values)
        if not fresh and order.index(invitation.role) > order.index(seat.role):
            seat.role = invitation.role
            seat.save()
        invitation.accepted_at, invitation.accepted_by = timezone.now(), user
        invitation.save()
        return user


def _account(email: str, username: str, password: str) -> Any:
    model = get_user_model()
    user = model(username=username, email=email)
    try:
        user.clean_fields(exclude=["password"])
        if model.objects.filter(username__iexact=username).exists():
            raise ValidationError({"username": [_("This name is taken.")]})
        validate_password(password, user)
    except ValidationError as error:
        found = error.message_dict if hasattr(error, "error_dict") else {"password": error.messages}
        raise ValidationError(found) from error
    user.set_password(password)
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def change_role(conflict: Conflict, *, by: Any, member: Membership, role: str) -> None:
    """`role` empty: the person leaves the desk. A desk keeps at least one chief. Raises ValidationError."""
    with transaction.atomic():
        policy.require(by, "events.manage_conflict", conflict)
        # All of them, in order: two chiefs who demote each other at once leave one.
        seats = list(
            Membership.objects.select_for_update().filter(conflict=conflict).order_by("pk")
        )
        seat = next(seat for seat in seats if seat.pk == member.pk)
        others = [s for s in seats if s.pk != seat.pk and s.role == Membership.Role.CHIEF]
        if seat.role == Membership.Role.CHIEF and role != Membership.Role.CHIEF and not others:
            raise ValidationError({"role": _("A desk needs a chief: name another one first.")})
        if role:
            seat.role = _role(role)
            seat.save()
        else:
            seat.delete()
