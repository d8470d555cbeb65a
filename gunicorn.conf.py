"""The web process. Gunicorn reads this file by itself, so that every way to start it is the same."""

import gc
import os
from typing import Any

bind = f"{os.environ.get('BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 3
# An import of many thousand changes is an upload; a slow reader must not hold a worker.
keepalive = 5
# The heartbeat's file must not be on a disk that can be slow.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
loglevel = os.environ.get("LOG_LEVEL", "warning").lower()


def post_worker_init(worker: Any) -> None:
    """What was loaded by now stays: the garbage collector need not walk it in the middle of an answer."""
    gc.collect()
    gc.freeze()
