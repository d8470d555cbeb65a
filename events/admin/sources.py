"""Sources to edit; their Reports to look at, since `sources` alone writes those."""

from typing import Any

from django.contrib import admin

from events.gazetteer import fold_name
from events.models import Report, Source

from .readonly import LookOnlyAdmin


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    list_display = ["name", "kind", "reliability"]
    list_filter = ["kind", "reliability"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["leanings"]

    def save_model(self, request: Any, obj: Source, form: Any, change: bool) -> None:
        obj.folded = fold_name(obj.name)
        super().save_model(request, obj, form, change)


@admin.register(Report)
class ReportAdmin(LookOnlyAdmin):
    list_display = ["title", "source", "published", "url"]
    list_filter = ["source__kind"]
    list_select_related = ["source"]
    search_fields = ["title", "url", "source__name"]
