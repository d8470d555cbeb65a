"""django-leaflet's map widgets under the site's Content-Security-Policy: data in attributes, no inline script."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.gis.gdal import GDALException
from django.forms.widgets import Script
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from leaflet.admin import LeafletAdminWidget, LeafletGeoAdminMixin

from events.models import Conflict


class MapWidget(LeafletAdminWidget):
    """The same map and drawing tools; set going by a module that reads the data-… attributes."""

    backdrop = ""

    @property
    def media(self) -> forms.Media:
        starter: Any = Script("js/pages/admin.js", type="module")
        return super().media + forms.Media(js=[starter], css={"screen": ["css/admin.css"]})

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        return {**context, "backdrop": self.backdrop, "with_forms": True}

    def deserialize(self, value: Any) -> Any:
        try:
            return super().deserialize(value)
        except GDALException:  # GeoJSON that is none: the field says so
            return None

    def _render(self, template_name: str, context: Any, renderer: Any = None) -> SafeString:
        # The site's own templates: a form renderer knows only those of apps.
        return mark_safe(render_to_string(template_name, context))  # noqa: S308  made by a template


class MapAdmin(LeafletGeoAdminMixin, admin.ModelAdmin):
    """Shapes are drawn over the outlines of the conflict's provinces, where there are any."""

    widget = MapWidget
    map_template = "admin/map_widget.html"

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        conflict = obj if isinstance(obj, Conflict) else getattr(obj, "conflict", None)
        if conflict is not None:
            address = reverse("api:standing", args=[conflict.slug])
            for field in form.base_fields.values():
                if isinstance(field.widget, MapWidget):
                    field.widget.backdrop = f"{address}?format=geojson&kind=province"
        return form
