"""The Redis server: its port, password and settings, starting and stopping it."""

from __future__ import annotations

import json
import secrets
import shutil
import socket
import time

from .home import Home
from .telling import Stop, last_line, why


class Redis:
    """On a free port of the loopback, behind a password: Celery's URL, after whose database comes the cache's."""

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
                # Four for each process of the tests.
                'save ""\nappendonly no\ndatabases 256\n'
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
