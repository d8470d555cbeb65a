"""Private PostgreSQL and Redis, and whatever runs beside them.

    services.py [--test] [--server] [--no-demo] [--prepare] run [--] COMMAND...

Brings up what DATABASE_URL and REDIS_URL do not name already, runs the command with both set, and
takes the services down again unless somebody else still uses them. Only the standard library is
needed, and psycopg2 for a look at the database.

Everything is agreed on through advisory locks, which the system lets go of when a process dies, however
it dies: `users` is held shared by each process that needs the services, so the last one out can tell
that it is the last; `control` is held while services go up or down; `prepare` while migrating;
`server` by the one server that a data directory can have.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import fcntl
import hashlib
import json
import os
import pwd
import re
import secrets
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parents[2]
NAME = os.environ.get("TRACKER_SCRIPT", "script/server")
SAY_FD = int(os.environ.get("SAY_FD", "1"))
DATABASE, USER = "tracker", "tracker"
LONGEST_SOCKET_PATH = 100
MEGABYTE = 1024 * 1024


class Stop(Exception):
    """What went wrong, in one line for a person."""


class Signalled(Exception):
    def __init__(self, number: int) -> None:
        self.number = number


def say(text: str) -> None:
    # The pipe's reader has gone: nobody to tell, nothing to do.
    with contextlib.suppress(OSError):
        os.write(SAY_FD, f"{text}\n".encode())


def fail(text: str) -> NoReturn:
    print(f"{NAME}: {text}", file=sys.stderr, flush=True)
    raise SystemExit(1)


def need_space(where: Path, megabytes: int) -> None:
    free = shutil.disk_usage(where).free // MEGABYTE
    if free < megabytes:
        raise Stop(f"the disk that holds {where} is full: {free} MB free, {megabytes} MB needed")


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [li for li in lines if any(w in li for w in ("FATAL", "PANIC", "rror", "refus"))]
    return (telling or lines or ["no reason given"])[-1][:300]


def why(log: Path, start: int = 0) -> str:
    """What a log says since `start`, in a line."""
    with contextlib.suppress(OSError), log.open(errors="replace") as stream:
        stream.seek(start)
        text = stream.read()
        if "No space left on device" in text or "disk full" in text.lower():
            return "the disk is full"
        return f"{last_line(text)} (see {log})"
    return f"see {log}"


class Lock:
    """An advisory lock on a file. It goes when its holder goes; children do not inherit it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def take(self, shared: bool = False) -> None:
        fcntl.flock(self.file, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)

    def try_take(self) -> bool:
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        fcntl.flock(self.file, fcntl.LOCK_UN)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        self.take()
        try:
            yield
        finally:
            self.release()

    def note(self, text: str) -> None:
        os.ftruncate(self.file, 0)
        os.pwrite(self.file, text.encode(), 0)

    def read(self) -> str:
        return os.pread(self.file, 4096, 0).decode(errors="replace").strip()


