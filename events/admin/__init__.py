"""The admin: reference data to edit (places, actors, sources …), the record to look at only.

What alters the record goes through the ledger; what readers load is built again after a save.
"""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin

from . import actors, conflicts, places, record, sources

# The site's own sign-in, with its second factor: the admin's would go round it.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = settings.SITE_NAME

__all__ = ["actors", "conflicts", "places", "record", "sources"]
