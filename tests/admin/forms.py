"""Filling in the admin's forms as a browser would."""

from typing import Any

from django.test import Client


def form_of(client: Client, address: str) -> dict[str, Any]:
    """What a browser would send back, with nothing typed."""
    response = client.get(address)
    form = response.context["adminform"].form
    sent: dict[str, Any] = {}
    for bound in [
        form,
        *(f for s in response.context["inline_admin_formsets"] for f in s.formset.forms),
    ]:
        for field in bound:
            sent[field.html_name] = sent_by(field)
    for inline in response.context["inline_admin_formsets"]:
        for field in inline.formset.management_form:
            sent[field.html_name] = field.value()
    return {name: value for name, value in sent.items() if value is not None and value is not False}


def sent_by(field: Any) -> Any:
    value = field.value()
    return value.geojson if hasattr(value, "geojson") else value


def errors_of(response: Any) -> dict[str, list[str]]:
    return dict(response.context["adminform"].form.errors)