class Owner:
    """Who runs the services: the person, or, when that is root, a user without rights.

    PostgreSQL refuses to run as root, and is right to.
    """

    def __init__(self) -> None:
        self.uid, self.gid = os.getuid(), os.getgid()
        self.other = self.uid == 0
        if self.other:
            for name in ("postgres", "_postgres", "nobody"):
                with contextlib.suppress(KeyError):
                    entry = pwd.getpwnam(name)
                    self.uid, self.gid = entry.pw_uid, entry.pw_gid
                    break
            else:
                raise Stop(
                    "PostgreSQL cannot run as root, and there is no user 'postgres' to run it as"
                )

    def options(self) -> dict[str, Any]:
        if not self.other:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def run(self, *command: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        environment.pop("TMPDIR", None)
        return subprocess.run(
            [str(part) for part in command],
            **{
                "stdin": subprocess.DEVNULL,
                "stdout": subprocess.PIPE,
                "stderr": subprocess.STDOUT,
                "text": True,
                "cwd": "/",
                "env": environment,
                "start_new_session": True,
                "umask": 0o077,
                **self.options(),
                **more,
            },
        )

    def can_reach(self, directory: Path) -> bool:
        if not self.other:
            return True
        return self.run("test", "-x", directory).returncode == 0

    def own(self, path: Path) -> None:
        if self.other:
            os.chown(path, self.uid, self.gid)

    def directory(self, path: Path) -> Path:
        path.mkdir(mode=0o700, exist_ok=True)
        facts = path.lstat()
        if path.is_symlink() or facts.st_uid not in {os.getuid(), self.uid}:
            raise Stop(f"{path} belongs to somebody else: move it away")
        self.own(path)
        path.chmod(0o700)
        return path


class Home:
    """The directory of the services' own files: under the data directory if their user can get there."""

    def __init__(self, data: Path, name: str, owner: Owner) -> None:
        self.owner = owner
        self.key = hashlib.sha256(str(data / name).encode()).hexdigest()[:12]
        pointer = data / name
        if pointer.is_symlink():
            path = pointer.resolve()
            claim = path / "of"
            # A copied checkout brings the pointer along, not the right to what it points to.
            if path.name.endswith(self.key) and path.is_dir():
                self.path = path
                return
            mine = not claim.exists() or not Path(claim.read_text()).is_symlink()
            if mine and path.is_dir():
                claim.write_text(str(pointer))
                self.path = path
                return
            pointer.unlink()
        if pointer.is_dir() or owner.can_reach(data):
            self.path = owner.directory(pointer)
            if not owner.can_reach(pointer):
                raise Stop(
                    f"{pointer} cannot be reached by the user that runs PostgreSQL: "
                    f"make {data} readable for others, or choose another TRACKER_DATA_DIR"
                )
            return
        self.path = owner.directory(Path("/var/lib") / f"control-tracker-{self.key}")
        (self.path / "of").write_text(str(pointer))
        pointer.symlink_to(self.path)

    def sockets(self) -> Path:
        """Where the socket is: nearby, or in a short and plain place where the path is neither."""
        near = self.path / "run"
        short = len(str(near / ".s.PGSQL.5432")) < LONGEST_SOCKET_PATH
        if short and re.fullmatch(r"[\w./-]+", str(near), re.ASCII):
            return self.owner.directory(near)
        return self.owner.directory(Path("/tmp") / f"tracker-{self.owner.uid}-{self.key}")  # noqa: S108


class Postgres:
    def __init__(self, home: Home, throwaway: bool) -> None:
        self.home, self.owner = home, home.owner
        self.data = home.path / "postgres"
        self.log = home.path / "postgres.log"
        self.throwaway = throwaway
        self.sockets = home.sockets()

    @property
    def url(self) -> str:
        return f"postgis://{USER}@/{urllib.parse.quote(str(self.sockets))}/{DATABASE}".replace(
            "@/", "@//", 1
        )

    def program(self, name: str) -> str:
        return str(Path(self.bin) / name)

    def find(self) -> None:
        self.bin = os.environ.get("POSTGRES_BIN", "")
        if not self.bin or not Path(self.bin, "initdb").exists():
            raise Stop("PostgreSQL with PostGIS was not found: run script/bootstrap")
        version_file = self.data / "PG_VERSION"
        if version_file.exists():
            version = version_file.read_text().strip()
            has = self.owner.run(self.program("postgres"), "--version").stdout
            if f" {version}." not in has and f" {version}" not in has:
                same = Path("/usr/lib/postgresql") / version / "bin"
                if not (same / "postgres").exists():
                    raise Stop(
                        f"the database in {self.data} was made by PostgreSQL {version}, and here is "
                        f"{has.strip()}: install PostgreSQL {version}, or move {self.data} away to begin anew"
                    )
                self.bin = str(same)

    def answers(self) -> bool:
        return (
            self.owner.run(
                self.program("pg_isready"),
                "-q",
                "-t",
                "2",
                "-h",
                self.sockets,
                "-d",
                "postgres",
                "-U",
                USER,
            ).returncode
            == 0
        )

    def is_ours(self, pid: int) -> bool | None:
        """Does the process with this number serve our data? None when that cannot be found out."""
        with contextlib.suppress(OSError):
            return Path(f"/proc/{pid}/cwd").resolve(strict=True) == self.data.resolve()
        with contextlib.suppress(OSError):
            arguments = subprocess.run(
                ["ps", "-o", "args=", "-p", str(pid)],
                capture_output=True,
                text=True,
                check=False,
            ).stdout
            return "postgres" in arguments and str(self.data) in arguments
        return None

    def clear_stale(self) -> None:
        """A postmaster.pid that outlived its server keeps the next one from starting."""
        pid_file = self.data / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().split("\n", 1)[0])
        except FileNotFoundError:
            return
        except (ValueError, IndexError):
            pid = 0
        if pid > 0 and is_alive(pid):
            ours = self.is_ours(pid)
            if ours is None:
                raise Stop(
                    f"process {pid} may still use {self.data}: stop it, or remove {pid_file} if it is another"
                )
            if ours:
                deadline = time.monotonic() + 30
                while time.monotonic() < deadline and is_alive(pid):
                    if self.answers():
                        return
                    time.sleep(0.2)
                if is_alive(pid):
                    raise Stop(
                        f"PostgreSQL (process {pid}) runs but does not answer: see {self.log}"
                    )
        pid_file.unlink(missing_ok=True)

    def start(self) -> None:
        self.find()
        if not (self.data / "PG_VERSION").exists():
            self.create()
        if self.answers():
            return
        self.clear_stale()
        if self.answers():
            return
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "port": "5432",
            # A build that touches a whole country locks many rows' relations at once.
            "max_locks_per_transaction": "256",
            "max_connections": "200",
            "logging_collector": "off",
        }
        if self.throwaway:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options = " ".join(f"-c {name}={shlex.quote(value)}" for name, value in settings.items())
        start = self.log.stat().st_size if self.log.exists() else 0
        if start > 20 * MEGABYTE:
            self.log.unlink()
            start = 0
        done = self.owner.run(
            self.program("pg_ctl"), "start", "-D", self.data, "-l", self.log, "-w", "-t", "60", "-s", "-o", options,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        if done.returncode:
            raise Stop(f"PostgreSQL did not start: {why(self.log, start)}")
        self.create_database()

    def create(self) -> None:
        need_space(self.home.path, 300)
        if self.data.exists():
            # What an interrupted first start left: never a database, for PG_VERSION is written early.
            shutil.rmtree(self.data)
        making = self.home.path / "postgres.new"
        shutil.rmtree(making, ignore_errors=True)
        locale = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
        done = self.owner.run(
            self.program("initdb"), "-D", making, "-U", USER, "--auth=trust", "--encoding=UTF8",
            f"--locale={locale}", "--no-sync", "--no-instructions",
        )  # fmt: skip
        if done.returncode:
            shutil.rmtree(making, ignore_errors=True)
            if "No space left" in done.stdout:
                raise Stop(f"the disk that holds {self.home.path} is full")
            raise Stop(f"PostgreSQL could not make its files: {last_line(done.stdout)}")
        making.rename(self.data)

    def create_database(self) -> None:
        marker = self.home.path / "database-made"
        if marker.exists() and marker.stat().st_mtime >= (self.data / "PG_VERSION").stat().st_mtime:
            return
        done = self.owner.run(self.program("createdb"), "-h", self.sockets, "-U", USER, DATABASE)
        if done.returncode and "already exists" not in done.stdout:
            raise Stop(f"PostgreSQL could not make the database: {last_line(done.stdout)}")
        marker.write_text("")

    def stop(self) -> None:
        if not (self.data / "postmaster.pid").exists():
            return
        self.find()
        self.owner.run(
            self.program("pg_ctl"), "stop", "-D", self.data, "-m", "fast", "-w", "-t", "60", "-s",
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip


class Redis:
    """On a free port of the loopback, behind a password: one URL that Celery and the cache both read."""

    def __init__(self, home: Home) -> None:
        self.home, self.owner = home, home.owner
        self.directory = self.owner.directory(home.path / "redis")
        self.state = self.directory / "address"
        self.log = self.directory / "redis.log"

    @property
    def url(self) -> str:
        port, password = self.address()
        return f"redis://:{password}@127.0.0.1:{port}/0"

    def address(self) -> tuple[int, str]:
        try:
            port, password = self.state.read_text().split()
            return int(port), password
        except (OSError, ValueError):
            return 0, ""

    def ask(self, command: str) -> str:
        port, password = self.address()
        if not port:
            return ""
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
                connection.sendall(f"AUTH {password}\r\n{command}\r\n".encode())
                connection.shutdown(socket.SHUT_WR)
                answer = b""
                while part := connection.recv(4096):
                    answer += part
        except OSError:
            return ""
        return answer.decode(errors="replace")

    def answers(self) -> bool:
        return self.ask("PING") == "+OK\r\n+PONG\r\n"

    def start(self) -> None:
        if self.answers():
            return
        program = shutil.which("redis-server")
        if not program:
            raise Stop("Redis was not found: run script/bootstrap")
        for _attempt in range(3):
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port = probe.getsockname()[1]
            password = secrets.token_hex(24)
            settings = self.directory / "redis.conf"
            quoted = json.dumps(str(self.directory), ensure_ascii=False)
            settings.write_text(
                f"bind 127.0.0.1\nport {port}\nrequirepass {password}\ndaemonize yes\n"
                f"dir {quoted}\nlogfile redis.log\npidfile {json.dumps(str(self.directory / 'redis.pid'))}\n"
                'save ""\nappendonly no\n'
            )
            settings.chmod(0o600)
            self.owner.own(settings)
            self.state.write_text(f"{port} {password}")
            self.state.chmod(0o600)
            begin = self.log.stat().st_size if self.log.exists() else 0
            done = self.owner.run(program, settings)
            deadline = time.monotonic() + 10
            while done.returncode == 0 and time.monotonic() < deadline:
                if self.answers():
                    return
                time.sleep(0.05)
        reason = last_line(done.stdout) if done.returncode else why(self.log, begin)
        raise Stop(f"Redis did not start: {reason}")

    def stop(self) -> None:
        if not self.answers():
            return
        self.ask("SHUTDOWN NOSAVE")
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and self.answers():
            time.sleep(0.05)
        self.state.unlink(missing_ok=True)


class Session:
    """One user of the services, from the moment it needs them to the moment it does not."""

    def __init__(self, data: Path, test: bool) -> None:
        self.data = data
        name = "test-services" if test else "services"
        for folder in (data, data / "locks", data / "log", data / "stamps"):
            folder.mkdir(parents=True, exist_ok=True)
        need_space(data, 50)
        self.log = data / "log" / "setup.log"
        self.control = Lock(data / "locks" / f"{name}-control")
        self.users = Lock(data / "locks" / f"{name}-users")
        self.services: list[Postgres | Redis] = []
        self.private_database = not os.environ.get("DATABASE_URL")
        private_redis = not os.environ.get("REDIS_URL")
        if self.private_database or private_redis:
            home = Home(data, name, Owner())
            if self.private_database:
                self.services.append(Postgres(home, throwaway=test))
            if private_redis:
                self.services.append(Redis(home))

    def open(self) -> None:
        # A service that is half started could not be stopped: a signal waits for that long.
        with self.control.held(), Signals.deferred():
            self.users.take(shared=True)
            for service in self.services:
                service.start()
                key = "DATABASE_URL" if isinstance(service, Postgres) else "REDIS_URL"
                os.environ[key] = service.url
        if not self.private_database:
            check_database()

    def close(self) -> None:
        """The last one out stops the services, whoever started them."""
        with self.control.held():
            self.users.release()
            if self.users.try_take():
                for service in reversed(self.services):
                    service.stop()
                self.users.release()


def connect() -> Any:
    import environ
    import psycopg2

    facts = environ.Env.db_url_config(os.environ["DATABASE_URL"])
    return psycopg2.connect(
        dbname=facts["NAME"],
        user=facts["USER"] or None,
        password=facts["PASSWORD"] or None,
        host=facts["HOST"] or None,
        port=facts["PORT"] or None,
        connect_timeout=5,
    )


def check_database() -> None:
    import psycopg2

    try:
        connect().close()
    except psycopg2.Error as error:
        raise Stop(
            f"the database of DATABASE_URL cannot be reached: {last_line(str(error))}"
        ) from None


def digest(*patterns: str) -> str:
    result = hashlib.sha256(os.environ["DATABASE_URL"].encode())
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                result.update(f"{path.relative_to(ROOT)}\n".encode())
                result.update(path.read_bytes())
    return result.hexdigest()


class Stamp:
    """A note that a step was done, and for what. A step whose inputs changed is done again."""

    def __init__(self, data: Path, name: str, key: str) -> None:
        self.path, self.key = data / "stamps" / name, key

    def fits(self) -> bool:
        try:
            return self.path.read_text() == self.key
        except OSError:
            return False

    def set(self) -> None:
        self.path.write_text(self.key)

    def clear(self) -> None:
        self.path.unlink(missing_ok=True)


def django(session: Session, what: str, *arguments: str) -> None:
    """A management command, with its output in the log, and in one line why it failed."""
    with session.log.open("a") as log:
        log.write(f"\n== manage.py {' '.join(arguments)}\n")
        log.flush()
        start = log.tell()
        process = subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            status = process.wait()
        except Signalled:
            process.terminate()
            process.wait()
            raise
    if status:
        raise Stop(f"{what} failed: {why(session.log, start)}")


def prepare(session: Session, demo: bool) -> bool:
    """Tables, messages and the demo, whichever of them is missing. True when it made the demo."""
    made = False
    with Lock(session.data / "locks" / "prepare").held():
        compile_messages()
        migrated = Stamp(
            session.data, "migrated", digest("events/migrations/*.py", "requirements.txt")
        )
        loaded = Stamp(session.data, "demo", digest("events/fixtures/syria/*"))
        with contextlib.closing(connect()) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('django_migrations') IS NOT NULL")
            if not cursor.fetchone()[0]:
                migrated.clear()
                loaded.clear()
        if not migrated.fits():
            say("Bringing the database up to date")
            django(session, "migrating the database", "migrate", "--noinput", "--verbosity", "1")
            migrated.set()
        # A public installation has no demo: its accounts have a known password.
        public = os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith(".production")
        if demo and not public and not loaded.fits():
            say("Loading the demo of Syria, 2011–2024")
            django(session, "loading the demo", "load_demo")
            loaded.set()
            made = True
    return made


def compile_messages() -> None:
    for source in ROOT.glob("locale/*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            done = subprocess.run(
                ["msgfmt", "-o", str(compiled), str(source)],
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                raise Stop(
                    f"the translation {source.relative_to(ROOT)} is faulty: {last_line(done.stderr)}"
                )


def check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise Stop(f"port {port} is only for root; choose another: PORT=8001 {NAME}") from None
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise Stop(f"port {port} is taken; choose another: PORT={port + 1} {NAME}") from None


def announce(port: int, accounts: bool, process: subprocess.Popen[bytes]) -> None:
    """Says where the site is as soon as it answers."""
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2).close()
        except urllib.error.HTTPError:
            pass  # it answers
        except OSError:
            time.sleep(0.1)
            continue
        if accounts:
            password = os.environ.get("DEMO_PASSWORD", "demo")
            say(f"Demo accounts: reporter, editor and chief, password {password}")
        say(f"\nRunning at {address} (Ctrl-C stops everything)\n")
        return


def adopt_orphans() -> None:
    """On Linux, what a stopped server leaves behind comes to us, so that we can wait for it too."""
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)


def bury_orphans() -> None:
    deadline = time.monotonic() + 5
    with contextlib.suppress(ChildProcessError):
        while time.monotonic() < deadline:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                # Services that somebody else still uses are alive, and stay.
                return


def die_with_parent() -> None:
    """On Linux a server whose supervisor was killed outright goes too."""
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def quieten() -> None:
    """Celery warns of root at length, at each start; a container and a fresh machine know no one else."""
    if os.getuid() == 0:
        filters = [
            os.environ.get("PYTHONWARNINGS", ""),
            "ignore:You're running the worker with superuser",
        ]
        os.environ["PYTHONWARNINGS"] = ",".join(filter(None, filters))


def descendants(pid: int) -> list[int]:
    """A process's children, theirs, and so on."""
    try:
        lines = subprocess.run(
            ["ps", "-axo", "pid=,ppid="], capture_output=True, text=True, check=False
        ).stdout
        pairs = [(int(line.split()[0]), int(line.split()[1])) for line in lines.splitlines()]
    except FileNotFoundError:
        pairs = []
        for entry in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError, ValueError, IndexError):
                pairs.append(
                    (int(entry.parent.name), int(entry.read_text().rpartition(")")[2].split()[1]))
                )
    found = [pid]
    for parent in found:
        found += [
            child for child, its_parent in pairs if its_parent == parent and child not in found
        ]
    return found[1:]


