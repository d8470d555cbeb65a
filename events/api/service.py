"""The API itself: its routers, and how it answers errors."""

from ninja import NinjaAPI

from . import changes, compare, conflicts, corrections, drafts, named, places, stale, standing
from .problems import add_handlers

api = NinjaAPI(
    title="Control tracker",
    version="1",
    description="Who controlled which place, since when, according to whom. Open to read from anywhere.",
    urls_namespace="api",
    docs_url=None,
)
add_handlers(api)
for room in (conflicts, standing, changes, corrections, places, named, stale, compare, drafts):
    api.add_router("", room.router)
