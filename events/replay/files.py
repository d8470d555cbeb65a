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


def name_of(slug: str, kind: str, data: bytes, suffix: str) -> str:
    return f"{slug}/{kind}.{hashlib.sha256(data).hexdigest()[:20]}.{suffix}"


def put(slug: str, kind: str, data: bytes, suffix: str = "bin", quality: int = 11) -> str:
    """Write `data` under a name made from its hash, unless it is there. Returns the name.

    `quality` of Brotli: 11 for what every reader loads, less for what is large and seldom looked at.
    """
    name = name_of(slug, kind, data, suffix)
    # The plain file last: where it is there, its compressed forms are too.
    if not storage.exists(name):
        _save(f"{name}.br", brotli.compress(data, quality=quality, lgwin=22))
        _save(f"{name}.gz", gzip.compress(data, compresslevel=min(quality, 9), mtime=0))
        _save(name, data)
    return name


def put_json(slug: str, kind: str, content: Any, quality: int = 11) -> str:
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return put(slug, kind, data, "json", quality)


def get(name: str) -> bytes:
    """The bytes of a file. Raises FileNotFoundError where it has gone."""
    with storage.open(name) as file:
        return bytes(file.read())


def _save(name: str, data: bytes) -> None:
    if not storage.exists(name):
        storage.save(name, ContentFile(data))


def url(name: str) -> str:
    return storage.url(name)
