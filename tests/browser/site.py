"""A whole site for browser tests: its own database, gunicorn and a Celery worker, as an operator would run it."""

import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from django.db import connections
from psycopg2 import sql
from redis import Redis

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 60


@dataclass
class Site:
    """`url` has no slash at its end. `manage` runs a command of the site as its operator would, in a shell that
    stays open: to start Django anew for each took most of these tests' time.
    """

    url: str
    env: dict[str, str]
    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    shell: subprocess.Popen[str] | None = None
    web: subprocess.Popen[bytes] | None = None

    def manage(self, *args: str) -> str:
        if self.shell is None:
            self.shell = subprocess.Popen(
                [sys.executable, "-m", "tests.browser.shell"],
                cwd=ROOT, env=self.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
        assert self.shell.stdin and self.shell.stdout
        print(json.dumps(args), file=self.shell.stdin, flush=True)
        done = json.loads(self.shell.stdout.readline())
        assert done["code"] == 0, done["err"]
        return str(done["out"])

    def close_shell(self) -> None:
        if self.shell is not None:
            self.shell.communicate()

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
        self.web.wait(30)
        self.processes.remove(self.web)

    def wait_until_ready(self, web: subprocess.Popen[bytes] | None) -> None:
        assert web
        for _attempt in range(READY_WITHIN * 10):
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                try:
                    # the process itself is the clock: it either ends or a tenth of a second goes by
                    web.wait(0.1)
                except subprocess.TimeoutExpired:
                    continue
                break
        logs = "".join(path.read_text() for path in self.folder.glob("*.log"))
        raise AssertionError(f"the site did not come up:\n{logs}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def database(name: str) -> Iterator[str]:
    """A fresh database beside the tests' own; yields its address."""
    given = {**connections["default"].get_connection_params(), "dbname": "postgres"}
    wanted = {
        key: given[key] for key in ("dbname", "user", "password", "host", "port") if given.get(key)
    }
    connection = psycopg2.connect(**wanted)
    connection.autocommit = True
    quoted = sql.Identifier(name)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(quoted))
        cursor.execute(sql.SQL("CREATE DATABASE {}").format(quoted))
    try:
        # The name is the last of the path, whatever stands for the host before it.
        before, mark, query = os.environ["DATABASE_URL"].partition("?")
        yield f"{before.rpartition('/')[0]}/{name}{mark}{query}"
    finally:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(quoted))
        connection.close()


@contextmanager
def running_site(name: str, folder: Path) -> Iterator[Site]:
    """Migrated, with the demo, answering; everything is stopped and dropped afterwards."""
    redis = urlsplit(os.environ["REDIS_URL"])._replace(path="/15")
    port = free_port()
    with database(name) as address:
        env = {
            **os.environ,
            "DATABASE_URL": address,
            "REDIS_URL": urlunsplit(redis),
            "TRACKER_DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "conflict_map.settings.development",
            "DEMO_PASSWORD": "demo",
        }
        # what a run that was killed left behind is nobody's
        Redis.from_url(env["REDIS_URL"]).flushdb()
        site = Site(f"http://127.0.0.1:{port}", env, folder)
        site.manage("migrate", "--verbosity", "0")
        site.manage("load_demo")
        try:
            site.start_web()
            site.start(
                "celery", "-A", "conflict_map", "worker", "--concurrency", "1", "--pool", "solo"
            )
            site.wait_until_ready(site.web)
            yield site
        finally:
            site.close_shell()
            for process in site.processes:
                process.terminate()
            for process in site.processes:
                process.wait(20)


@contextmanager
def in_public(site: Site, folder: Path) -> Iterator[str]:
    """The same record as a public installation serves it, static files collected; its address."""
    port = free_port()
    public = Site(f"http://127.0.0.1:{port}", {
        **site.env,
        "DJANGO_SETTINGS_MODULE": "conflict_map.settings.production",
        "STATIC_ROOT": str(folder / "static"),
        "SECRET_KEY": "only for a test, on this machine alone, and for as long as it runs",
        "ALLOWED_HOSTS": "127.0.0.1",
        "TLS": "0",
    }, folder)  # fmt: skip
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, cwd=ROOT, env=public.env, check=True)
    web = public.start("gunicorn", "conflict_map.wsgi", "--bind", f"127.0.0.1:{port}")
    try:
        public.wait_until_ready(web)
        yield public.url
    finally:
        web.terminate()
        web.wait(20)