def end_by_force(process: subprocess.Popen[bytes]) -> None:
    """For what was asked to end and did not, such as a supervisor whose output's reader has gone."""
    for pid in [*descendants(process.pid), process.pid]:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)


PATIENCE = 12  # seconds: Honcho itself gives its processes five


def run(command: list[str], port: int | None, accounts: bool) -> int:
    """The command until it ends or a signal comes; 128 + the signal's number in that case."""
    apart = port is not None
    if apart:
        quieten()
    stopped: list[int] = []
    with Signals.deferred():
        process = subprocess.Popen(
            command,
            cwd=ROOT if apart else None,
            start_new_session=apart,
            preexec_fn=die_with_parent if apart else None,
        )

        def pass_on(number: int, _frame: object = None) -> None:
            # The terminal sends Ctrl-C to the command as well; sent twice it would be taken for impatience.
            if not apart:
                if number != signal.SIGINT or not sys.stdin.isatty():
                    process.send_signal(number)
                return
            if not stopped:
                process.send_signal(signal.SIGTERM)
                timer = threading.Timer(PATIENCE, end_by_force, [process])
                timer.daemon = True
                timer.start()
            stopped.append(number)

        for number in Signals.numbers:
            signal.signal(number, pass_on)
        if Signals.waiting:
            pass_on(Signals.waiting)
            Signals.waiting = 0
    if port is not None:
        threading.Thread(target=announce, args=(port, accounts, process), daemon=True).start()
    status = process.wait()
    if stopped:
        return 128 + stopped[0]
    if apart and status:
        raise Stop(
            "one of web, worker and beat ended by itself, so the others were stopped: see above"
        )
    return status if status >= 0 else 128 - status


