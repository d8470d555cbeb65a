"""Addresses of this room. The conflicts' come last: they take every word that is not reserved."""

from django.urls import path, register_converter
from django.views.i18n import set_language

from . import (
    change,
    changes,
    compare,
    corrections,
    embed,
    feed,
    files,
    health,
    map_svg,
    maps,
    messages,
    oembed,
    places,
)
from .converters import ConflictConverter

register_converter(ConflictConverter, "conflict")

urlpatterns = [
    path("", maps.conflict_list, name="conflicts"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("jsi18n/", messages.Messages.as_view(), name="messages"),
    path("i18n/language/", set_language, name="set_language"),
    path("oembed", oembed.oembed, name="oembed"),
    path("replay/<path:name>", files.replay_file, name="replay-file"),
    path("<conflict:conflict>/", maps.map_page, name="map"),
    path("<conflict:conflict>/embed/", embed.embed_page, name="embed"),
    path("<conflict:conflict>/map.svg", map_svg.map_svg, name="map-svg"),
    path("<conflict:conflict>/map.png", map_svg.map_png, name="map-png"),
    path("<conflict:conflict>/compare/", compare.compare_page, name="compare"),
    path("<conflict:conflict>/places/", places.place_list, name="places"),
    path("<conflict:conflict>/places/<slug:slug>/", places.place_page, name="place"),
    path("<conflict:conflict>/corrections/", corrections.correction_list, name="corrections"),
    path("<conflict:conflict>/feed.atom", feed.feed, name="feed"),
    path("<conflict:conflict>/changes/", changes.change_list, name="changes"),
    path("<conflict:conflict>/changes/<str:public_id>/", change.change_page, name="change"),
]
