"""Telling people: an alert at the desk, and a mail that says which draft, never what stands in it."""

import logging
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import Alert, Conflict, Draft, Membership

log = logging.getLogger(__name__)


def tell(draft: Draft, kind: str, *, to: Iterable[Any] = (), note: str = "") -> None:
    """To each person of `to`; to the whole desk where there is none, and by mail to its chiefs.

    Written in the caller's transaction, mailed once that commits; a mail server that is down stops nothing.
    """
    people = {person.pk: person for person in to}
    for person in people.values() or [None]:
        Alert.objects.create(
            conflict_id=draft.conflict_id, draft=draft, kind=kind, to=person, note=note
        )
    addresses = [person.email for person in people.values() if person.email]
    if not people:
        chiefs = Membership.objects.filter(conflict=draft.conflict_id, role=Membership.Role.CHIEF)
        active = chiefs.filter(user__is_active=True).exclude(user__email="")
        addresses = list(active.values_list("user__email", flat=True))
    said = Alert.Kind(kind).label
    title = draft.conflict.title
    subject = _("%(conflict)s, draft #%(number)d: %(said)s") % {
        "conflict": title,
        "number": draft.pk,
        "said": said,
    }
    body = f"{subject}\n\n{settings.SITE_URL}{reverse('editing:review', args=[draft.pk])}\n"
    mail(addresses, subject, body)


def mail(addresses: Iterable[str], subject: str, body: str) -> None:
    """Each gets a mail of his own, once the transaction commits."""
    wanted = sorted(set(addresses))
    if wanted:
        transaction.on_commit(lambda: _send(wanted, subject, body))


def _send(addresses: list[str], subject: str, body: str) -> None:
    subject = " ".join(subject.split())
    messages = [EmailMessage(subject, body, to=[address]) for address in addresses]
    try:
        get_connection().send_messages(messages)
    except OSError as error:  # SMTPException is one
        log.warning("no mail could be sent: %s", type(error).__name__)


def unseen(user: Any, conflicts: Iterable[Conflict]) -> QuerySet[Alert]:
    """What the person, or his whole desk, was told and he has not ticked off."""
    mine = Q(to=user) | Q(to=None, conflict__in=list(conflicts))
    rows = Alert.objects.filter(mine).exclude(seen_by=user)
    return rows.select_related("draft", "conflict")


def see(alert: Alert, user: Any) -> None:
    alert.seen_by.add(user)
