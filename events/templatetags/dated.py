"""Dates in words, in the templates."""

from django import template

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
