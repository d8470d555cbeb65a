"""Dates in words, in the templates."""

from datetime import date, datetime

from django import template
from django.template.defaultfilters import date as in_form
from django.utils.translation import gettext as _

from events.ledger.asked import Moment
from events.models import Conflict
from events.reading.words import moment_words, typed_words

register = template.Library()


@register.filter
def date_words(text: str) -> str:
    """An EDTF date: "about 12 December 2024"; as it was typed where it is none."""
    return typed_words(text)


@register.filter
def in_words(moment: Moment, conflict: Conflict) -> str:
    return moment_words(moment, conflict.zone)


@register.filter
def moment(at: date | datetime | None, form: str) -> str:
    """As `date`, with the comma of the language that is spoken: "j M Y, H:i" in Arabic has an Arabic one."""
    return str(in_form(at, form)).replace(", ", _(", "))
