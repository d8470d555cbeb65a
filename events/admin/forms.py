"""What several forms check: EDTF dates, and areas that do not cross themselves."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from events.chronology.dates import REASONS, DateError, in_words
from events.exchange.cells import outline


def check_edtf(text: str) -> None:
    try:
        in_words(text)
    except DateError as error:
        raise ValidationError(_(REASONS[error.reason]) % {"text": error.text}) from error


class EdtfForm(forms.ModelForm):
    """`edtf_fields` are dates no more exact than their source; an empty one is unknown."""

    edtf_fields: ClassVar[tuple[str, ...]] = ()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for field in self.edtf_fields:
            try:
                if cleaned.get(field):
                    check_edtf(cleaned[field])
            except ValidationError as error:
                self.add_error(field, error)
        return cleaned


def sound_area(shape: Any) -> Any:
    """The area, or a ValidationError that says where it crosses itself or why it is none."""
    if shape is None:
        return None
    try:
        return outline(shape)
    except ValueError as error:
        raise ValidationError(str(error)) from error
