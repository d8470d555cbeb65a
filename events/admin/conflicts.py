"""Conflicts, the base map's features, and who sits at which desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from events.models import Conflict, Membership, Orientation
from events.models.reserved import RESERVED_SLUGS
from events.tasks import replay_after_commit

from .maps import MapAdmin


class ConflictForm(forms.ModelForm):
    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug in RESERVED_SLUGS:
            raise ValidationError(
                _("“%(slug)s” is an address of the site itself: choose another.") % {"slug": slug}
            )
        return slug


@admin.register(Conflict)
class ConflictAdmin(MapAdmin):
    form = ConflictForm
    list_display = ["title", "slug", "start", "end", "timezone"]
    search_fields = ["title", "slug"]

    def save_model(self, request: Any, obj: Conflict, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        replay_after_commit(obj)


class OrientationForm(forms.ModelForm):
    def clean_shape(self) -> Any:
        shape = self.cleaned_data["shape"]
        if not shape.valid:
            raise ValidationError(
                _("The shape is not sound: %(reason)s.") % {"reason": shape.valid_reason}
            )
        return shape

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        shape, kind = cleaned.get("shape"), cleaned.get("kind")
        wanted = ("LineString",) if kind == Orientation.Kind.RIVER else ("Polygon",)
        if shape is not None and kind and shape.geom_type.removeprefix("Multi") not in wanted:
            self.add_error("shape", _("Land and water are areas, a river is a line."))
        return cleaned


@admin.register(Orientation)
class OrientationAdmin(MapAdmin):
    form = OrientationForm
    list_display = ["name", "kind", "conflict", "own", "schematic"]
    list_filter = ["conflict", "kind", "schematic"]
    list_select_related = ["conflict"]
    search_fields = ["name"]

    def save_model(self, request: Any, obj: Orientation, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        replay_after_commit(obj.conflict)


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ["user", "conflict", "role"]
    list_filter = ["conflict", "role"]
    list_select_related = ["user", "conflict"]
    autocomplete_fields = ["user"]
    search_fields = ["user__username"]
