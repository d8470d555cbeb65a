"""What the admin shows and never writes."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class LookOnly:
    """No adding, changing or deleting, whoever asks: the record has its own ways in."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LookOnlyAdmin(LookOnly, admin.ModelAdmin):
    actions = None
    list_per_page = 50
    show_full_result_count = False


class LookOnlyInline(LookOnly, admin.TabularInline):
    extra = 0
    show_change_link = True
