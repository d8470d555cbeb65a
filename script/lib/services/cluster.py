"""PostgreSQL's programs and files: finding the right version, making the cluster and its database."""

from __future__ import annotations

import os
import shutil
import sys
import urllib.parse
from pathlib import Path

from .home import Home, need_space
from .telling import Stop, last_line

# The owner of the tables, who migrates, and the role that the site runs as (manage.py application_role).
DATABASE, USER, APPLICATION = "tracker", "tracker", "tracker_app"


class Cluster:
    def __init__(self, home: Home) -> None:
        self.home, self.owner = home, home.owner
        self.data = home.path / "postgres"
        self.sockets = home.sockets()

    @property
    def url(self) -> str:
        return self._url(APPLICATION)

    @property
    def owner_url(self) -> str:
        return self._url(USER)

    def _url(self, user: str) -> str:
        return f"postgis://{user}@/{urllib.parse.quote(str(self.sockets))}/{DATABASE}".replace(
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
