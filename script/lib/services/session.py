"""Who uses the services: the first brings them up, the last takes them down."""

from __future__ import annotations

import os
from pathlib import Path

from .database import check_database
from .home import Home, need_space
from .locks import Lock
from .owner import Owner
from .postgres import Postgres
from .redis import Redis
from .signals import Signals


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
                os.environ.update(self._addresses(service))
        if not self.private_database:
            check_database()

    def _addresses(self, service: Postgres | Redis) -> dict[str, str]:
        if not isinstance(service, Postgres):
            return {"REDIS_URL": service.url}
        if service.throwaway:
            # Tests make databases of their own, and take on the application's role where it matters.
            return {"DATABASE_URL": service.owner_url}
        return {"DATABASE_URL": service.url, "MIGRATE_DATABASE_URL": service.owner_url}

    def close(self) -> None:
        """The last one out stops the services, whoever started them."""
        with self.control.held():
            self.users.release()
            if self.users.try_take():
                for service in reversed(self.services):
                    service.stop()
                self.users.release()
