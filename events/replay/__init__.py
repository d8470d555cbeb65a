"""Builds what the reader's map loads: places, geometry, timeline, the changes month by month, and a manifest.

Reads only, but for its own files and ReplayBuild. The format is in docs/data-formats.md.
"""

from .build import build, is_stale, manifest
from .changes import change_records, with_details

__all__ = ["build", "change_records", "is_stale", "manifest", "with_details"]
