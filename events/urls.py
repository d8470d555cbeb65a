"""The app's addresses, room by room. The readers' come last: `/<conflict>/` would take any word."""

from django.urls import include, path

urlpatterns = [
    path("desk/", include("events.editing.urls")),
    path("api/v1/", include("events.api.urls")),
    path("", include("events.reading.urls")),
]
