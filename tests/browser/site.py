"""A whole site for browser tests: its own database, gunicorn and a Celery worker, as an operator would run it.

Its scripts are those of a release: a page that asks for seventy modules takes a browser and us most of a second.
"""

import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from redis import Redis

from conflict_map.redis_databases import next_database
from tests.ports import own_port
from tests.release import PUBLIC, released
from tests.shell import Shell
from tests.templates import address, create, drop, server, with_demo

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 300  # seconds
ENDS_WITHIN = 60
DEVELOPMENT = "conflict_map.settings.development"


@dataclass
class Site:
    """`url` has no slash at its end. `manage` runs a command of the site as its operator would, in a shell that
    stays open: to start Django anew for each took most of these tests' time.
    """

    url: str
    env: dict[str, str]
    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    web: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.shell = Shell(self.env)

    def manage(self, *args: str) -> str:
        return self.shell.manage(*args)

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        log = (self.folder / f"{command[0]}.log").open("ab")
        python = [sys.executable, "-m", *command]
        process = subprocess.Popen(python, cwd=ROOT, env=self.env, stdout=log, stderr=log)
        self.processes.append(process)
        return process

    def start_web(self) -> None:
        address = self.url.removeprefix("http://")
        self.web = self.start("gunicorn", "conflict_map.wsgi", "--bind", address, "--threads", "4")

    def stop_web(self) -> None:
        """As a restart of the server begins: what is under way is ended, and nobody answers any more."""
        assert self.web
        self.web.terminate()
        self.web.wait(ENDS_WITHIN)
        self.processes.remove(self.web)

    def wait_until_ready(self) -> None:
        assert self.web
        for _attempt in range(READY_WITHIN * 10):
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                try:
                    # the process itself is the clock: it either ends or a tenth of a second goes by
                    self.web.wait(0.1)
                except subprocess.TimeoutExpired:
                    continue
                break
        logs = "".join(path.read_text() for path in self.folder.glob("*.log"))
        raise AssertionError(f"the site did not come up:\n{logs}")


@contextmanager
def database(name: str) -> Iterator[str]:
    """One with the demo, beside the tests' own; yields its address."""
    like = with_demo()
    with server() as cursor:
        create(cursor, name, like)
        try:
            yield address(name)
        finally:
            drop(cursor, name)


@contextmanager
def running_site(name: str, folder: Path) -> Iterator[Site]:
    """With the demo, answering; everything is stopped and dropped afterwards."""
    # beside that of the tests' own process: another process of the tests may have a site too
    redis = urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{settings.REDIS_DATABASES[2]}")
    port = own_port()
    with database(name) as own:
        env = {
            **os.environ,
            "DATABASE_URL": own,
            "REDIS_URL": urlunsplit(redis),
            "CACHE_URL": next_database(urlunsplit(redis)),
            "TRACKER_DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
            "STATIC_ROOT": str(released()),
        }
        # what a run that was killed left behind is nobody's
        for store in ("REDIS_URL", "CACHE_URL"):
            Redis.from_url(env[store]).flushdb()
        site = Site(f"http://127.0.0.1:{port}", env, folder)
        try:
            # Its files lie in the site's folder, and not in the database that was copied.
            site.manage("build_replay", "syria", "--afresh")
            site.start_web()
            site.start(
                "celery", "-A", "conflict_map", "worker", "--concurrency", "1", "--pool", "solo"
            )
            site.wait_until_ready()
            yield site
        finally:
            site.shell.close()
            for process in site.processes:
                process.terminate()
            for process in site.processes:
                process.wait(ENDS_WITHIN)


@contextmanager
def in_public(site: Site, folder: Path) -> Iterator[str]:
    """The address of the same record as a public installation serves it."""
    with one_more(site, folder, **PUBLIC) as address:
        yield address


@contextmanager
def at_work(site: Site, folder: Path) -> Iterator[str]:
    """The address of the same record as `script/server` serves it: modules as they lie in the checkout."""
    development = {"DJANGO_SETTINGS_MODULE": DEVELOPMENT, "STATIC_ROOT": str(folder / "none")}
    with one_more(site, folder, **development) as address:
        yield address


@contextmanager
def one_more(site: Site, folder: Path, **env: str) -> Iterator[str]:
    """Another web process beside those of a site; its address."""
    url = f"http://127.0.0.1:{own_port()}"
    another = Site(url, {**site.env, **env}, folder)
    another.start_web()
    try:
        another.wait_until_ready()
        yield url
    finally:
        another.stop_web()
