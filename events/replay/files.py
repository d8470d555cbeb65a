"""Immutable, content-hashed files in the storage named "replay", each beside its compressed forms."""

import gzip
import hashlib
import json
from typing import Any

import brotli
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.utils.functional import LazyObject


class ReplayStorage(LazyObject):
    def _setup(self) -> None:
        self._wrapped = storages["replay"]


storage: Storage = ReplayStorage()  # type: ignore[assignment]


def put(slug: str, kind: str, content: Any) -> str:
    """Write `content` as compact JSON under a name made from its hash, unless it is there. Returns the name."""
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    name = f"{slug}/{kind}.{hashlib.sha256(data).hexdigest()[:20]}.json"
    # The plain file last: where it is there, its compressed forms are too.
    for path, encode in ((f"{name}.br", _brotli), (f"{name}.gz", _gzip), (name, bytes)):
        if not storage.exists(path):
            storage.save(path, ContentFile(encode(data)))
    return name


def url(name: str) -> str:
    return storage.url(name)


def _brotli(data: bytes) -> bytes:
    # Quality 11 takes seconds on a large timeline and readers wait for the build: 9 is 3 % larger.
    return brotli.compress(data, quality=9)


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, compresslevel=9, mtime=0)
