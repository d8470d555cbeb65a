"""Every address of the site; the app's own are in `events.urls`."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("", include("events.urls")),
]

handler500 = "conflict_map.errors.server_error"
