"""The admin: reference data to edit (places, actors, sources …), the record to look at only.

What alters the record goes through the ledger; what readers load is built again after a save.
"""

from django.conf import settings
from django.contrib import admin

from . import actors, conflicts, gate, places, record, sources

admin.site.site_header = admin.site.site_title = settings.SITE_NAME

__all__ = ["actors", "conflicts", "gate", "places", "record", "sources"]