class Signals:
    """Signals become an exception, at once or, where that would leave a mess, a little later."""

    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    waiting = 0
    deferring = False

    @classmethod
    def catch(cls) -> None:
        for number in cls.numbers:
            signal.signal(number, cls.handle)

    @classmethod
    def ignore(cls) -> None:
        for number in cls.numbers:
            signal.signal(number, signal.SIG_IGN)

    @classmethod
    def handle(cls, number: int, _frame: object) -> None:
        if cls.deferring:
            cls.waiting = number
        else:
            raise Signalled(number)

    @classmethod
    @contextlib.contextmanager
    def deferred(cls) -> Iterator[None]:
        cls.deferring = True
        try:
            yield
        finally:
            cls.deferring = False
        if cls.waiting:
            raise Signalled(cls.waiting)


def main() -> int:
    parser = argparse.ArgumentParser(prog=NAME)
    parser.add_argument("--test", action="store_true", help="services of their own for the tests")
    parser.add_argument("--server", action="store_true", help="the command serves at $PORT")
    parser.add_argument(
        "--prepare", action="store_true", help="bring the database up to date first"
    )
    parser.add_argument("--demo", action="store_true", help="and load the demo into it")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    command = options.command[1:] if options.command[:1] == ["--"] else options.command

    data = Path(os.environ.get("TRACKER_DATA_DIR") or ROOT / ".local").absolute()
    session: Session | None = None
    Signals.catch()
    adopt_orphans()
    port = int(os.environ.get("PORT") or 8000) if options.server else None
    try:
        try:
            data.mkdir(parents=True, exist_ok=True)
            (data / "locks").mkdir(exist_ok=True)
            if port is not None:
                server = Lock(data / "locks" / "server")
                if not server.try_take():
                    raise Stop(
                        f"a server already runs here: {server.read()}; stop it, "
                        "or choose another directory with TRACKER_DATA_DIR"
                    )
                server.note(f"http://127.0.0.1:{port}, process {os.getpid()}")
                check_port(port)
            session = Session(data, options.test)
            session.open()
            accounts = prepare(session, options.demo) if options.prepare else False
            if options.demo and not options.server and accounts:
                say(
                    f"Demo accounts: reporter, editor and chief, password {os.environ.get('DEMO_PASSWORD', 'demo')}"
                )
            return run(command, port, accounts) if command else 0
        finally:
            # From here on a second Ctrl-C would only leave something running.
            Signals.ignore()
            if session is not None:
                session.close()
            bury_orphans()
    except Signalled as signalled:
        return 128 + signalled.number
    except Stop as stop:
        fail(str(stop))
    except OSError as error:
        if error.errno == errno.ENOSPC:
            fail(f"the disk that holds {data} is full")
        fail(f"{error.strerror or error}: {error.filename or data}")


if __name__ == "__main__":
    sys.exit(main())
