"""Builds what the reader's map loads: places, geometry, timeline, the changes month by month, and a manifest.

Reads only, but for its own files and ReplayBuild. The format is in docs/data-formats.md.
"""

from .build import build, first_files, is_stale, manifest
from .changes import change_records, with_details
from .collect import collect
from .page import page_is_behind, push_page
from .readers import MANIFEST as MANIFEST_CACHE
from .readers import has_script, is_behind, is_pushed, push, relative
from .script import NAME as SCRIPT
from .script import released

__all__ = [
    "MANIFEST_CACHE",
    "SCRIPT",
    "build",
    "change_records",
    "collect",
    "first_files",
    "has_script",
    "is_behind",
    "is_pushed",
    "is_stale",
    "manifest",
    "page_is_behind",
    "push",
    "push_page",
    "relative",
    "released",
    "with_details",
]
