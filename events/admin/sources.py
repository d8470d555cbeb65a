"""Sources to edit; their Reports to look at, since `sources` alone writes those."""

from typing import Any

from django import forms
from django.contrib import admin

from events.gazetteer import fold_name
from events.models import Report, Source, SourceName

from .readonly import LookOnlyAdmin


class SourceNameForm(forms.ModelForm):
    class Meta:
        model = SourceName
        fields = ["name"]

    def save(self, commit: bool = True) -> Any:
        self.instance.folded = fold_name(self.instance.name)
        return super().save(commit)


class SourceNameInline(admin.TabularInline):
    model = SourceName
    form = SourceNameForm
    extra = 1


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    list_display = ["name", "kind", "reliability"]
    list_filter = ["kind", "reliability"]
    search_fields = ["name", "slug", "names__name"]
    inlines = [SourceNameInline]
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
