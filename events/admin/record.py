"""The record, to look at: Changes with their places and citations, Spans, and the desk's Drafts."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from events.models import Change, ChangePlace, Citation, Draft, Span
from events.policy import desk_conflicts, visible_drafts

from .readonly import LookOnlyAdmin, LookOnlyInline


class NamedPlaceInline(LookOnlyInline):
    model = ChangePlace
    fields = ["place", "ordinal"]


class CitationInline(LookOnlyInline):
    model = Citation
    fields = ["report", "stance", "note"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Citation]:
        return super().get_queryset(request).select_related("report__source")


@admin.register(Change)
class ChangeAdmin(LookOnlyAdmin):
    list_display = ["public_id", "date", "actor", "verb", "headline", "ruling", "recorded_at"]
    list_filter = ["conflict", "verb", "ruling", "kind"]
    list_select_related = ["actor"]
    search_fields = ["public_id", "headline", "note"]
    inlines = [NamedPlaceInline, CitationInline]


@admin.register(Citation)
class CitationAdmin(LookOnlyAdmin):
    list_display = ["change", "report", "stance"]
    list_filter = ["stance"]
    list_select_related = ["change__actor", "report__source"]
    search_fields = ["change__public_id", "report__title", "report__source__name"]


@admin.register(Span)
class SpanAdmin(LookOnlyAdmin):
    list_display = ["place", "actor", "role", "valid", "known"]
    list_filter = ["role", "place__conflict"]
    list_select_related = ["place", "actor"]
    search_fields = ["place__slug", "place__name", "actor__short"]
    ordering = ["-pk"]


@admin.register(Draft)
class DraftAdmin(LookOnlyAdmin):
    """Only what the person may see at the desk: a draft may be under embargo."""

    list_display = ["__str__", "conflict", "author", "status", "updated_at"]
    list_filter = ["status", "conflict"]
    list_select_related = ["conflict", "author"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Draft]:
        rows: QuerySet[Draft] = super().get_queryset(request)
        user: Any = request.user
        if user.is_superuser:
            return rows
        seen = Draft.objects.none()
        for conflict in desk_conflicts(user):
            seen = seen | visible_drafts(user, conflict)
        return rows.filter(pk__in=seen.values("pk"))
